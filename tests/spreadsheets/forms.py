"""Samples of lists whose cells say something by their form: struck through, filled with a colour, commented on."""

from struct import pack

from tests.spreadsheets.office import EMPTY_ROWS
from tests.spreadsheets.samples import AGREEMENTS, HEADER, sample
from tests.spreadsheets.writers import (
    MAIN,
    Cell,
    Rich,
    archive,
    biff,
    cells,
    compound,
    ods,
    ods_row,
    ods_table,
    record,
    relationships,
    worksheet,
    xlsx_parts,
)

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
FONTS = ["", "<b/>", '<strike/><sz val="11"/>', '<strike val="0"/>']
FILLS = [
    '<patternFill patternType="none"/>',
    '<patternFill patternType="gray125"/>',
    '<patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor indexed="64"/></patternFill>',
    '<patternFill patternType="solid"><fgColor theme="9" tint="0.5999938962981048"/></patternFill>',
    '<patternFill patternType="solid"><fgColor indexed="10"/></patternFill>',
    '<patternFill patternType="solid"><fgColor theme="0"/></patternFill>',
    '<patternFill patternType="solid"><fgColor theme="0" tint="-0.0499893185216834"/></patternFill>',
    '<gradientFill><stop position="0"><color rgb="FF00B0F0"/></stop></gradientFill>',
]
# the styles of cells by the numbers of their font and fill; they stand in this order in the workbook
PLAIN, BOLD, STRUCK, YELLOW, GREEN, RED, WHITE, GREY, STRUCK_YELLOW, BLUE = range(10)
LOOKS = [(0, 0), (1, 0), (2, 0), (0, 2), (0, 3), (3, 4), (0, 5), (0, 6), (2, 2), (0, 7)]
THEME = (
    f'<a:theme xmlns:a="{DRAWING}"><a:themeElements><a:clrScheme name="Pakiet Office">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2>'
    + "".join(f'<a:accent{number}><a:srgbClr val="70AD47"/></a:accent{number}>' for number in range(1, 7))
    + "</a:clrScheme></a:themeElements></a:theme>"
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts>{"".join(f"<font>{font}</font>" for font in FONTS)}</fonts>'
    f"<fills>{''.join(f'<fill>{fill}</fill>' for fill in FILLS)}</fills>"
    '<cellStyleXfs><xf fontId="2" fillId="2"/></cellStyleXfs><cellXfs>'
    + "".join(f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" xfId="0"/>' for font, fill in LOOKS)
    + '</cellXfs><dxfs><dxf><font><strike/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill>'
    "</dxf></dxfs></styleSheet>"
)
AUTOMATIC_STYLES = """
<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Default"/>
<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="Default">
<style:table-cell-properties fo:background-color="#ffff00"/></style:style>
<style:style style:name="ce3" style:family="table-cell" style:parent-style-name="Default"><style:text-properties
style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<style:style style:name="ce4" style:family="table-cell" style:parent-style-name="ce3">
<style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>
<style:style style:name="ce5" style:family="table-cell" style:parent-style-name="Nieaktualne"/>
<style:style style:name="ce6" style:family="table-cell">
<style:table-cell-properties fo:background-color="#FFFF99"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/>
</style:style><style:style style:name="T2" style:family="text">
<style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
"""
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
COMMON_STYLES = (
    f'<office:document-styles xmlns:office="{OFFICE}:office:1.0" xmlns:style="{OFFICE}:style:1.0"'
    f' xmlns:fo="{OFFICE}:xsl-fo-compatible:1.0"><office:styles><style:default-style style:family="table-cell"/>'
    '<style:style style:name="Default" style:family="table-cell"/>'
    '<style:style style:name="Nieaktualne" style:family="table-cell" style:parent-style-name="Default">'
    '<style:text-properties style:text-line-through-type="single"/></style:style>'
    "</office:styles></office:document-styles>"
)


def styled(value, style):
    """A cell of a text in a style of `LOOKS`."""
    content = "" if value is None else f'<is><t xml:space="preserve">{value}</t></is>'
    return Cell(f's="{style}"' + (' t="inlineStr"' if content else ""), content)


def filled(row, style):
    return [styled(value, style) for value in row]


def rich(*runs, style=PLAIN):
    """A cell of a text in runs: (properties or None, text)."""
    inner = "".join(f"<r>{'' if how is None else f'<rPr>{how}</rPr>'}<t>{text}</t></r>" for how, text in runs)
    return Cell(f's="{style}" t="inlineStr"', f"<is>{inner}</is>")


def book(*rows, others=(), more=None, **layout):
    """A workbook of a list, "Umowy", in these styles and a theme; `others` are (name, rows) of more sheets."""
    sheets = {"Umowy": worksheet(rows, **layout)} | {name: worksheet(other) for name, other in others}
    parts = xlsx_parts(sheets, more={"xl/styles.xml": STYLES, "xl/theme/theme1.xml": THEME} | (more or {}))
    rels = "xl/_rels/workbook.xml.rels"
    theme = relationships({"rIdTheme": ("theme", "theme/theme1.xml")}).partition(">")[2]
    return archive(parts | {rels: parts[rels].replace("</Relationships>", theme)})


def comments(texts, threads=None):
    """The parts of the comments of the first sheet, {place: text}; their author stands before each, as Excel does."""
    told = "".join(
        f'<comment ref="{place}" authorId="1"><text><r><rPr><b/></rPr><t>Anna Nowak:</t></r><r>'
        f'<t xml:space="preserve">\n{text}</t></r></text></comment>'
        for place, text in texts.items()
    )
    parts = {
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>Jan</author><author>Anna Nowak</author>'
        f"</authors><commentList>{told}</commentList></comments>"
    }
    relations = {"rId1": ("comments", "../comments1.xml")}
    if threads:
        part = "threadedComments/threadedComment1.xml"
        answers = (f'<threadedComment ref="{place}"><text>{text}</text></threadedComment>' for place, text in threads)
        parts[f"xl/{part}"] = f'<ThreadedComments xmlns="{THREADS}">{"".join(answers)}</ThreadedComments>'
        relations["rId2"] = ("threadedComment", f"../{part}")
    return parts | {"xl/worksheets/_rels/sheet1.xml.rels": relationships(relations)}


def ods_cell(text, style="", before="", attributes=""):
    """A cell of a text, told in XML, in a named style; `before` stands before the text."""
    named = f'table:style-name="{style}" ' if style else ""
    kind = f'office:value-type="string" {attributes}' if text is not None else attributes
    return Cell(named + kind, before + (f"<text:p>{text}</text:p>" if text is not None else ""))


def ods_filled(row, style):
    return [ods_cell(value, style) for value in row]


def note(text, author="Jan Kowalski"):
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return (
        f'<office:annotation office:display="false"><dc:creator xmlns:dc="x">{author}</dc:creator>'
        f'<dc:date xmlns:dc="x">2016-04-20T12:00:00</dc:date>{paragraphs}</office:annotation>'
    )


def opendocument(*rows, before="", styles=""):
    """A document with the styles that LibreOffice makes by itself, and one that somebody named."""
    styles = AUTOMATIC_STYLES + styles
    return ods(body=ods_table(rows, before=before), styles=styles, more={"styles.xml": COMMON_STYLES})


@sample("struck-rows.xlsx", rows=4)
def struck_rows():
    """A workbook in which two agreements that ended are struck through, one of them but for its notes."""
    kijow, mediolan, leuven, frankfurt = AGREEMENTS
    struck = [*filled(frankfurt[:4], STRUCK), frankfurt[4]]
    return book(filled(HEADER, BOLD), kijow, filled(mediolan, STRUCK), leuven, struck)


@sample("struck-rows.ods", rows=4)
def struck_rows_ods():
    """The same as LibreOffice keeps it: by the style of cells, of the row, of a style that somebody named."""
    kijow, mediolan, leuven, frankfurt = AGREEMENTS
    columns = '<table:table-column table:default-cell-style-name="ce3" table:number-columns-repeated="5"/>'
    return opendocument(
        ods_filled(HEADER, "ce1"),
        ods_row(map(ods_cell, kijow), 'table:default-cell-style-name="ce4"'),
        ods_row(map(ods_cell, mediolan)),
        ods_filled(leuven, "ce1"),
        ods_filled(frankfurt, "ce5"),
        EMPTY_ROWS,
        before=columns,
    )


@sample("legend-below.xlsx", rows=7)
def legend_below():
    """Colours of rows with a legend below the list, one colour without, and grey bands that say nothing."""
    kijow, mediolan, leuven, frankfurt = AGREEMENTS
    return book(
        filled(HEADER, BLUE),
        filled(kijow, YELLOW),
        filled(mediolan, WHITE),
        [*filled(leuven[:2], GREEN), *leuven[2:]],
        [styled(frankfurt[0], YELLOW), *frankfurt[1:3], styled(frankfurt[3], RED), frankfurt[4]],
        None,
        ["Legenda:"],
        [styled(None, YELLOW), "umowy wygasłe"],
        [styled("w przygotowaniu", GREEN)],
    )


@sample("legend-beside.ods", rows=4, says=["2 column-without-name"])
def legend_beside():
    """A legend to the right of the list, as it is seen when the file is opened."""
    kijow, mediolan, leuven, frankfurt = AGREEMENTS
    gap = Cell('table:number-columns-repeated="2"')
    return opendocument(
        HEADER,
        [*ods_filled(kijow, "ce2"), gap, ods_cell(None, "ce2"), "wygasłe"],
        [*mediolan, gap, ods_cell(None, "ce1"), "obowiązujące"],
        leuven,
        ods_filled(frankfurt, "ce2"),
    )


@sample("legend-on-a-sheet.xlsx", rows=3)
def legend_on_a_sheet():
    """A list in English of a German office, with its legend on a sheet of its own."""
    header = ["City", "Kind", "Signed on", "Notes"]
    rows = [["Leipzig", "agreement", "1973-06-01", None], ["Nuremberg", "agreement", "1979-10-02", None]]
    last = ["Frankfurt am Main", "agreement", "1991-12-06", "läuft"]
    legend = [["Farbe", "Bedeutung"], [styled("gelb", YELLOW), "beendet"]]
    return book(header, filled(rows[0], YELLOW), rows[1], last, others=[("Legende", legend)])


@sample("legend-in-words.xlsx", rows=4)
def legend_in_words():
    """A note that names the colour in words and is itself not coloured."""
    kijow, *others = AGREEMENTS
    return book(["Na żółto umowy nieobowiązujące"], HEADER, filled(kijow, YELLOW), *others)


@sample("colours-without-legend.xlsx", rows=8)
def without_legend():
    """Colours nobody explains; those of the head, of a whole column and of every second row are ornaments."""
    rows = []
    for number, row in enumerate([*AGREEMENTS, *AGREEMENTS]):
        first, *others = [*row[:3], str(1991 + number), row[4]]
        rows.append([styled(first, GREEN), *(filled(others, GREY) if number % 2 else others)])
    rows[2][3] = styled("1993", RED)
    return book(filled(HEADER, YELLOW), *rows)


@sample("partly-struck.xlsx", rows=4)
def partly_struck():
    """Texts of which a part is struck through, shared and in the cell, and a cell that is struck alone."""
    kijow, mediolan, leuven, frankfurt = [[*row] for row in AGREEMENTS]
    kijow[4] = rich((None, "pierwsze "), ("<strike/>", "i jedyne "), ("<b/>", "z Kijowem"))
    mediolan[3] = rich(("<strike/>", "8.07.2001 "), ('<strike val="0"/>', "9.07.2001"))
    leuven[4] = styled("nieaktualne", STRUCK)
    frankfurt[4] = Cell('t="s"', "<v>0</v>")
    shared = (
        f'<sst xmlns="{MAIN}"><si><r><t xml:space="preserve">źródło: </t></r><r><rPr><strike/></rPr>'
        '<t>Raport_x000D_ 2004</t></r><r><rPr/><t xml:space="preserve"> Program 2006</t></r></si></sst>'
    )
    return book(HEADER, kijow, mediolan, leuven, frankfurt, more={"xl/sharedStrings.xml": shared})


@sample("partly-struck.ods", rows=4)
def partly_struck_ods():
    """The same in spans of texts, one within another, and a text that is struck from end to end."""
    kijow, mediolan, leuven, frankfurt = [[*row] for row in AGREEMENTS]
    struck = '<text:span text:style-name="T1">{}</text:span>'
    bold = '<text:span text:style-name="T3">{}</text:span>'
    kijow[4] = ods_cell("pierwsze " + struck.format("i " + bold.format("jedyne ")) + bold.format("z Kijowem"))
    mediolan[3] = ods_cell('8.07.2001 <text:span text:style-name="T2">9.07.2001</text:span>', "ce3")
    leuven[4] = ods_cell(struck.format("nieaktualne"))
    frankfurt[4] = ods_cell("źródło: " + struck.format("Raport 2004") + " Program 2006")
    return opendocument(HEADER, kijow, mediolan, leuven, frankfurt)


@sample("comments.xlsx", rows=4)
def with_comments():
    """Comments of colleagues, one of them a thread with an answer, one beside the title of the list."""
    threads = [("A4", "Czy obowiązuje?"), ("A4", "Tak, sprawdzono w 2016 r.")]
    told = {
        "D3": "data do sprawdzenia",
        "A4": "[Komentarz wątkowy] Twoja wersja programu Excel …",
        "A1": "stan na 2006 r.",
    }
    return book(["Wykaz umów"], HEADER, *AGREEMENTS, more=comments(told, threads))


@sample("comments.ods", rows=4)
def with_comments_ods():
    """A comment of two paragraphs, and one beside an empty cell."""
    kijow, mediolan, leuven, frankfurt = [[*row] for row in AGREEMENTS]
    kijow[3] = ods_cell(kijow[3], before=note("data do sprawdzenia\nwg protokołu"))
    leuven[4] = ods_cell(None, before=note("brak oryginału"))
    return opendocument(HEADER, kijow, mediolan, leuven, frankfurt)


def label(row, column, text, style):
    """A text in a style, as a record of its own."""
    return record(0x204, pack("<4HB", row, column, style, len(text), 1) + text.encode("utf-16-le"))


def xls_note(row, column, number, text, author="Anna"):
    """The records of a note: what it says stands with its object, where it stands comes last."""
    return (
        record(0x5D, pack("<5H12x", 0x15, 0x12, 0x19, number, 0))
        + record(0x1B6, pack("<5x5xHH4x", len(text), 16))
        + record(0x3C, b"\x01" + text.encode("utf-16-le"))
        + record(0x3C, bytes(16))
        + record(0x1C, pack("<5HB", row, column, 0, number, len(author), 0) + author.encode())
    )


# fonts 0 to 3 and 5, the last of which strikes through, as does that of style 2; style 3 is filled in colour 13
XLS_FONTS = b"".join(record(0x31, pack("<2H10xBB", 200, 8 if number == 4 else 0, 0, 0)) for number in range(5))
XLS_STYLES = record(0xE0, pack("<H18x", 5)) + record(0xE0, pack("<14xIH", 1 << 26, 13))


@sample("forms.xls", rows=5)
def forms_xls():
    """A workbook of Excel 97: a row struck through, a coloured one and its legend, a note, a text struck in part."""
    kijow, mediolan, leuven, frankfurt = AGREEMENTS
    notes = Rich("źródło: Raport 2004 Program 2006")
    notes.runs = ((8, 5), (19, 0))
    parts = [
        *cells([HEADER]),
        *(label(1, column, value, 2) for column, value in enumerate(kijow)),
        *(label(2, column, value, 3) for column, value in enumerate(mediolan)),
        *cells([None, None, None, leuven, [*frankfurt[:4], notes], None, [None, "wygasłe"]]),
        record(0xBE, pack("<4H", 6, 0, 3, 0)),
        xls_note(3, 3, 7, "Anna:\nsprawdzić"),
    ]
    return compound({"Workbook": biff({"Umowy": parts}, styles=XLS_FONTS + XLS_STYLES)})

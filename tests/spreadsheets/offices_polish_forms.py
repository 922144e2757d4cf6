"""Lists of Polish offices in which looks, lengths or days say something, or that are long."""

from datetime import date, timedelta

from tests.spreadsheets.careful import as_text, as_xls, as_xlsx, office
from tests.spreadsheets.forms import PLAIN, RED, STRUCK, YELLOW, book, comments, filled, note, ods_cell, opendocument
from tests.spreadsheets.forms import rich as in_runs

CITIES = {"lviv": "Lwów", "kyiv": "Kijów"}
MEETINGS = [(n, ("lviv", "kyiv")[n % 2], date(1960, 1, 4) + timedelta(days=3 * n)) for n in range(2000)]
OTHER_PEOPLES_WORDS = "words that the list does not know are asked about"


def minutes():
    """A list of minutes of meetings, in one of which the kind is misspelt."""
    for number, city, day in MEETINGS:
        kind = "protokuł roboczy" if number == 99 else "protokół"
        yield f"{CITIES[city]}|{kind}|{day:%d.%m.%Y}|Protokół posiedzenia nr {number}"


office(
    "skreslone.xlsx",
    lambda: book(
        ["Miasto", "Rodzaj aktu", "Data podpisania"],
        ["Mediolan", "umowa o współpracy", "9.07.2001"],
        filled(["Moskwa", "protokół", "3.07.1997"], STRUCK),
        ["Lwów", in_runs(("<strike/>", "protokół "), (None, "umowa o współpracy")), "23.10.1995"],
    ),
    "milan cooperation 2001-07-09\nlviv cooperation 1995-10-23",
    answers={"struck:rows": "leave-out", "struck-text:": "unstruck"},
)
office(
    "legenda-kolorow.xlsx",
    lambda: book(
        ["Miasto", "Rodzaj aktu", "Data podpisania", None, filled(["nieaktualna"], RED)[0]],
        filled(["Moskwa", "protokół", "3.07.1997"], RED),
        filled(["Lwów", "umowa o współpracy", "23.10.1995"], PLAIN),
        filled(["Fez", "deklaracja współpracy", "28.06.1985"], YELLOW),
        filled(["Wilno", "umowa o braterskiej współpracy", "8.04.1991"], PLAIN),
    ),
    """
lviv cooperation 1995-10-23
fez declaration 1985-06-28
vilnius cooperation 1991-04-08
""",
    answers={"fill:": "leave-out"},
)
office(
    "komentarze.xlsx",
    lambda: book(
        ["Miasto", "Rodzaj aktu", "Data podpisania"],
        ["Mediolan", "umowa o współpracy", "9.07.2001"],
        ["Wilno", "umowa o braterskiej współpracy", "8.04.1991"],
        more=comments({"C2": "data z faksu; oryginał 10.07"}),
    ),
    "milan cooperation 2001-07-09\nvilnius cooperation 1991-04-08",
    answers={"comments:notes": "add"},
)
office(
    "notatki.ods",
    lambda: opendocument(
        ["Miasto", "Rodzaj aktu", "Data podpisania"],
        ["Fez", "protokół", ods_cell("13.03.1986", before=note("sprawdzić w archiwum"))],
        [ods_cell("Kijów", "ce2"), "umowa bliźniacza", "19.02.1993"],
    ),
    "fez protocol 1986-03-13\nkyiv twinning 1993-02-19",
    answers={"comments:notes": "confirm"},
)
office(
    "tabela-obrocona.xlsx",
    as_xlsx("""
Miasto|Mediolan|Lwów|Wilno
Rodzaj aktu|umowa o współpracy|umowa o współpracy|protokół
Data podpisania|9.07.2001|23.10.1995|8.04.1991
"""),
    """
milan cooperation 2001-07-09
lviv cooperation 1995-10-23
vilnius protocol 1991-04-08
""",
    answers={"header": "0:turned"},
)
office(
    "kilka-miast-w-komorce.xlsx",
    as_xlsx("""
Miasto|Rodzaj aktu|Data podpisania
Lwów, Kijów|list intencyjny|5.05.2004
Mediolan\\nFlorencja|protokół|9.07.2001, 15.06.1992
"""),
    """
lviv letter-of-intent 2004-05-05
kyiv letter-of-intent 2004-05-05
milan protocol 2001-07-09
florence protocol 1992-06-15
""",
    answers={"several:rows": "split"},
    splits=True,
)
office(
    "ten-sam-dzien.xlsx",
    as_xlsx("""
Miasto|Rodzaj aktu|Tytuł|Data podpisania|Poziom
Zagrzeb|protokół|Protokół o współpracy na lata 1986–1990|3.04.1986|miasta
Zagrzeb|deklaracja|Uroczyste oświadczenie o przyjaźni|3.04.1986|miasta
Zagrzeb|protokół|Protokół o współpracy na lata 1986–1990|3.04.1986|miasta
Zagrzeb|protokół|Porozumienie teatrów lalkowych|3.04.1986|instytucje
"""),
    """
zagreb protocol 1986-04-03
zagreb declaration 1986-04-03
zagreb protocol 1986-04-03; level=institutional
""",
    answers={"agreement:": "new"},
)
office(
    "ukryte-kolumny.xlsx",
    as_xlsx(
        """
Miasto|Kraj|Rodzaj aktu|Data podpisania|Okres obowiązywania
Solura|Szwajcaria|umowa o partnerstwie|6.11.1990|5 lat
Pecs|Węgry|umowa o współpracy|27.05.1987|24 mies.
""",
        before='<cols><col min="2" max="2" hidden="1" width="0"/></cols>',
        hidden=(3,),
    ),
    """
solothurn partnership 1990-11-06; months=60; term=fixed
pecs cooperation 1987-05-27; months=24; term=fixed
""",
)
office(
    "dwa-tysiace.csv",
    as_text("Miasto|Rodzaj aktu|Data podpisania|Tytuł\n" + "\n".join(minutes())),
    [f"{city} protocol {day:%Y-%m-%d}" for _number, city, day in MEETINGS],
    answers={"word:kind:": "protocol"},
    waits="one word in two thousand rows is misspelt",
)
office(
    "bez-rodzaju-i-daty.xls",
    as_xls("""
Miasta partnerskie Krakowa
Miasto partnerskie|Państwo
Bordeaux|Francja
Edynburg|Wielka Brytania
Fez|Maroko
"""),
    """
bordeaux partnership —
edinburgh partnership —
fez partnership —
""",
    answers={"constant:kind": "partnership", "constant:signed_on": "not-recorded", "header": "0:2-2"},
)
office(
    "obwody-i-powiaty.xlsx",
    as_xlsx("""
Partner|Państwo|Rodzaj|Data
Obwód lwowski|Ukraina|umowa o współpracy|1.02.2003
Landkreis Leipzig|Niemcy|umowa o partnerstwie|12.09.2006
m. Lwów|Ukraina|umowa o współpracy|23.10.1995
Lemberg|Ukraina|protokół|3.03.1999
Київ|Ukraina|протокол|7.07.2004
"""),
    """
lviv cooperation 1995-10-23
lviv protocol 1999-03-03
kyiv protocol 2004-07-07
""",
    answers={"city:obwod": "leave-out", "city:landkreis": "leave-out", "word:kind:": "protocol"},
    waits=OTHER_PEOPLES_WORDS,
)
office(
    "zakonczenia.xlsx",
    as_xlsx("""
Miasto|Rodzaj aktu|Data podpisania|Zdarzenia
Moskwa|protokół|3.07.1997|wypowiedzenie 2022-03-02, w mocy do 2022-09-30 (strona krakowska)
Sankt Petersburg|protokół|21.04.1997|zawieszona 2 marca 2022
"""),
    """
moscow protocol 1997-07-03; events=notice-given 2022-03-02/2022-09-30 home
saint-petersburg protocol 1997-04-21; events=suspended 2022-03-02
""",
)
office(
    "dziwne-daty.xlsx",
    as_xlsx("""
Miasto|Rodzaj aktu|Data podpisania
Lwów|protokół|31.06.1998
Kijów|protokół|12.06.14
Wilno|protokół|ok. 2011
Fez|protokół|29.02.1900
Budapeszt|protokół|14-05-2005 r.
Quito|protokół|sierpień 2004 r.
Orlean|protokół|przed 1992
Cusco|protokół|01.07.0989
"""),
    """
budapest protocol 2005-05-14
quito protocol 2004-08
kyiv protocol 2014-06-12
vilnius protocol 2011
""",
    answers={"date:signed_on:12 06 14": "2014-06-12", "date:signed_on:ok 2011": "2011"},
    waits="days that never were are refused",
)
office(
    "okresy-bez-jednostki.xlsx",
    as_xlsx("""
Miasto|Rodzaj umowy|Data zawarcia|Okres obowiązywania|Przedłużenie|Wypowiedzenie
Mediolan|umowa o współpracy|9.07.2001|#5|tak|6 mies.
Sewilla|umowa o współpracy|12.04.2002|#3|nie|
Budapeszt|umowa o współpracy|14.05.2005|bezterminowo||3 miesiące
Quito|umowa o współpracy|1.09.2004|rok||tak
"""),
    """
milan cooperation 2001-07-09; months=60; notice=6; term=tacit-renewal
seville cooperation 2002-04-12; months=36; term=fixed
budapest cooperation 2005-05-14; notice=3; term=open-ended
quito cooperation 2004-09-01; months=12; term=fixed
""",
    answers={"unit:term_months": "years"},
    waits="“tak” is no length of notice",
)
office(
    "niepewne.csv",
    as_text("""
Miasto|Państwo|Rodzaj|Data|Obowiązuje do
Lwów|Ukraina|partnerstwo?|12.05.2005|
Kijów|Ukraina?|protokół|13.05.2005|
Wilno?|Litwa|protokół|14.05.2005|
Zagrzeb|Chorwacja|protokół|15.05.2005|tak
Fez|Maroko|protokół|16.05.2005|2010?
"""),
    """
kyiv protocol 2005-05-13
vilnius protocol 2005-05-14
fez protocol 2005-05-16; until=2010; term=fixed
""",
    answers={"country:": "confirm", "city:wilno": "vilnius", "date:valid_until:2010": "2010"},
    waits="of a kind that its author doubts, and of an end that is no date, the row is refused or asked about",
)
office(
    "przypisy-i-dopiski.ods",
    lambda: opendocument(
        ["Partner", "Typ", "Z dnia", "Uchwała RMK"],
        ["Lwów*", "umowa o współpracy", "23.10.1995 r.", "XXIV/231/95"],
        ["Wiedeń, Austria", "protokół", "12.09.2003", None],
        ["Pécs / Pecs", "umowa o współpracy", "27 maja 1987", None],
        ["* tekst umowy w języku ukraińskim"],
        ["Sporządziła: A. Nowak"],
    ),
    """
lviv cooperation 1995-10-23; resolution=XXIV/231/95
vienna protocol 2003-09-12
pecs cooperation 1987-05-27
""",
    answers={"city:pecs pecs": "pecs"},
)
office(
    "za-duzo-wierszy-bez-rodzaju.csv",  # what is missing is said before how many rows are too many
    as_text("Miasto|Data podpisania\n" + "Lwów|12.05.2005\n" * 10_001),
    stops="missing-columns",
)
office(
    "wpisane-omylkowo.xlsx",  # of which one is corrected in the register before all are taken back
    as_xlsx("""
Miasto|Rodzaj aktu|Tytuł|Data podpisania
Lwów|protokół|Protokół o wymianie młodzieży|12.05.2005
Wilno|protokół|Protokół o wymianie młodzieży|13.05.2005
Kijów|list intencyjny|List o targach książki|14.05.2005
"""),
    """
lviv protocol 2005-05-12
vilnius protocol 2005-05-13
kyiv letter-of-intent 2005-05-14
""",
)

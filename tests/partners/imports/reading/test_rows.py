import pytest
from django.utils.translation import override

from partners.imports.planning.planner import plan_import
from tests.partners.factories import ThemeFactory
from tests.partners.imports.conftest import HEADER, actions, load_words, plan_of, said
from tests.spreadsheets.writers import Cell, xlsx

ROW = ["Lwów", "umowa o partnerstwie", "1991"]


@pytest.fixture
def words(cities):
    """What words mean in sheets, as the register begins."""
    load_words()


@pytest.mark.parametrize(
    ("column", "cell", "code", "value"),
    [
        ("Okres (mies.)", "60", "term_months", 60),
        ("Okres (mies.)", "5 lat", "term_months", 60),
        ("Okres (mies.)", "rok", "term_months", 12),
        ("Okres (mies.)", "2,5 roku", "term_months", 30),
        ("Okres (mies.)", "60 (5 lat)", "term_months", 60),
        ("Okres (mies.)", "18 mies.", "term_months", 18),
        ("Okres (mies.)", "-", "term_months", None),
        ("Okres wypowiedzenia (mies.)", "0", "notice_months", 0),
        ("Numer", "12", "number", 12),
        ("Numer", "1 234", "number", 1234),
        ("Poziom", "rady miast", "level", "legislative"),
        ("Poziom", "—", "level", None),
        ("Ustanawia", "—", "establishes", ""),
        ("Przedłużanie", "milcząco przedłużany", "renewal", None),
        ("Strona krakowska", "Miasto Kraków;  Rada\nUrząd", "home_party", ["Miasto Kraków", "Rada", "Urząd"]),
        ("Dziedziny współpracy", "kultura i sport", "themes", ["culture", "sport"]),
        ("Dziedziny współpracy", "Kultura; sport, kultura", "themes", ["culture", "sport"]),
        ("Obowiązuje od", "3 maja 1992 r.", "valid_from", "1992-05-03"),
        ("Obowiązuje do", "nie odnotowano", "valid_until", None),
        ("Tytuł", " Umowa  o\u00a0mostach ", "title", "Umowa o mostach"),
        ("Tytuł", "Umowa\no współpracy\n\nkulturalnej", "title", "Umowa o współpracy kulturalnej"),
        ("Tytuł", "—", "title", None),
        ("Miejsce podpisania", "-", "signed_at", None),
        ("Uwagi", "pierwsza\ndruga", "notes", "pierwsza\ndruga"),
        ("Okres (mies.)", "6 m-cy", "term_months", 6),
        ("Okres (mies.)", "na okres 5 lat", "term_months", 60),
        ("Poprzedni akt", "nr 6, 7 i 9", "earlier_agreement", ["nr 6", "7", "9"]),
        ("Poprzedni akt", "nr 6; 12 i 13 maja 1996", "earlier_agreement", ["nr 6", "12 i 13 maja 1996"]),
        ("Przedłużanie", "nie", "renewal", None),
        ("Uwagi", "'=1+1", "notes", "=1+1"),
        ("Uwagi", "j.w.", "notes", "j.w."),
        ("Przedłużanie", "✓", "renewal", "tacit-renewal"),
        ("Przedłużanie", "+", "renewal", "tacit-renewal"),
        ("Przedłużanie", "?", "renewal", None),
        ("Obowiązuje do", "∞", "renewal", "open-ended"),
        ("Okres (mies.)", "∞", "renewal", "open-ended"),
        ("Tytuł", "+", "title", "+"),
    ],
)
def test_a_cell_is_understood_in_the_register_s_own_terms(cities, column, cell, code, value):
    ThemeFactory(slug="culture", name_pl="kultura", name_en="culture")
    ThemeFactory(slug="sport", name_pl="sport", name_en="sport")
    assert plan_of([*HEADER, column], [*ROW, cell]).rows[0].row.values.get(code) == value


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("Okres (mies.)", "-1", "number-out-of-range"),
        ("Okres (mies.)", "1" * 5_000, "not-a-number"),
        ("Okres (mies.)", "1" * 5_000 + " mies.", "not-a-number"),
        ("Okres (mies.)", "2,5", "not-a-number"),
        ("Numer", "0", "number-out-of-range"),
        ("Poziom", "gwiazdy", "unknown-word"),
        ("Tytuł", "x" * 301, "too-long"),
        ("Uchwała", "x" * 201, "too-long"),
        ("Strona partnerska", "x" * 201, "too-long"),
        ("Obowiązuje do", "na okres 5 lat", "period-for-date"),
        ("Data podpisania", "31.02.1999", "impossible-date"),
        ("Data podpisania", "1256", "before-the-city"),
        ("Data podpisania", "1.01.2999", "future-date"),
        ("Data podpisania", "ok. 1999", "approximate-date"),
        ("Data podpisania", "przed 1999", "before-or-after"),
        ("Data podpisania", "∞", "not-a-date"),
        ("Data podpisania", "jw.", "said-above"),
        ("Tytuł", "„", "said-above"),
        ("Przedłużanie", "„", "said-above"),
        ("Przedłużanie", "→", "unknown-word"),
        ("Okres (mies.)", "+", "not-a-number"),
        ("Data podpisania", "1.01.99", "two-digit-year"),
        ("Poprzedni akt", "1980", "agreement-without-verb"),
    ],
)
def test_what_cannot_be_understood_is_told_of_its_cell(cities, column, cell, code):
    header, row = [*HEADER[:2], "Data podpisania"], list(ROW)
    if column == HEADER[2]:
        row[2] = cell
    else:
        header, row = [*header, column], [*row, cell]
    plan = plan_of(header, row)
    message = next(m for m in plan.messages if m.code == code)
    assert (message.row, message.column, len(plan.written)) == (2, column, 0)


def test_a_garbled_cell_is_asked_about_before_it_is_read(cities):
    row = ["Lwów", "umowa partnersk\ufffd", "1991"]
    assert said(plan_of(HEADER, row)) == [(2, "mojibake")]
    confirmed = plan_of(HEADER, row, decisions={"text:umowa partnersk": "confirm"})
    assert said(confirmed) == [(2, "unlikely-word")]


def test_all_that_is_wrong_with_all_rows_is_told_at_once(cities):
    rows = [["Nigdzie", "traktat", "31.02.1999"]] * 2 + [["", "", ""]]
    plan = plan_of([*HEADER, "Uwagi"], *[[*row, number] for number, row in enumerate(rows)])
    codes = ["impossible-date", "unknown-city", "unknown-word"]
    missing = ["missing-date", "missing-value", "missing-value"]
    assert said(plan) == [*[(2, c) for c in codes], *[(3, c) for c in codes], *[(4, c) for c in missing]]


def test_a_line_that_says_nothing_to_the_register_is_told_and_left_out(cities):
    plan = plan_of([*HEADER, "Lp."], [*ROW, 1], ["", "", "", "Sporządził: Jan"])
    assert (plan.counts["rows"], said(plan)) == (1, [(3, "beside-the-list")])


@pytest.mark.parametrize(
    ("cells", "clashes"),
    [
        (["bezterminowo", "na czas określony", ""], 1),
        (["bezterminowo", "automatyczne", "60"], 2),
        (["bezterminowo", "", "60"], 1),
        (["", "bezterminowo", "60"], 1),
        (["", "nie", "automatyczne"], 1),
        (["2016", "bezterminowo", "60"], 2),
    ],
)
def test_cells_that_contradict_each_other_about_the_term_are_all_named(words, cells, clashes):
    columns = ["Obowiązuje do", "Przedłużanie", "Okres (mies.)"]
    plan = plan_of([*HEADER, *columns], [*ROW, *cells])
    texts = [str(message.text) for message in plan.messages if message.code == "contradictory-term"]
    assert [sum(f"„{name}”" in text for name in columns) for text in texts] == [2] * clashes
    assert actions(plan) == ["refused"]


@pytest.mark.parametrize(
    ("cells", "terms"),
    [
        (["nie odnotowano", "bezterminowo", ""], ["open-ended"]),
        (["", "nie", "60"], ["no"]),
        (["bezterminowo", "nie", ""], ["open-ended", "no"]),
        (["na czas określony", "automatyczne", "60"], ["fixed", "tacit-renewal"]),
    ],
)
def test_cells_that_go_together_about_the_term_are_taken(words, cells, terms):
    plan = plan_of([*HEADER, "Obowiązuje do", "Przedłużanie", "Okres (mies.)"], [*ROW, *cells])
    assert (actions(plan), plan.rows[0].row.terms) == (["new"], terms)


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("Przedłużanie", "być może", ["open-ended", "yes, no"]),
        ("Przedłużanie", "prawad", ["Did you mean “yes”?"]),
        ("Obowiązuje do", "wygasła", ["31.12.2005", "open-ended", "not recorded"]),
        ("Okres (mies.)", "2,3 roku", ["“2,3 roku” is no number of months", "30"]),
        ("Okres (mies.)", "1000 lat", ["1000 lat", "1200"]),
        ("Data podpisania", "12.05.20", ["12.05.20"]),
    ],
)
def test_an_error_says_what_may_be_written_instead(words, column, cell, told):
    header, row = list(HEADER), list(ROW)
    if column in header:
        row[2] = cell
    else:
        header, row = [*header, column], [*row, cell]
    with override("en"):
        [message] = [message for message in plan_of(header, row).messages if message.column == column]
        assert [word for word in told if word not in str(message.text)] == []


@pytest.mark.parametrize("cell", ["b/t", "b.t.", "czas nieokr.", "na stałe", "STALE", "do odwołania"])
def test_words_for_no_end_are_known(words, cell):
    assert plan_of([*HEADER, "Obowiązuje do"], [*ROW, cell]).rows[0].row.terms == ["open-ended"]


@pytest.mark.parametrize("cell", ["Sporządziła: Jan Kowalski", "* - umowa wygasła", "NIEMCY"])
@pytest.mark.parametrize("place", [0, 3], ids=["city", "number"])
def test_a_signature_a_footnote_or_a_heading_of_rows_is_no_row(cities, cell, place):
    alone = [""] * 4
    alone[place] = cell
    plan = plan_of([*HEADER, "Numer"], ROW, alone)
    assert (plan.counts["rows"], said(plan)) == (1, [(3, "one-cell")])


@pytest.mark.parametrize(("cell", "codes"), [("—", []), ("brak", []), ("", ["verb-without-agreement"])])
def test_a_dash_for_the_earlier_agreement_means_that_there_is_none(words, cell, codes):
    plan = plan_of([*HEADER, "Poprzedni akt", "Związek"], [*ROW, cell, "potwierdza"])
    assert said(plan) == [(2, code) for code in codes]


def test_a_logical_value_is_no_text(cities):
    plan = plan_import(xlsx([*HEADER, "Tytuł", "Strona krakowska"], [*ROW, *[Cell('t="b"', "<v>1</v>")] * 2]))
    assert said(plan) == [(2, "not-a-text")] * 2

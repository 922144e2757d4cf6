import pytest
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from partners.models import Agreement
from tests.partners.factories import AgreementFactory, AgreementThemeFactory, PartyFactory, ThemeFactory
from tests.partners.imports.conftest import HEADER, actions, plan_of, said

ROW = ["Lwów", "umowa o partnerstwie", "1991"]


def new_agreement(header=HEADER, row=ROW, **options):
    return plan_of(header, row, **options).rows[0].agreement


def test_a_new_agreement_is_named_after_its_city_kind_and_date(cities):
    AgreementFactory(city=cities["nuremberg"], slug="lviv-partnership-1991")
    rows = [[*ROW, "Umowa o mostach"], [*ROW, "Umowa o parkach"]]
    plan = plan_of([*HEADER, "Tytuł"], *rows)
    assert [planned.agreement.slug for planned in plan.rows] == ["lviv-partnership-1991-2", "lviv-partnership-1991-3"]


def test_the_kind_stands_for_a_title_and_tells_the_relation(cities):
    agreement = new_agreement(row=["Lwów", "umowa na zasadzie miast bliźniaczych", "1991"])
    assert (agreement.title_pl, agreement.title_en) == ("Umowa na zasadzie miast bliźniaczych", "Twinning agreement")
    assert (agreement.establishes, new_agreement().establishes) == ("twin", "")


def test_what_a_row_says_of_the_relation_outranks_the_kind(cities):
    row = ["Lwów", "umowa na zasadzie miast bliźniaczych", "1991", "—"]
    assert new_agreement([*HEADER, "Ustanawia"], row).establishes == ""


@pytest.mark.parametrize(
    ("column", "title", "publication"),
    [("Tytuł", None, "published"), ("Tytuł", "Umowa", "draft"), ("Title", "Agreement", "draft")],
)
def test_an_agreement_is_published_only_with_a_title_in_both_languages(cities, column, title, publication):
    assert new_agreement([*HEADER, column], [*ROW, title], publication="published").publication == publication


@pytest.mark.parametrize(
    ("cells", "term"),
    [
        ({}, "not-recorded"),
        ({"Obowiązuje do": "1999"}, "fixed"),
        ({"Okres (mies.)": 60}, "fixed"),
        ({"Okres (mies.)": 60, "Przedłużanie": "tacit-renewal"}, "tacit-renewal"),
        ({"Okres przedłużenia (mies.)": 12}, "tacit-renewal"),
        ({"Przedłużanie": "open-ended"}, "open-ended"),
        ({"Obowiązuje do": "open-ended"}, "open-ended"),
    ],
)
def test_the_term_is_what_the_cells_of_a_row_say_together(cities, cells, term):
    assert new_agreement([*HEADER, *cells], [*ROW, *cells.values()]).term == term


@pytest.fixture
def agreement(cities):
    agreement = AgreementFactory(
        city=cities["lviv"], signed_on="1991", number=7, resolution="I/1", internal_notes="stare", term="tacit-renewal"
    )
    for position, name in enumerate(("Miasto Lwów", "Rada"), 1):
        PartyFactory(agreement=agreement, position=position, name_pl=name, name_en=f"{name} in English")
    for slug in ("culture", "sport"):
        field = ThemeFactory(slug=slug, name_pl=slug, name_en=slug)
        if slug == "culture":
            AgreementThemeFactory(agreement=agreement, theme=field)
    return agreement


@pytest.mark.parametrize(
    ("column", "cell", "changes"),
    [
        ("Uchwała", "I/1", {}),
        ("Uchwała", None, {}),
        ("Uchwała", "II/2", {"resolution": ("I/1", "II/2")}),
        ("Uwagi", "nowe", {"internal_notes": ("stare", "nowe")}),
        ("Okres (mies.)", 60, {"term_months": (None, 60)}),
        ("Przedłużanie", "fixed", {"term": ("tacit-renewal", "fixed")}),
        ("Ustanawia", "—", {"establishes": ("partner", "")}),
        ("Data podpisania", "1991-05-12", {"signed_on": ("1991", "1991-05-12")}),
    ],
)
def test_only_what_a_row_says_otherwise_is_changed(agreement, column, cell, changes):
    header, row = [*HEADER, "Numer"], [*ROW, 7]
    if column in header:
        row[header.index(column)] = cell
    else:
        header, row = [*header, column], [*row, cell]
    plan = plan_of(header, row)
    assert plan.rows[0].changes == changes
    assert actions(plan) == ["changed" if changes else "unchanged"]


@pytest.mark.parametrize(
    ("column", "cell", "is_changed"),
    [
        ("Strona partnerska", "Miasto Lwów; Rada", False),
        ("Strona partnerska", "Rada; Miasto Lwów", True),
        ("Partner party", "Miasto Lwów in English;Rada in English", False),
        ("Dziedziny współpracy", "culture", False),
        ("Dziedziny współpracy", "sport; culture", True),
        ("Dziedziny współpracy", None, False),
    ],
)
def test_relations_are_compared_too(agreement, column, cell, is_changed):
    assert actions(plan_of([*HEADER, column], [*ROW, cell])) == ["changed" if is_changed else "unchanged"]


def test_a_change_that_the_model_forbids_is_refused_under_its_column(agreement):
    plan = plan_of([*HEADER, "Obowiązuje do"], [*ROW, "1980"])
    [message] = [message for message in plan.messages if message.code == "not-possible"]
    assert (message.row, message.column, message.value) == (2, "Obowiązuje do", "1980")
    assert Agreement.objects.get().valid_until is None


def test_a_change_that_the_model_forbids_is_told_beside_what_else_is_wrong(agreement):
    header, row = [*HEADER, "Numer", "Obowiązuje do", "Okres (mies.)", "Uchwała"], [None, None, None, 7]
    plan = plan_of(header, [*row, "1980", 0, "x" * 201])
    assert said(plan) == [(2, "not-possible"), (2, "number-out-of-range"), (2, "too-long")]


@pytest.mark.parametrize("start", ["31.02.1979", "dawno"])
def test_no_rule_is_held_against_a_cell_that_was_misread(agreement, start):
    header, row = [*HEADER, "Numer", "Obowiązuje od", "Obowiązuje do"], [*ROW, 7, start, "1980"]
    assert "not-possible" not in [code for _row, code in said(plan_of(header, row))]


def test_an_agreement_in_force_before_it_was_signed_is_told_and_taken(cities):
    with override("en"):
        plan = plan_of([*HEADER, "Obowiązuje od"], [*ROW, "05.1990"])
        [message] = [message for message in plan.messages if message.code == "in-force-before-signing"]
        text = str(message.text).replace("\xa0", " ")
    assert (actions(plan), message.value) == (["new"], "05.1990")
    assert "from May 1990, before it was signed on 1991" in text


@pytest.mark.parametrize(
    ("start", "since", "begins"),
    [("1.01.2002", "“Obowiązuje od”", "1 January 2002"), (None, "“Data podpisania”", "1991")],
)
def test_an_end_before_the_start_is_told_with_both_dates(cities, start, since, begins):
    end = "1.1.2001" if start else "1.1.1981"
    with override("en"):
        plan = plan_of([*HEADER, "Obowiązuje od", "Obowiązuje do"], [*ROW, start, end])
        [message] = [message for message in plan.messages if message.code == "not-possible"]
        text = str(message.text).replace("\xa0", " ")
    assert (message.column, message.value) == ("Obowiązuje do", end)
    assert [word for word in (f"1 January {end[-4:]}", begins, since, "Correct") if word not in text] == []


def test_a_new_start_after_the_end_that_the_register_knows_is_told_under_the_start(agreement):
    agreement.term, agreement.valid_until = "fixed", PartialDate("1995")
    agreement.save()
    plan = plan_of([*HEADER, "Numer", "Obowiązuje od"], [*ROW, 7, "1.2.1996"])
    [message] = [message for message in plan.messages if message.code == "not-possible"]
    assert (message.column, message.value) == ("Obowiązuje od", "1.2.1996")


def test_what_the_rules_forbid_is_told_with_what_the_cell_says(cities):
    with override("en"):
        plan = plan_of([*HEADER, "Obowiązuje do", "Przedłużanie"], [*ROW, "31.12.1999", "not-recorded"])
        [message] = [message for message in plan.messages if message.code == "not-possible"]
        assert str(message.text).startswith("“Obowiązuje do” says “31.12.1999”: ")


@pytest.mark.parametrize(
    ("signed", "until", "months", "is_told"),
    [
        ("1.08.2001", "31.12.2050", "24", True),
        ("1.08.2001", "31.07.2003", "24", False),
        ("1.08.2001", "1.08.2003", "24", False),
        ("1.08.2001", "2.08.2003", "24", True),
        ("1.09.2001", "2003", "24", False),
        ("2001", "31.12.2003", "24", False),
        ("2001", "2004", "24", True),
    ],
)
def test_an_end_that_the_length_of_the_term_does_not_lead_to_is_told(cities, signed, until, months, is_told):
    with override("en"):
        plan = plan_of([*HEADER, "Obowiązuje do", "Okres (mies.)"], [*ROW[:2], signed, until, months])
        texts = [str(message.text) for message in plan.messages if message.code == "end-and-length"]
    assert (actions(plan), len(texts)) == (["new"], is_told)
    assert all(f"{months} months" in text and until[-4:] in text for text in texts)


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (["Lwów", "umwa", "12.05.2018"], {"unlikely-word", "unknown-word"}),
        (["Atlantyda", "umowa", "12.05.2018"], {"unknown-city"}),
    ],
    ids=["an unknown kind", "an unknown city"],
)
def test_what_the_rules_forbid_is_told_beside_what_is_not_understood(cities, cells, codes):
    plan = plan_of([*HEADER, "Obowiązuje od", "Obowiązuje do"], [*cells, "1.01.2005", "1.01.2004"])
    found = {code for _row, code in said(plan)}
    assert {"not-possible", "in-force-before-signing"} <= found
    assert found & codes
    assert actions(plan) == ["refused"]


def test_address_words_are_counted_on(cities):
    rows = [["Lwów", "umowa", "2001", f"Umowa {number}"] for number in range(3)]
    slugs = [planned.agreement.slug for planned in plan_of([*HEADER, "Tytuł"], *rows).rows]
    assert slugs == ["lviv-agreement-2001", "lviv-agreement-2001-2", "lviv-agreement-2001-3"]


def test_a_new_agreement_takes_no_address_at_which_another_was_public(cities):
    agreement = AgreementFactory(city=cities["nuremberg"], slug="lviv-partnership-1991")
    agreement.publication, agreement.slug = "draft", "elsewhere"
    agreement.save()
    plan = plan_of(HEADER, ["Lwów", "umowa o partnerstwie", "1991"])
    assert [planned.agreement.slug for planned in plan.rows] == ["lviv-partnership-1991-2"]

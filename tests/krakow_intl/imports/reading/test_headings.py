import pytest
from django.utils.translation import override

from krakow_intl.imports.reading.headings import Headings
from partners.imports.planning.planner import faults_of
from partners.imports.reading.columns import COLUMNS
from partners.imports.reading.vocabulary import Vocabulary

WHOLE = ["Miasto", "Rodzaj aktu", "Data podpisania"]


@pytest.fixture
def headings(db):
    return lambda mapping=None: Headings(Vocabulary.load(), mapping)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("Miasto", ("city", "pl")),
        ("  MIASTO: ", ("city", "pl")),
        ("Data\npodpisania", ("signed_on", "pl")),
        ("Data\u00a0podpisania", ("signed_on", "pl")),
        ("signed on", ("signed_on", "en")),
        ("Okres (mies.)", ("term_months", "pl")),
        ("Miasto / City", ("city", "pl")),
        ("Signed on (Data podpisania)", ("signed_on", "en")),
        ("Okres (mies.)\nTerm (months)", ("term_months", "pl")),
        ("Miasto / Kind", None),
        ("Stadt", None),
    ],
)
def test_a_column_is_known_whatever_its_name_looks_like(headings, name, meaning):
    assert headings().meaning(name) == meaning


def test_every_name_that_the_register_prints_is_known(headings):
    for column in COLUMNS:
        assert headings().meaning(str(column.both_names))[0] == column.code


def test_a_person_says_what_a_column_means(headings):
    explained = headings({"Kiedy": "signed_on", "Name": "title:en", "Teczka": ""})
    assert [explained.meaning(name) for name in ("kiedy", "NAME", "Teczka")] == [
        ("signed_on", "pl"),
        ("title", "en"),
        None,
    ]
    assert explained.read(["Teczka"]) == ([], [])


def test_names_of_one_column_are_counted_once(headings):
    assert headings().count(["Miasto", "miasto", "City", "Kraj", "", "?"]) == 3


def codes(names, headings):
    found, remarks = headings().read(names)
    return [remark.code for remark in [*faults_of(headings(), found, names), *remarks]]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (WHOLE, []),
        ([*WHOLE, "Tytuł", "Title"], []),
        ([*WHOLE, "Signed on"], ["duplicate-column"]),
        ([*WHOLE, "Miasto"], ["duplicate-column"]),
        (["Miasto"], ["missing-columns"]),
        ([*WHOLE, "Dziedziny wspólpracyy"], ["likely-column"]),
        ([*WHOLE, "Data podpsania"], ["unknown-column"]),
        ([*WHOLE, "Segregator"], ["unknown-column"]),
        ([*WHOLE, "L.p.", "Lp."], []),
        (
            ["city", "kind", "signed on", "status_on", "notice_by"],
            ["machine-export", "unknown-column", "unknown-column"],
        ),
    ],
)
def test_what_is_wrong_with_the_columns_is_told_at_once(headings, names, expected):
    assert codes(names, headings) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Rodzja aktu", "Data podpsania"], {"Rodzja aktu": "kind", "Data podpsania": "signed_on"}),
        (["Rodz. aktu", "Data podpis."], {"Rodz. aktu": "kind", "Data podpis.": "signed_on"}),
        (
            ["Okres obowiązywania od", "Okres obowiązywania do"],
            {"Okres obowiązywania od": "valid_from", "Okres obowiązywania do": "valid_until"},
        ),
        (["Strony umowy", "Status", "Stadt", "Titel", "Link do umowy", "Sygnatariusze"], {}),
        (["Data podpisania", "Data podpsania"], {}),
        (["Data podpsania", "Data podpisana"], {"Data podpisana": "signed_on"}),
        (["Co poprawić", "What to correct", "Lp."], {}),
    ],
    ids=["misspelt", "cut short", "from and until", "hardly alike", "known by another name", "twice", "passed over"],
)
def test_only_a_strong_guess_of_a_free_column_is_offered(headings, names, expected):
    assert {name: code for name, (code, _language) in headings().guesses(names).items()} == expected


def test_what_a_person_said_of_a_name_is_guessed_no_more(headings):
    assert headings({"Data podpsania": "-"}).guesses(["Data podpsania"]) == {}


def test_the_column_of_what_to_correct_is_ours_and_passed_over(headings):
    assert headings().read(["Co poprawić", "WHAT TO CORRECT"]) == ([], [])


def test_the_names_of_the_likeliest_row_are_told_with_what_they_may_mean_and_what_is_missing(headings):
    with override("en"):
        assert str(headings().told_of_likeliest(["Gmina", "Kraj", "Rodz. aktu"])) == (
            "The row most like one says: “Gmina”, “Kraj”, “Rodz. aktu”. It seems to mean: “Kraj” – Kraj / Country; "
            "“Rodz. aktu” – Rodzaj aktu / Kind. The list lacks these columns: “Miasto / City”, “Data podpisania / "
            "Signed on”. Add them, or say which column is which."
        )
        assert str(headings().told_of_likeliest(["Stadt"])).startswith("The row most like one says: “Stadt”. The list")

import pytest

from partners.imports.headings import Headings, faults_of
from partners.imports.vocabulary import Vocabulary

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
        ("Stadt", None),
    ],
)
def test_a_column_is_known_whatever_its_name_looks_like(headings, name, meaning):
    assert headings().meaning(name) == meaning


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
    return [remark.code for remark in [*faults_of(found, names), *remarks]]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (WHOLE, []),
        ([*WHOLE, "Tytuł", "Title"], []),
        ([*WHOLE, "Signed on"], ["duplicate-column"]),
        ([*WHOLE, "Miasto"], ["duplicate-column"]),
        (["Miasto"], ["missing-columns"]),
        ([*WHOLE, "Data podpsania"], ["likely-column"]),
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

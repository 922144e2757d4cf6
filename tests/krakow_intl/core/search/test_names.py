import pytest

from krakow_intl.core.search.names import match_names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["belgii"], [{"BE"}]),
        (["belgia", "umowa"], [{"BE"}, set()]),
        (["united", "states"], [{"US"}, {"US"}]),
        (["united", "nations"], [set(), set()]),
        (["per"], [set()]),
        (["uk"], [{"GB"}]),
    ],
)
def test_words_name_what_all_the_words_of_its_name_were_typed_of(typed, meant):
    names = [("BE", ["belgia"]), ("US", ["united", "states"]), ("GB", ["united", "kingdom"]), ("GB", ["uk"])]
    assert [*match_names(typed, [*names, ("PE", ["peru"])]).values()] == meant

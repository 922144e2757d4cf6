from types import SimpleNamespace

from krakow_intl.core.search.groups import SearchGroup


def test_a_group_that_says_no_more_shows_its_records_with_their_own_page_alone():
    group = SearchGroup("things", "Things", records=lambda day: [])
    record = SimpleNamespace(get_absolute_url=lambda: "/en/things/one/")
    assert group.address(record) == ("/en/things/one/", "")
    assert not any(
        (
            group.title_match(None, "word"),
            group.related_match(None, "word"),
            group.derived_match(None, "word"),
            group.names(),
        )
    )
    assert not any((group.cities(record), group.country(record), group.relation(record), group.date(record)))

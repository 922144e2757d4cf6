from datetime import date

import pytest

from krakow_intl.portal.search_results import FIRST_HITS, FIRST_OF_SOME, HITS_ON_A_PAGE, SearchPage
from tests.partners.factories import ActivityFactory, AgreementFactory, CityFactory, InstitutionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 5)


def page_of(query, key="", number=""):
    return SearchPage(query, TODAY, "en", key, number)


def test_without_a_word_nothing_is_looked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = page_of("  –  ")
        assert (page.groups, page.sections, page.counts.total, page.chosen, page.suggestion) == ([], [], 0, None, "")


def test_records_are_counted_that_match_all_words_and_that_match_some():
    AgreementFactory.create_batch(7, title_en="Treaty on sport")
    InstitutionFactory.create_batch(4, name_en="Sport")
    page = page_of("treaty sport")
    assert page.counts == (7, 4)
    assert [(each.group.key, each.counts, each.counts.total) for each in page.groups] == [
        ("agreements", (7, 0), 7),
        ("institutions", (0, 4), 4),
    ]


def test_of_each_group_the_first_few_are_shown_those_that_match_all_words_apart():
    AgreementFactory.create_batch(7, title_en="Treaty on sport")
    AgreementFactory.create_batch(4, title_en="Treaty")
    whole, some = page_of("treaty sport").sections
    assert (whole.is_whole, whole.is_apart, whole.count) == (True, True, 7)
    assert (some.is_whole, some.is_apart, some.count) == (False, True, 4)
    assert [len(section.groups[0].hits) for section in (whole, some)] == [FIRST_HITS, FIRST_OF_SOME]
    assert [section.is_apart for section in page_of("treaty").sections] == [False]


def test_the_group_that_is_chosen_is_shown_alone_page_by_page():
    AgreementFactory.create_batch(HITS_ON_A_PAGE + 1, title_en="Treaty on sport")
    AgreementFactory.create_batch(2, title_en="Treaty")
    InstitutionFactory(name_en="Treaty of sport")
    page = page_of("treaty sport", "agreements", "2")
    assert (page.chosen.group.key, page.page.number, page.page.paginator.count) == ("agreements", 2, 53)
    assert [[len(group.hits) for group in section.groups] for section in page.sections] == [[1], [2]]
    assert [section.groups[0].first_page for section in page.sections] == ["", 2]
    assert len(page.groups) == 2


@pytest.mark.parametrize("key", ["", "nothing", "institutions"])
def test_a_group_that_holds_nothing_is_not_chosen(key):
    AgreementFactory(title_en="Treaty")
    page = page_of("treaty", key)
    assert (page.chosen, page.page) == (None, None)
    assert [group.group.key for section in page.sections for group in section.groups] == ["agreements"]


def test_what_is_later_than_a_day_in_the_past_is_only_counted():
    AgreementFactory(title_en="Treaty on sport", signed_on="1991")
    AgreementFactory(title_en="Treaty on art", signed_on="2004")
    ActivityFactory(title_en="A treaty is read", starts_on="2005", cities=[CityFactory()])
    then = SearchPage("treaty", date(1998, 6, 1), "en", is_today=False)
    assert (then.counts.total, then.later) == (1, 2)
    assert (page_of("treaty").counts.total, page_of("treaty").later) == (3, 0)


def test_a_city_goes_first_that_is_called_so():
    CityFactory(name_pl="Bonn", name_en="Bonn", lead_en="The way to Kyiv")
    kyiv = CityFactory(name_pl="Kijów", name_en="Kyiv")
    assert page_of("Kyiv").groups[0].first[0][0] == kyiv


def test_a_name_is_proposed_only_where_no_record_matches_all_words(django_assert_num_queries):
    CityFactory(name_pl="Norymberga", name_en="Nuremberg")
    assert page_of("Nurenberg").suggestion == "Nuremberg"
    page = page_of("Nuremberg")
    with django_assert_num_queries(0):
        assert page.suggestion == ""


@pytest.mark.parametrize("query", ["x" * 500, "word " * 100])
def test_a_long_query_is_cut(query):
    assert len(page_of(query).query) == 200

import pytest

from krakow_intl.core.search.score import FEW, Match, among, best_first, in_title, keys_of, matched, scores
from partners.models import Institution
from tests.partners.factories import InstitutionFactory


def keys(best):
    return [key for key, _score in best]


def test_a_number_says_of_how_many_words_a_record_fits():
    matches = [Match(held={1}, titled={1}), Match(held={1, 2}), Match(named={1}), Match(related={1}), Match()]
    found = scores(matches, {1, 2, 3})
    assert [(keys, matched(score), in_title(score)) for score, keys in found.items()] == [({1}, 4, 2), ({2}, 1, 0)]


def test_what_is_not_known_is_not_scored():
    assert [*scores([Match(held={1, 2}, named={3})], known={1}).values()] == [{1}]


def test_weight_goes_before_names_these_before_titles_and_these_before_texts():
    in_text, titled, named, heavy = range(4)
    matches = [
        Match(held={in_text, titled, named}, titled={titled}, named={named}),
        Match(held={heavy}, weight=3),
    ]
    assert keys(best_first(scores(matches, {*range(4)}))) == [heavy, named, titled, in_text]


def test_of_those_that_fit_alike_what_holds_the_very_form_goes_first():
    assert keys(best_first(scores([Match(held={1, 2}, as_typed={2})], {1, 2}))) == [2, 1]


def test_records_that_fit_alike_keep_their_order_and_only_so_many_are_told():
    found = scores([Match(held={3, 1, 2})], {1, 2, 3})
    assert keys(best_first(found)) == [1, 2, 3]
    assert keys(best_first(found, 2)) == [1, 2]


@pytest.mark.django_db
def test_the_database_tells_which_keys_are_among_some_records():
    records = [InstitutionFactory(), InstitutionFactory(), InstitutionFactory(held_back=True)]
    first, second, draft = (record.pk for record in records)
    assert keys_of(Institution.objects.public()) == {first, second}
    assert among(Institution.objects.public(), {first, draft}) == {first}
    assert among(Institution.objects.public(), {first, draft, *range(10_000, 10_000 + FEW)}) == {first}
    assert keys_of(Institution.objects.none()) == keys_of(Institution.objects.filter(slug="nothing")) == set()

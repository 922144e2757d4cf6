import pytest
from django.db.models import Q

from krakow_intl.core.search.score import Term, scored, top_hits
from partners.models import Institution
from tests.partners.factories import InstitutionFactory

pytestmark = pytest.mark.django_db


def body(name, text="", **values):
    return InstitutionFactory(name_pl=name, name_en=name, description_pl=text, description_en=text, **values)


def found(*terms):
    return list(scored(Institution.objects, terms))


def test_each_number_says_how_many_of_the_words_it_counts():
    body("Museum of Music", "It has a school.", place_pl="Paris", place_en="Paris")
    terms = [
        Term(("museum",)),
        Term(("school",), weight=2),
        Term(("paris",), title_match=Q(place_en="Paris")),
        Term(("tram",), related_match=Q(place_en="Paris")),
        Term(("theatre",)),
    ]
    [record] = found(*terms)
    assert (record.matched, record.in_title, record.exact, record.weight) == (4, 2, 1, 5)


def test_a_spelling_is_as_good_as_the_word():
    record = body("Lwów")
    assert found(Term(("lemberg", "lwow"))) == [record]
    assert found(Term(("lemberg",))) == []


def test_weight_goes_before_names_these_before_titles_and_these_before_texts():
    in_text = body("First", "music school")
    in_title = body("Music", "school")
    named = body("Second", "music school", place_en="Paris")
    heavy = body("Third", "tram")
    terms = [
        Term(("music",), title_match=Q(place_en="Paris")),
        Term(("school",)),
        Term(("tram",), weight=3),
    ]
    assert found(*terms) == [heavy, named, in_title, in_text]


def test_records_that_fit_alike_keep_their_order():
    records = [body("Music") for _ in range(3)]
    assert found(Term(("music",))) == records


def test_the_best_of_those_that_match_all_words_and_of_those_that_match_some_come_with_their_number():
    some = [body("Music") for _ in range(3)]
    whole = [body("Music school") for _ in range(4)]
    terms = [Term(("music",)), Term(("school",))]
    hits = top_hits(scored(Institution.objects, terms), 2, most=2, most_of_some=1)
    assert hits == [*whole[:2], some[0]]
    assert [hit.peers for hit in hits] == [4, 4, 3]


def test_of_one_word_the_best_come_with_their_number():
    records = [body("Music") for _ in range(3)]
    hits = top_hits(scored(Institution.objects, [Term(("music",))]), 1, most=2, most_of_some=1)
    assert (hits, [hit.peers for hit in hits]) == (records[:2], [3, 3])


def test_a_condition_that_nothing_can_meet_finds_nothing():
    record = body("Music")
    assert found(Term(("music",)), Term(("tram",), title_match=Q(pk__in=[]) & Q(name_en="Music"))) == [record]

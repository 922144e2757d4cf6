import pytest

from krakow_intl.core.search.postings import MAX_FORMS, Postings, forms_of, matching, records_of, words_beginning
from partners.models import CityName, Institution
from tests.partners.factories import CityNameFactory, InstitutionFactory

pytestmark = pytest.mark.django_db


def body(name, text="", **values):
    return InstitutionFactory(name_pl=name, name_en=name, description_pl=text, **values)


def test_each_word_of_the_index_that_begins_so_is_told_once():
    for name in ("Teatr", "Teatry", "Teatralia", "Tekst", "Zoo", "Театр"):
        body(name)
        body(name)
    assert words_beginning(["teatr"]) == {"teatr", "teatry", "teatralia"}
    assert words_beginning(["teatra", "zo", "теа"]) == {"teatralia", "zoo", "театр"}
    assert words_beginning(["x"]) == words_beginning([]) == set()


def test_a_typed_word_stands_for_its_forms_and_for_what_begins_so():
    body("Muzeum szkoły, w szkołach szkolenia Museum")
    assert forms_of(["szkołami", "muz", "12"]) == {
        "szkołami": {"szkoly", "szkolach", "szkolami"},
        "muz": {"muzeum", "muz"},
        "12": {"12"},
    }


def test_dots_may_be_written_as_an_e():
    record = body("Nürnberg")
    assert Postings(["nuernberg"]).holding("nuernberg", Institution) == {record.pk}


def test_a_beginning_stands_for_so_many_words_and_no_more():
    body("Dom", " ".join(f"abc{number}" for number in range(MAX_FORMS + 5)))
    assert len(forms_of(["abc"])["abc"]) <= MAX_FORMS + 1


def test_postings_tell_what_holds_a_word_where_and_in_which_form(django_assert_num_queries):
    titled, told, other = body("Teatr"), body("Dom", "<p>O teatrze</p>"), body("Teatry", "teatr")
    with django_assert_num_queries(2):
        postings = Postings(["teatr", "dom"])
    assert postings.holding("teatr", Institution) == {titled.pk, told.pk, other.pk}
    assert postings.titled("teatr", Institution) == {titled.pk, other.pk}
    assert postings.as_typed("teatr", Institution) == {titled.pk}
    assert postings.holding("dom", Institution) == {told.pk}
    assert postings.holding("teatr", CityName) == postings.as_typed("most", Institution) == set()


def test_a_word_finds_what_its_other_spellings_find():
    record = body("Lwów")
    postings = Postings(["lemberg"])
    assert postings.holding("lemberg", Institution) == set()
    postings.add({"lemberg": ["lwow", "lviv"]})
    assert postings.holding("lemberg", Institution) == {record.pk}


def test_words_that_nobody_holds_are_looked_for_once(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Postings([]).holding("", Institution) == set()


@pytest.mark.parametrize(("typed", "in_text", "in_title"), [("muzeum", 2, 1), ("szkoła", 1, 0), ("teatr", 0, 0)])
def test_a_condition_finds_what_holds_a_word_or_has_it_in_its_title(typed, in_text, in_title):
    body("Muzeum")
    body("Instytut", "<p>Ma muzeum i szkołę.</p>")
    assert Institution.objects.filter(matching(Institution, typed)).count() == in_text
    assert Institution.objects.filter(matching(Institution, typed, in_title=True)).count() == in_title


def test_records_are_told_by_kind_and_word():
    name, record = CityNameFactory(name="Teatr"), body("Dom", "<p>teatr</p>")
    assert records_of({"teatr"}) == {"cityname": {"teatr": {name.pk}}, "institution": {"teatr": {record.pk}}}
    assert records_of({"teatr"}, in_title=True) == {"cityname": {"teatr": {name.pk}}}
    assert records_of({"teatr"}, ["institution"]) == {"institution": {"teatr": {record.pk}}}
    assert records_of(set()) == {}

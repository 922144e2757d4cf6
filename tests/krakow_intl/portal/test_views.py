import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.typography import NBSP
from krakow_intl.models import Page
from krakow_intl.portal import search_results, views
from tests.krakow_intl.factories import PageFactory
from tests.organizations.factories import InvolvementFactory, OrganizationFactory
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AudienceFactory,
    BenefitFactory,
    CityFactory,
    CityNameFactory,
    InstitutionFactory,
)
from tests.programme.factories import ChapterFactory, FigureFactory, SourceFactory

LANGUAGES = ["pl", "en"]
database = pytest.mark.django_db


def text(response):
    return response.content.decode().replace(NBSP, " ")


# the entrance


@pytest.mark.parametrize(
    ("path", "wanted", "target"),
    [("/", "en-GB", "/en/"), ("/", "pl", "/pl/"), ("/", "", "/pl/"), ("/admin/", "en", "/en/admin/")],
)
def test_the_entrance_leads_to_the_language_the_browser_asks_for(client, path, wanted, target):
    client.cookies["django_language"] = "en" if target.startswith("/pl") else "pl"
    response = client.get(path, headers={"accept-language": wanted})
    assert (response.status_code, response["Location"], response["Vary"]) == (302, target, "Accept-Language")


@database
def test_home_leads_from_each_relation_to_its_cities(client):
    AgreementFactory(establishes="twin")
    CityFactory()
    page = text(client.get("/en/"))
    assert all(f'href="/en/partner-cities/?relation={relation}"' in page for relation in ("twin", "none"))


@database
@pytest.mark.parametrize("language", LANGUAGES)
def test_home_names_every_published_city_under_its_relation_of_the_day(client, language):
    twin, partner = CityFactory(), CityFactory()
    CityFactory(slug="hidden-city", held_back=True)
    AgreementFactory(city=twin, establishes="twin", signed_on="1991-09-10")
    AgreementFactory(city=partner, establishes="partner", signed_on="2003-06-10")

    today, then = client.get(f"/{language}/"), client.get(f"/{language}/?on=1995-01-01")
    assert [(c["code"], c["count"]) for c in today.context["relations"]] == [("twin", 1), ("partner", 1)]
    assert [(c["code"], c["count"]) for c in then.context["relations"]] == [("twin", 1)]
    assert [city.slug for city in then.context["cities"]] == [twin.slug]  # of the other nothing is recorded yet
    assert getattr(twin, f"name_{language}") in text(today)
    assert "hidden-city" not in text(today)


@database
def test_home_marks_on_the_map_how_surely_each_relation_is_known_and_says_it_in_words(client):
    source = SourceFactory(known_to="2006-04-20")
    AgreementFactory(city__name_en="Lviv", signed_on="1995", term="open-ended", source=source)
    AgreementFactory(city__name_en="Kyiv", signed_on="1995", term="not-recorded", source=source)
    for day, marks in (("2006-04-20", ["on-record", "on-record"]), ("2010-01-01", ["presumed", "by-its-terms"])):
        page = text(client.get(f"/en/?on={day}"))
        drawn = page[page.index('<figure class="map map--europe">') : page.index("</figure>")]
        assert [part.partition('"')[0] for part in drawn.split("dot__basis--")[1:]] == marks
        assert f'href="/en/partner-cities/?on={day}&amp;basis={marks[0]}"' in page
    assert "<title>Kyiv, partner city, presumed</title>" in drawn
    assert '<span class="visually-hidden">, partner city, by its terms</span>' in page


@database
def test_home_counts_what_is_published_and_in_force(client):
    AgreementFactory(signed_on="1991-09-10")
    AgreementFactory(signed_on="1991-09-10", held_back=True)
    OrganizationFactory()
    assert client.get("/en/").context["agreements_in_force"] == 1
    assert client.get("/en/?on=1980-01-01").context["agreements_in_force"] == 0


@database
def test_home_tells_the_anniversaries_and_terms_that_come_next(client):
    lviv = CityFactory(name_en="Lviv")
    AgreementFactory(city=lviv, signed_on="1995-10-23", title_en="Agreement of friendship")
    AgreementFactory(city=lviv, tacit=True, title_en="Renewed agreement")
    AgreementFactory(signed_on="1995-10-25", held_back=True)
    page = text(client.get("/en/?on=2005-10-23"))
    assert "10 <span>years</span>" in page
    assert "round anniversary" in page
    assert "None falls on this day" not in page
    assert "last day for notice:" in page
    assert "17 January 2008" in page
    assert "None falls on this day" in text(client.get("/en/?on=2005-10-24"))


@database
def test_home_tells_what_somebody_changed_last_in_the_public_register(client):
    agreement = AgreementFactory(title_en="Treaty", city__name_en="Lviv")
    ChapterFactory(name_en="Hidden chapter", held_back=True)
    for record in (agreement, agreement.city):
        past = QuerySet(record.history.model).filter(id=record.pk)
        past.update(history_change_reason="fixture 30-agreements-twin-cities.json")
    page = client.get("/en/")
    assert page.context["changes"] == []
    agreement.save()
    page = client.get("/en/")
    assert [(str(change["title"]), change["city"]) for change in page.context["changes"]] == [("Treaty", "Lviv")]
    assert "changed lately" in text(page)
    assert "changed lately" not in text(client.get("/en/?on=2006-04-30"))


@database
def test_home_asks_the_database_as_often_for_many_cities_as_for_one(client, django_assert_max_num_queries):
    for _ in range(2):
        AgreementFactory.create_batch(5)
        AudienceFactory.create_batch(5)
        with django_assert_max_num_queries(8):
            client.get("/pl/")


@database
def test_home_leads_everybody_to_what_exists_for_them_and_to_the_ledger(client):
    AudienceFactory(slug="schools", name_en="Teachers and schools")
    AudienceFactory(slug="hidden", held_back=True)
    page = text(client.get("/en/?on=2006-04-30"))
    assert '<a href="/en/for-you/schools/?on=2006-04-30">Teachers and schools</a>' in page
    assert "for-you/hidden" not in page
    assert 'href="/en/gifts/?on=2006-04-30"' in page
    assert 'href="/en/activities/?on=2006-04-30"' in page


@database
@pytest.mark.parametrize(("language", "name"), [("en", "Poles abroad"), ("pl", "Polonia")])
def test_the_menu_calls_polonia_by_a_name_that_its_readers_know(client, language, name):
    assert f'<a href="/{language}/polonia/">{name}</a>' in text(client.get(f"/{language}/contact/"))


@database
def test_home_stands_without_any_data(client):
    assert client.get("/pl/").status_code == 200


# the day


@database
def test_a_past_day_is_told_on_the_page_and_today_is_one_link_away(client):
    html = text(client.get("/en/?on=2006-04-30"))
    assert "30 April 2006" in html
    assert '<a href="/en/">Back to today</a>' in html


@database
def test_a_bad_day_is_answered_with_a_message(client):
    response = client.get("/en/", {"on": "<31 February>"})
    assert response.status_code == 200
    assert "“&lt;31 February&gt;” is no day of the calendar" in text(response)


# pages about the register


@database
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["about", "data", "privacy", "contact"])
def test_a_page_about_the_register_is_shown_once_it_is_published(client, language, slug):
    page = PageFactory(slug=slug, held_back=True)
    with override(language):
        address = reverse(slug)
    assert client.get(address).status_code == 404
    Page.objects.filter(pk=page.pk).update(publication="published")
    response = client.get(address)
    assert response.status_code == 200
    assert {"pl": "Treść", "en": "Text"}[language] in text(response)


@database
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_styleguide_opens_without_any_data(client, language):
    assert client.get(f"/{language}/styleguide/").status_code == 200


@database
@pytest.mark.parametrize(
    ("language", "words"),
    [("pl", "Rok powinien mieścić się między 1257 a 2200."), ("en", "Write a year from 1257 to 2200.")],
)
def test_the_styleguide_shows_what_a_form_says_of_a_wrong_year(client, language, words):
    assert words in text(client.get(f"/{language}/styleguide/"))


# search


def found(client, query, language="en", is_whole=True, **more):
    """What a search finds that holds all the words, or only some: [(group, titles)]."""
    with override(language):
        response = client.get(reverse("search"), {"q": query, **more})
        assert response.status_code == 200
        sections = response.context["search"].sections
        groups = [each for section in sections if section.is_whole == is_whole for each in section.groups]
        return [(str(each.group.label), [str(hit.record) for hit in each.hits]) for each in groups]


@database
@pytest.mark.parametrize("query", ["Lviv", "L’viv", "L'viv", "lwów", "LWOW", "we Lwowie", "Lemberg", "lemb", "Львів"])
def test_f07_a_city_is_found_under_any_of_its_names(client, query):
    city = CityFactory(name_pl="Lwów", name_en="Lviv")
    CityNameFactory(city=city, name="Lemberg", language="de")
    CityNameFactory(city=city, name="Львів", language="uk")
    CityFactory(name_pl="Lipsk", name_en="Leipzig")
    assert found(client, query) == [("Cities", ["Lviv"])]


@database
def test_an_agreement_is_found_by_the_name_of_its_city(client):
    city = CityFactory(name_pl="Lwów", name_en="Lviv")
    agreement = AgreementFactory(city=city, title_pl="Umowa o współpracy", title_en="Co-operation agreement")
    assert ("Agreements", [agreement.title_en]) in found(client, "agreement Lviv")


@database
def test_texts_of_a_record_stand_apart_in_what_the_search_tells_of_it(client):
    BenefitFactory(what_en="Organ", giver_en="City of Nuremberg", recipient_en="City of Kraków")
    assert "City of <mark>Nuremberg</mark> · City of Kraków" in text(client.get("/en/search/?q=nuremberg"))


@database
def test_records_that_hold_some_words_stand_apart_under_those_that_hold_all(client):
    CityFactory(name_pl="Frankfurt nad Menem", name_en="Frankfurt am Main")
    CityFactory(name_pl="Frankfurt nad Odrą", name_en="Frankfurt an der Oder")
    assert found(client, "Frankfurt Main") == [("Cities", ["Frankfurt am Main"])]
    assert found(client, "Frankfurt Main", is_whole=False) == [("Cities", ["Frankfurt an der Oder"])]
    assert "Some of the words" in text(client.get("/en/search/?q=Frankfurt+Main"))
    assert "All the words" in text(client.get("/en/search/?q=Frankfurt+Main"))
    for query in ("Frankfurt elsewhere", "Frankfurt"):
        assert "Some of the words" not in text(client.get("/en/search/", {"q": query}))


@database
def test_of_the_records_that_hold_some_words_the_best_stand_first(client):
    agreement = AgreementFactory(title_en="Accord", city=CityFactory(name_pl="Lwów", name_en="Lviv"))
    AgreementFactory.create_batch(3, title_en="Agreement on sport")
    best = AgreementFactory(title_en="Agreement on schools, sport and festivals")
    page = found(client, "school sport festival Lviv tram", is_whole=False)
    assert page[1][1][:2] == [best.title_en, agreement.title_en]
    assert found(client, "festival Lviv", is_whole=False)[1][1][0] == agreement.title_en


@database
def test_records_that_hold_some_words_are_counted_and_read_page_by_page(client):
    AgreementFactory.create_batch(52, title_en="Treaty on sport")
    AgreementFactory.create_batch(55, title_en="Treaty")
    page = text(client.get("/en/search/?q=treaty+sport"))
    assert "52 records hold all the words of “treaty sport”" in page
    assert "55 records hold only some of them" in page
    assert '<a href="/en/search/?q=treaty+sport&amp;in=agreements">Show all (52)' in page
    assert '<a href="/en/search/?q=treaty+sport&amp;in=agreements&amp;page=2#some">Show all (55)' in page
    second = {"in": "agreements", "page": "2"}
    numbers = [
        len(titles)
        for is_whole in (True, False)
        for _group, titles in found(client, "treaty sport", is_whole=is_whole, **second)
    ]
    assert numbers == [2, 48]


@database
@pytest.mark.parametrize(
    "query", ["Niemcy", "niemczech", "Niemiec", "Germany", "german", "Belgii", "Belgium", "wielkiej brytanii", "USA"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_cities_are_found_by_their_country(client, query, language):
    countries = {"DE": "ni ge", "BE": "be", "GB": "wi", "US": "us", "AT": "-"}
    for country in countries:
        CityFactory(name_pl=country, name_en=country, country=country)
    [expected] = [code for code, starts in countries.items() if query[:2].lower() in starts.split()]
    assert [titles for _group, titles in found(client, query, language)] == [[expected]]


@database
@pytest.mark.parametrize("query", ["Frankish", "party", "state", "united", "per"])
def test_a_word_that_only_looks_like_a_country_or_a_relation_finds_no_city(client, query):
    for country in ("FR", "US", "GB", "PE"):
        AgreementFactory(title_en="Accord", city__country=country, establishes="partner")
    assert found(client, query) == []


@database
def test_agreements_of_a_country_stand_after_those_that_name_it(client):
    city = CityFactory(name_pl="Lipsk", name_en="Leipzig", country="DE")
    AgreementFactory(title_en="Accord", city=city)
    AgreementFactory(title_en="Accord on Germany", city__country="AT")
    assert found(client, "Germany")[1] == ("Agreements", ["Accord on Germany", "Accord"])
    assert ">Leipzig</a>, <mark>Germany</mark>" in text(client.get("/en/search/?q=Germany"))


@database
@pytest.mark.parametrize(
    ("query", "cities"),
    [
        ("twin city", ["Twin", "Honorary"]),
        ("miasta bliźniacze", ["Twin", "Honorary"]),
        ("miast blizniaczych", ["Twin", "Honorary"]),
        ("honorowe miasto bliźniacze", ["Honorary"]),
        ("partner cities", ["Fellow"]),
        ("city", []),
    ],
)
def test_cities_are_found_by_their_relation_of_today(client, query, cities):
    relations = {"Twin": "twin", "Honorary": "honorary-twin", "Fellow": "partner"}
    for name, relation in relations.items():
        city = CityFactory(name_pl=name, name_en=name)
        AgreementFactory(title_pl="Akt", title_en="Agreement", city=city, establishes=relation)
    CityFactory(name_pl="Other", name_en="Other")
    [*told] = found(client, query)
    assert [set(titles) for group, titles in told if group == "Cities"] == ([set(cities)] if cities else [])


@database
def test_the_name_of_a_city_finds_nothing_that_only_begins_like_it(client):
    city = CityFactory(name_pl="Zagrzeb", name_en="Zagreb")
    CityNameFactory(city=city, name="Agram")
    agreement = AgreementFactory(title_en="Accord", city=city)
    AgreementFactory(title_en="Agreement", city=CityFactory(lead_en="An agreement"))
    assert found(client, "Agram") == [("Cities", ["Zagreb"]), ("Agreements", [agreement.title_en])]
    assert len(found(client, "agr")) == 2


@database
def test_the_city_by_which_an_agreement_was_found_is_marked(client):
    AgreementFactory(city=CityFactory(slug="nuremberg", name_pl="Norymberga", name_en="Nuremberg"))
    with override("pl"):
        page = text(client.get(reverse("search"), {"q": "Norymberdze"}))
    assert '/nuremberg/"><mark>Norymberga</mark></a>' in page


@database
@pytest.mark.parametrize("query", ["umowa Lwów 1995", "agreement with Lviv 23.10.1995", "Lemberg October"])
def test_an_agreement_is_found_by_its_date_which_follows_when_it_changes(client, query):
    lviv = CityFactory(name_pl="Lwów", name_en="Lviv")
    CityNameFactory(city=lviv, name="Lemberg")
    agreement = AgreementFactory(title_pl="Umowa", title_en="Agreement", city=lviv, signed_on="1995-10-23")
    AgreementFactory(title_pl="Umowa", title_en="Agreement", city__name_en="Leipzig", signed_on="1995-10-24")
    assert found(client, query) == [("Agreements", [agreement.title_en])]
    assert '<mark><time datetime="1995-10-23">' in text(client.get("/en/search/", {"q": query}))
    agreement.signed_on = PartialDate("1996-05-01")
    agreement.save()
    assert found(client, query) == []


@database
def test_activities_and_gifts_are_found_by_their_dates(client):
    lviv = CityFactory()
    ActivityFactory(title_en="Fair", cities=[lviv], starts_on="2004-05", ends_on="2005")
    BenefitFactory(what_en="Tram", city=lviv, given_on="2005-06")
    assert found(client, "May 2004") == [("Activities", ["Fair"])]
    assert found(client, "2005") == [("Activities", ["Fair"]), ("Given and received", ["Tram"])]


@database
@pytest.mark.parametrize("query", ["Lemberg", "Lwów", "Lviv"])
def test_any_name_of_a_city_finds_what_its_other_names_find(client, query):
    lviv = CityFactory(name_pl="Lwów", name_en="Lviv")
    CityNameFactory(city=lviv, name="Lemberg")
    ActivityFactory(title_pl="Wystawa we Lwowie", title_en="Exhibition", cities=[lviv])
    ChapterFactory(name_pl="Rozdział", name_en="Chapter", body_en="<p>Lviv and others</p>")
    assert [group for group, _titles in found(client, query)] == ["Cities", "Activities", "Programme"]


@database
def test_a_name_tells_more_than_other_words(client):
    nuremberg = AgreementFactory(title_en="Accord", city__name_en="Nuremberg", city__name_pl="Norymberga")
    AgreementFactory(title_en="Football match", city__name_en="Vienna", city__name_pl="Wiedeń")
    assert found(client, "football match Nuremberg", is_whole=False)[1][1][0] == nuremberg.title_en


@database
def test_words_of_status_lead_to_the_list_of_such_agreements(client):
    assert '<a href="/en/agreements/?status=expired">expired</a>' in text(client.get("/en/search/?q=expired+treaties"))
    assert "?status=" not in text(client.get("/en/search/?q=treaties"))


@database
def test_it_is_told_when_no_record_holds_all_words(client):
    CityFactory(name_pl="Lwów", name_en="Lviv")
    assert "No record holds all the words" in text(client.get("/en/search/?q=Lviv+tram"))
    assert "No record holds all the words" not in text(client.get("/en/search/?q=Lviv"))


@database
@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("exchange", "/en/activities/exchange/"),
        ("tram", "/en/gifts/tram/"),
        ("students", "/en/programme/figures/#figure-students"),
        ("academy", "/en/institutions/academy/"),
        ("prize", "/en/organizations/eurocities/"),
    ],
)
def test_a_hit_leads_to_where_its_record_is_told(client, query, address):
    lviv = CityFactory(slug="lviv", name_en="Lviv")
    ActivityFactory(slug="exchange", title_en="Exchange of pupils", cities=[lviv])
    BenefitFactory(slug="tram", what_en="Tram cars", city=lviv)
    FigureFactory(slug="students", label_en="students")
    InstitutionFactory(slug="academy", name_en="Academy", city=lviv)
    InvolvementFactory(title_en="Main prize", organization__slug="eurocities")
    page = text(client.get("/en/search/", {"q": query}))
    assert f'<a href="{address}">' in page
    assert ('href="/en/partner-cities/lviv/">Lviv</a>' in page) == (query in ("exchange", "tram", "academy"))


@database
def test_a_long_group_is_cut_and_can_be_read_page_by_page(client):
    AgreementFactory.create_batch(60, title_en="Treaty")
    page = text(client.get("/en/search/?q=treaty"))
    assert "60 records" in page
    assert '<a href="/en/search/?q=treaty&amp;in=agreements">Show all (60)' in page
    assert [len(titles) for _group, titles in found(client, "treaty")] == [search_results.FIRST_HITS]
    rest = found(client, "treaty", **{"in": "agreements", "page": "2"})
    assert [len(titles) for _group, titles in rest] == [60 - search_results.HITS_ON_A_PAGE]
    assert found(client, "treaty", **{"in": "nothing"}) == found(client, "treaty")


@database
def test_a_hit_is_marked_and_everything_else_escaped(client):
    CityFactory(name_pl="Lwów <b>", name_en="Lviv <b>")
    assert "<mark>Lviv</mark> &lt;b&gt;" in text(client.get("/en/search/?q=lviv"))
    assert "&lt;script&gt;" in text(client.get("/en/search/?q=<script>"))


@database
def test_a_near_name_is_proposed_when_nothing_is_found(client):
    CityFactory(name_pl="Norymberga", name_en="Nuremberg")
    assert '<a href="/en/search/?q=Nuremberg">Nuremberg</a>?' in text(client.get("/en/search/?q=Nurenberg"))


@database
def test_a_word_for_a_status_leads_to_the_agreements_instead_of_a_near_name(client):
    CityFactory(name_pl="Mocyn", name_en="Mocyn")
    page = text(client.get("/pl/szukaj/?q=w+mocy"))
    assert '<a href="/pl/umowy/?status=in-force">' in page
    assert "Może chodziło o" not in page


@database
@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("wspolprca", "współpraca"),
        ("uczniow wimiana", "uczniow wymiana"),
        ("Norynberga", "Norymberga"),
        ("wymiana", ""),
        ("wymiana nad Norymberga", ""),
        ("wymiana Niemcy", ""),
    ],
)
def test_a_common_word_is_proposed_too_and_a_known_one_is_left(client, query, meant):
    city = CityFactory(name_pl="Norymberga", name_en="Nuremberg")
    ActivityFactory(title_pl="Wymiana uczniów, współpraca", cities=[city])
    with override("pl"):
        assert client.get(reverse("search"), {"q": query}).context["search"].suggestion == meant


@database
def test_the_search_field_proposes_public_names_for_the_letters_that_were_typed(client):
    CityNameFactory(city=CityFactory(name_pl="Lwów", name_en="Lviv"), name="Lemberg")
    InstitutionFactory(name_en="Academy")
    InstitutionFactory(name_en="Academy that is hidden", held_back=True)
    response = client.get("/en/search/names.json", {"q": "lem"})
    assert response.json() == {"names": [["Lviv", "Lemberg"]]}
    assert client.get("/en/search/names.json", {"q": "aca"}).json() == {"names": [["Academy", ""]]}
    assert client.get("/en/search/names.json").json() == {"names": []}
    assert "public" in response["Cache-Control"]
    assert not response.cookies


@database
def test_a_search_asks_the_database_a_constant_number_of_times(client, django_assert_max_num_queries):
    for _ in range(2):
        AgreementFactory.create_batch(5, title_en="Agreement")
        with django_assert_max_num_queries(15):
            found(client, "agreement")
        with django_assert_max_num_queries(17):
            found(client, "agreement Lviv nothing")


# what fails; none of these tests may use the database


@pytest.mark.parametrize(
    ("path", "language"), [("/pl/nie-ma/", "pl"), ("/en/nothing/", "en"), ("/pl/%00", "pl"), ("/en/%ff", "en")]
)
def test_a_page_that_is_not_there_is_told_in_the_language_of_the_path(client, path, language):
    response = client.get(path)
    assert response.status_code == 404
    assert f'<html lang="{language}">' in text(response)
    assert "Accept-Language" not in response.get("Vary", "")


def test_without_a_language_in_the_path_the_browser_is_asked(client):
    response = client.get("/nothing/", headers={"accept-language": "en"})
    assert (response.status_code, response["Vary"]) == (404, "Accept-Language, Accept-Encoding")
    assert "There is no such page" in text(response)


@pytest.mark.parametrize(("language", "words"), [("en", "This page is not open to you"), ("pl", "<h1>")])
def test_who_lacks_a_permission_is_told_so(rf, language, words):
    response = views.permission_denied(rf.get(f"/{language}/admin/"), Exception())
    assert response.status_code == 403
    assert words in text(response)


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_an_explanation():
    response = Client(enforce_csrf_checks=True).post("/en/admin/login/")
    assert response.status_code == 403
    assert "The form could not be accepted" in text(response)

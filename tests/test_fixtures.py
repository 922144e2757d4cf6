"""The facts of the programme as the fixtures hold them: whole, possible, in both languages, and loaded without harm."""

import json
import re
from collections import Counter
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from modeltranslation.translator import NotRegistered, translator

from krakow_intl.core.content_version import content_version
from krakow_intl.core.facts import load_file
from krakow_intl.core.fields import PartialDateField, ProseField
from krakow_intl.core.prose import references, sanitize
from krakow_intl.core.records import PublicRecord
from krakow_intl.core.sorting import name_key
from krakow_intl.models import Page
from organizations.models import Organization
from partners.models import (
    ActivityAudience,
    Agreement,
    AgreementLink,
    AgreementTheme,
    Audience,
    CityName,
    Institution,
    PartnerCity,
    Party,
)
from polonia.models import Campaign, Community
from programme.models import Chapter, Figure, Goal, Source
from tests.crawl import crawl, dead_ends, in_turn, page_of
from tests.emptying import empty
from tests.facts import load_facts
from tests.lists import assert_an_empty_register_is_filled, assert_nothing_changes

FILES = {path.name: path.read_bytes() for path in sorted(settings.FIXTURES_DIR.glob("*.json"))}
ENTRIES = [(name, entry) for name, content in FILES.items() for entry in json.loads(content)]
# the file of one city, and its slug: "50-activities-la-serena.json"
CITY_FILE = re.compile(r"5\d-(?:activities|benefits|assessments)-([a-z-]+)\.json")
CITY_FILES = {name: match[1] for name in FILES if (match := re.fullmatch(CITY_FILE, name))}
ROLES = "00-roles.json"  # what the house sets anew at each version
MODELS = sorted({entry["model"] for _, entry in ENTRIES})
END_OF_APRIL_2006 = date(2006, 4, 30)
TWINS = {"kyiv", "leuven", "milan", "nuremberg"}
HONORARY_TWINS = {"curitiba", "la-serena"}
WITHOUT_AGREEMENT = {"moscow", "quito", "strasbourg", "vienna"}
REFERRED_TO = {
    "city": PartnerCity,
    "agreement": Agreement,
    "institution": Institution,
    "organization": Organization,
    "campaign": Campaign,
    "community": Community,
    "goal": Goal,
    "chapter": Chapter,
}
OWN_PAGES = {
    "partners:city_detail": PartnerCity,
    "partners:agreement_detail": Agreement,
    "partners:institution_detail": Institution,
    "organizations:organization_detail": Organization,
    "polonia:polonia_detail": Campaign,
}


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """All fixtures, loaded once for these tests and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_facts()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def facts(register, db):
    """The loaded register, for one test: what the test changes is taken back."""


def entries_of(model):
    return [(name, entry["fields"]) for name, entry in ENTRIES if entry["model"] == model]


def translated_fields(model):
    return [*options(model).all_fields] if options(model) else []


def required_fields(model):
    return options(model).required_languages["pl"] if options(model) else []


def options(model):
    try:
        return translator.get_options_for_model(apps.get_model(model))
    except NotRegistered:
        return None


def title(name, fields):
    return f"{name}: {fields.get('slug') or json.dumps(fields, ensure_ascii=False)[:80]}"


# --- the files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_every_name_stands_in_both_languages(model):
    missing = [
        (title(name, fields), f"{field}_{language}")
        for name, fields in entries_of(model)
        for field in required_fields(model)
        for language in ("pl", "en")
        if not fields.get(f"{field}_{language}")
    ]
    assert missing == []


@pytest.mark.parametrize("model", MODELS)
def test_no_text_exists_in_one_language_only(model):
    one_sided = [
        (title(name, fields), field)
        for name, fields in entries_of(model)
        for field in translated_fields(model)
        if bool(fields.get(f"{field}_pl")) != bool(fields.get(f"{field}_en"))
    ]
    assert one_sided == []


@pytest.mark.parametrize("model", MODELS)
def test_every_public_fact_is_published_and_tells_its_source(model):
    if not issubclass(apps.get_model(model), PublicRecord) or apps.get_model(model) in (Audience, Page, Source):
        return  # what tells of the register itself, or leads through it
    unsourced = [
        title(name, fields)
        for name, fields in entries_of(model)
        if not (fields.get("source") or fields.get("is_general"))  # a general department: no source names any
    ]
    unpublished = [
        title(name, fields) for name, fields in entries_of(model) if fields.get("publication") != "published"
    ]
    assert (unsourced, unpublished) == ([], [])


def test_every_city_has_a_department_and_all_but_a_general_one_rest_on_a_passage():
    departments = {fields["slug"]: fields for _name, fields in entries_of("programme.department")}
    assert all(fields.get("is_general") or fields.get("passage") for fields in departments.values())
    cities = entries_of("partners.partnercity")
    assert [fields["slug"] for _name, fields in cities if fields["department"][0] not in departments] == []


@pytest.mark.parametrize("model", MODELS)
def test_prose_holds_only_what_the_register_keeps(model):
    prose = [field.name for field in apps.get_model(model)._meta.fields if isinstance(field, ProseField)]
    stripped = [
        (title(name, fields), field)
        for name, fields in entries_of(model)
        for field in prose
        if fields.get(field) and sanitize(fields[field]) != fields[field]
    ]
    assert stripped == []


@pytest.mark.parametrize("model", MODELS)
def test_no_record_is_written_twice(model):
    names = getattr(apps.get_model(model), "natural_key_fields", ("name",))
    keys = [json.dumps([fields.get(name) for name in names]) for _, fields in entries_of(model)]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


@pytest.mark.parametrize("name", CITY_FILES)
def test_a_file_named_after_a_city_is_about_that_city_alone(name):
    cities = {slug for cities in cities_of(json.loads(FILES[name])) for [slug] in cities}
    assert cities == {CITY_FILES[name]}


def cities_of(entries):
    """The cities of each entry; the part of an institution in an activity has those of the activity."""
    rows = [entry["fields"] for entry in entries]
    activities = {fields["slug"]: fields["cities"] for fields in rows if "cities" in fields}
    for fields in rows:
        yield fields.get("cities") or ([fields["city"]] if "city" in fields else activities[fields["activity"][0]])


def test_what_is_done_with_a_city_stands_in_the_files_of_cities():
    models = {"partners.activity", "partners.activityinstitution", "partners.benefit", "partners.assessment"}
    assert [name for name, entry in ENTRIES if entry["model"] in models and name not in CITY_FILES] == []


def test_the_address_of_an_agreement_is_its_city_kind_and_date():
    wrong = []
    for name, fields in entries_of("partners.agreement"):
        kind = "agreement" if fields["kind"] == "other" else fields["kind"]
        day = fields.get("signed_on") or fields.get("valid_from") or "undated"
        # an address word: "lviv-partnership-1995-04-20", "lviv-agreement-undated-culture"
        if not re.fullmatch(f"{fields['city'][0]}-{kind}-{day}(-[a-z][a-z-]*)?", fields["slug"]):
            wrong.append(title(name, fields))
    assert wrong == []


def test_a_name_finds_one_city():
    owners = {}
    for _, fields in entries_of("partners.partnercity"):
        for field in ("name_pl", "name_en"):
            owners.setdefault(name_key(fields[field]), set()).add(fields["slug"])
    for _, fields in entries_of("partners.cityname"):
        owners.setdefault(name_key(fields["name"]), set()).add(fields["city"][0])
    assert {name: cities for name, cities in owners.items() if len(cities) > 1} == {}


# --- the register they make ------------------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize("model", MODELS)
def test_every_record_would_pass_the_form_of_a_clerk(facts, model):
    for record in apps.get_model(model).objects.all():
        record.full_clean()


@pytest.mark.once
@pytest.mark.parametrize("model", MODELS)
def test_every_date_is_possible(facts, model):
    model = apps.get_model(model)
    names = [field.name for field in model._meta.fields if isinstance(field, PartialDateField)]
    dates = [getattr(record, name) for record in model.objects.all() for name in names]
    assert [str(day) for day in dates if day and not 1900 <= day.first_day.year <= 2015] == []


def test_no_agreement_rests_on_itself(facts):
    earlier = {}
    for agreement, before in AgreementLink.objects.values_list("agreement__slug", "earlier__slug"):
        earlier.setdefault(agreement, set()).add(before)

    def ancestors(slug, seen=()):
        assert slug not in seen, [*seen, slug]
        for before in earlier.get(slug, ()):
            ancestors(before, (*seen, slug))

    for slug in earlier:
        ancestors(slug)


def test_an_agreement_is_not_older_than_the_one_it_rests_on(facts):
    links = AgreementLink.objects.exclude(agreement__starts_on=None).exclude(earlier__starts_on=None)
    assert [
        str(link)
        for link in links.select_related("agreement", "earlier")
        if link.agreement.starts_on < link.earlier.starts_on
    ] == []


def test_every_agreement_names_a_party_on_both_sides(facts):
    sides = set(Party.objects.values_list("agreement__slug", "side"))
    agreements = Agreement.objects.values_list("slug", flat=True)
    assert [slug for slug in agreements if not {(slug, "home"), (slug, "partner")} <= sides] == []


def test_agreements_of_institutions_name_institutions_and_bind_no_city(facts):
    agreements = Agreement.objects.filter(level=Agreement.Level.INSTITUTIONAL)
    assert not agreements.exclude(establishes="").exists()
    assert not Party.objects.filter(agreement__in=agreements, institution=None).exists()


def test_the_relations_of_april_2006_are_those_of_the_programme(facts):
    relations = {city.slug: city.relation for city in PartnerCity.objects.published().with_relation(END_OF_APRIL_2006)}
    expected = dict.fromkeys(relations, "partner")
    expected |= dict.fromkeys(TWINS, "twin")
    expected |= dict.fromkeys(HONORARY_TWINS, "honorary-twin")
    expected |= dict.fromkeys(WITHOUT_AGREEMENT, "")
    assert relations == expected


@pytest.mark.parametrize(
    ("city", "day", "relation"),
    [
        ("kyiv", date(1976, 12, 11), ""),
        ("kyiv", date(1976, 12, 12), "partner"),
        ("kyiv", date(1993, 2, 19), "twin"),
        ("la-serena", date(1995, 8, 29), "partner"),
        ("la-serena", date(1995, 8, 30), "honorary-twin"),
        ("saint-petersburg", date(2006, 4, 19), ""),
        ("saint-petersburg", date(2006, 4, 20), "partner"),
    ],
    ids=lambda value: str(value) or "none",
)
def test_a_relation_begins_with_the_agreement_that_establishes_it(facts, city, day, relation):
    assert PartnerCity.objects.with_relation(day).get(slug=city).relation == relation


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lemberg", "lviv"),
        ("L'viv", "lviv"),
        ("Львів", "lviv"),
        ("leningrad", "saint-petersburg"),
        ("St. Petersburg", "saint-petersburg"),
        ("Frankfurt/Main", "frankfurt-am-main"),
        ("Pressburg", "bratislava"),
        ("Wilna", "vilnius"),
        ("Fünfkirchen", "pecs"),
        ("Goteborg", "gothenburg"),
        ("Київ", "kyiv"),
    ],
)
def test_a_city_is_found_by_the_names_people_use(facts, name, slug):
    assert PartnerCity.objects.named(name).get().slug == slug


@pytest.mark.parametrize("model", MODELS)
def test_references_in_prose_point_to_published_records(facts, model):
    model = apps.get_model(model)
    prose = [field.name for field in model._meta.fields if isinstance(field, ProseField)]
    targets = {
        target for record in model.objects.all() for name in prose for target in references(getattr(record, name))
    }
    published = {f"{kind}:{slug}" for kind, target in REFERRED_TO.items() for slug in _published_slugs(target)}
    assert targets - published == set()


def test_figures_are_about_published_records(facts):
    subjects = set(Figure.objects.exclude(about="").values_list("about", flat=True))
    published = {f"{kind}:{slug}" for kind, target in REFERRED_TO.items() for slug in _published_slugs(target)}
    assert subjects - published == set()


def _published_slugs(model):
    return model.objects.published().values_list("slug", flat=True)


@pytest.mark.once
def test_every_link_picture_and_file_answers_and_every_page_speaks_its_own_language(facts, client):
    before = content_version()
    pages = list(crawl(client, in_turn()))
    assert dead_ends(pages) == {}
    assert content_version() == before  # whatever is read, the pages that are kept stay as they are
    assert [address for address, _, _, text in pages if 'class="in-language"' in text] == []
    asked = {page_of(address)[:2] for address, *_ in pages}
    assert {(view, slug) for view, model in OWN_PAGES.items() for slug in _published_slugs(model)} - asked == set()


def test_every_audience_finds_activities_words_in_both_languages_and_bodies_of_its_kinds(facts):
    kinds = {body.kind for body in Institution.objects.published().in_krakow().with_cities() if body.city_rows}
    audiences = Audience.objects.public().with_links()
    texts = audiences.values_list("lead_pl", "lead_en", "how_to_begin_pl", "how_to_begin_en")
    assert len(texts) > 0
    assert all(all(words) for words in texts)
    assert [audience.slug for audience in audiences.exclude(pk__in=ActivityAudience.objects.values("audience"))] == []
    assert [audience.slug for audience in audiences if audience.kinds and kinds.isdisjoint(audience.kinds)] == []


# --- loading again ---------------------------------------------------------------------------------------------------


def test_a_second_load_changes_nothing(facts):
    assert {load_file(name, content) for name, content in FILES.items()} == {None}


def test_a_new_version_with_the_same_content_changes_nothing(facts):
    counts = [load_file(name, content + b"\n") for name, content in FILES.items() if name != ROLES]
    assert [count for count in counts if count["new"] or count["changed"] or count["kept as staff left them"]] == []


def test_a_new_version_corrects_what_staff_left_alone(facts):
    load_file("10-cities.json", corrected("10-cities.json", "lead_en", "kyiv"))
    assert PartnerCity.objects.get(slug="kyiv").lead_en == "Corrected."


def test_a_new_version_keeps_what_staff_wrote(facts):
    edited = PartnerCity.objects.get(slug="kyiv")
    edited.lead_en = "Written by a clerk."
    edited.save()
    counts = load_file("10-cities.json", corrected("10-cities.json", "lead_en", "kyiv"))
    assert counts["kept as staff left them"] == 1
    assert PartnerCity.objects.get(slug="kyiv").lead_en == "Written by a clerk."


def test_a_new_version_does_not_bring_back_what_staff_deleted(facts):
    CityName.objects.get(name="Leningrad").delete()
    counts = load_file("11-city-names.json", FILES["11-city-names.json"] + b"\n")
    assert counts["kept as staff left them"] == 1
    assert not CityName.objects.filter(name="Leningrad").exists()


def test_a_later_version_brings_back_what_a_former_one_took_away(facts):
    name, agreement, value = "30-agreements-twin-cities.json", "leuven-twinning-1991-09-10", [["promotion"]]
    links = AgreementTheme.objects.filter(agreement__slug=agreement).values_list("theme__slug", flat=True)
    before = set(links.all())
    load_file(name, corrected(name, "themes", agreement, value))
    assert set(links.all()) == {"promotion"} != before
    load_file(name, FILES[name] + b"\n")
    assert set(links.all()) == before


@pytest.mark.once
@pytest.mark.slow
def test_what_is_loaded_into_an_empty_register_is_new(db):
    empty()  # of what other tests share
    loaded = {name: load_file(name, content) for name, content in FILES.items()}
    assert [name for name, counts in loaded.items() if counts.keys() != {"new"}] == []


def corrected(name, field, slug, value="Corrected."):
    """The file with another value in one field of one record."""
    entries = json.loads(FILES[name])
    next(entry["fields"] for entry in entries if entry["fields"].get("slug") == slug)[field] = value
    return json.dumps(entries).encode()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_list_goes_out_and_comes_back_without_a_change(facts, language):
    assert_nothing_changes(language)


@pytest.mark.once
def test_the_workbook_of_all_lists_fills_an_empty_register(facts):
    assert_an_empty_register_is_filled()

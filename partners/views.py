"""The public pages of cities, agreements and institutions, and the register as data."""

from django.db.models import Value
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from krakow_intl.core.downloads import download
from krakow_intl.core.middleware.parameters import reads
from krakow_intl.core.prepared import asked
from krakow_intl.core.resources import csv_response
from partners.city_page import CityPage
from partners.comparison import PARAMETERS, CitySelection, columns, kinds_of_activities, shared
from partners.exports import agreements_response
from partners.filters import AgreementFilter, CityFilter, HistoryForm, InstitutionFilter
from partners.goals import with_geographic_goals
from partners.models import Activity, Agreement, Benefit, Document, Institution, PartnerCity
from partners.overviews import overview_in, overview_of, places_and_themes, quiet_years, themes_of
from partners.public_lists import FirstPage, later_than, page_of, read_on, refused
from partners.resources import AgreementResource, CityResource
from partners.term_form import TermForm
from programme.sourced import horizons_of, knowledge_in, knowledge_of, known_to

CITIES_ON_A_PAGE = 60
AGREEMENTS_ON_A_PAGE = 50
INSTITUTIONS_ON_A_PAGE = 150
AGREEMENTS_IN_A_DRAWING = 150


@reads("page", filters=CityFilter)
@require_safe
def city_list(request):
    every = listed_on(as_of(request).day)
    filters = CityFilter(request.GET, every.in_order_of_relation(), request=request)
    knowledge = knowledge_of(filters.qs)
    page = page_of(filters.qs, request, CITIES_ON_A_PAGE, knowledge.total)
    context = {
        "filters": filters,
        "page": page,
        "cities": list(page),
        "not_begun": not_begun_of(page, filters.qs),
        "quiet_years": years_without_events(every, as_of(request).day) if filters.is_of_few else [],
        "knowledge": knowledge,
        "parameter": PARAMETERS[get_language()[:2]],
    }
    return render(request, "partners/city_list.html", context)


@reads(filters=CityFilter)
@require_safe
def city_csv(request):
    day = as_of(request)
    filters = CityFilter(request.GET, listed_on(day.day).by_name(), request=request)
    if day.error or filters.errors:
        return refused(day, filters)
    cities = filters.qs.select_related("source").annotate(relation_on=Value(day.day.isoformat()))
    return csv_response("partner-cities.csv", CityResource.data(), cities.iterator())


@reads(*HistoryForm.base_fields)
@require_safe
def city_detail(request, slug):
    day = as_of(request)
    city = only_one(city_called(slug, day.day))
    return render(request, "partners/city_detail.html", CityPage(city, day).context(request.GET))


@reads(*PARAMETERS.values())
@require_safe
def compare(request):
    """Cities side by side, or, until two are chosen that the register knows, only the form that chooses them."""
    choice = CitySelection(request.GET, dict(PartnerCity.objects.public().by_name().values_list("slug", "name")))
    context = {
        "choice": choice,
        "columns": [],
        "parameter": PARAMETERS[get_language()[:2]],
        "parameter_names": PARAMETERS,
    }
    if choice.is_enough:
        found = compared(choice.slugs, as_of(request))
        aspects = {what: shared(found, what) for what in ("themes", "goals", "institutions")}
        context |= {
            "columns": found,
            "agreements_of_cities": [(column.city, column.agreements) for column in found],
            "kinds": kinds_of_activities(found),
            "later": [(column.city, column.later) for column in found if column.later],
            **aspects,
        }
    return render(request, "partners/compare.html", context)


@reads("page", filters=AgreementFilter)
@require_safe
def agreement_list(request):
    day = as_of(request).day
    filters = AgreementFilter(request.GET, in_the_register(day) if request.GET else None)
    filters.is_valid()  # reads what is asked
    found = listed(filters.qs, request, AGREEMENTS_ON_A_PAGE) if request.GET else all_listed(day)
    return render(request, "partners/agreement_list.html", {"filters": filters, **found})


@reads("page", filters=AgreementFilter)
@require_safe
def agreement_timeline(request):
    """The agreements the list shows, as spans on one axis, city by city: their order is no longer a question."""
    agreements = agreements_on(as_of(request).day).select_related("city").with_chain()
    filters = AgreementFilter(request.GET, agreements)
    del filters.form.fields["sort"]
    context = {"filters": filters, **listed(filters.qs.city_by_city(), request, AGREEMENTS_IN_A_DRAWING)}
    return render(request, "partners/agreement_timeline.html", context)


@reads(filters=AgreementFilter)
@require_safe
def agreement_csv(request):
    day = as_of(request)
    agreements = agreements_on(day.day).select_related("city", "source").with_replaced().with_events()
    agreements = agreements.prefetch_related("theme_links__theme").order_by("number")
    filters = AgreementFilter(request.GET, agreements)
    if day.error or filters.errors:
        return refused(day, filters)
    agreements = filters.qs.iterator(chunk_size=500)
    return csv_response("agreements.csv", AgreementResource.data(), agreements)


@reads(filters=AgreementFilter)
@require_safe
def agreement_sheet(request, kind):
    """The list as staff correct it in a spreadsheet program: the columns of the import, in the page's language."""
    day = as_of(request)
    filters = AgreementFilter(request.GET, agreements_on(day.day).order_by("number"))
    if day.error or filters.errors:
        return refused(day, filters)
    return agreements_response(filters.qs, kind, is_public=True)


@require_safe
def agreement_detail(request, slug):
    agreements = list(agreements_beside(slug, as_of(request).day))
    place = next((place for place, agreement in enumerate(agreements) if agreement.slug == slug), None)
    if place is None:
        raise Http404
    agreement, day = agreements[place], as_of(request).day
    begun = [each for each in agreements if each == agreement or not each.is_later(day)]
    place = begun.index(agreement)
    documents = [document for document in agreement.documents.all() if document.is_stored]
    context = {
        "agreement": agreement,
        "agreements": begun,
        "later": [each for each in agreements if each not in begun],
        "previous": begun[:place][-1:],
        "following": begun[place + 1 :][:1],
    }
    return render(request, "partners/agreement_detail.html", context | {"documents": documents})


@reads(*TermForm.base_fields)
@require_safe
def term_rules(request):
    """The rules by which terms are computed, and an agreement that anybody writes down computed by them."""
    form = TermForm(request.GET, as_of(request).day)
    return render(request, "partners/term_rules.html", {"form": form, "answer": form.answer()})


@require_safe
def document_detail(request, slug, language):
    documents = Document.objects.public().select_related("agreement")
    document = get_object_or_404(documents, agreement__slug=slug, language=language)
    response = download(request, document.file, document.file_name, "application/pdf")
    response["Content-Language"] = language
    return response


@reads("page", filters=InstitutionFilter)
@require_safe
def institution_list(request):
    institutions = Institution.objects.public().with_cities(as_of(request).chosen).annotate(known_to=known_to())
    institutions = institutions.in_order_of_side_and_kind()
    filters = InstitutionFilter(request.GET, institutions, request=request)
    found, later = read_on(filters.qs, as_of(request)), later_than(filters.qs, as_of(request))
    knowledge = knowledge_of(found)
    page = page_of(found, request, INSTITUTIONS_ON_A_PAGE, knowledge.total)
    context = {"filters": filters, "page": page, "later": later, "knowledge": knowledge}
    return render(request, "partners/institution_list.html", context)


@require_safe
def institution_detail(request, slug):
    as_read = as_of(request)
    day = as_read.day
    institutions = Institution.objects.public().with_cities(as_read.chosen).with_beginnings(day)
    institutions = institutions.select_related("city", "parent", "source")
    institution = get_object_or_404(institutions, slug=slug)
    return render(
        request,
        "partners/institution_detail.html",
        {
            "institution": institution,
            "agreements": agreements_on(day)
            .of_institution(institution)
            .select_related("city", "source")
            .in_order_of_time(),
            "activities": Activity.objects.public()
            .of_institution(institution)
            .select_related("source")
            .with_links()
            .in_order_of_time(),
            "benefits": Benefit.objects.public()
            .of_institution(institution)
            .with_sides()
            .select_related("city", "source", "activity")
            .in_order_of_time("given_on"),
            "units": institution.units.public().up_to(day).by_name(),
        },
    )


def not_begun_of(page, cities):
    """Of how many cities of a list nothing is recorded up to the day; where it is one page, they are at hand."""
    if page.has_other_pages():
        return cities.filter(has_history=False).count()
    return sum(not city.has_history for city in page)


def years_without_events(cities, day):
    return quiet_years(cities.order_by().values_list("last_event_on", flat=True), day)


@asked
def city_called(slug, day):
    cities = PartnerCity.objects.public().with_relation(day).with_beginnings(day).with_others()
    return cities.select_related("department", "source").filter(slug=slug)


@asked
def agreements_beside(slug, day):
    """An agreement and the others of its city, with all that the page of one tells."""
    agreements = agreements_on(day).of_same_city(slug).select_related("city", "source").without_texts("city")
    return agreements.with_parties().with_chain().with_events().prefetch_related("documents").in_order_of_time()


@asked
def first_agreements(day):
    first = Agreement.objects.public().in_order_of_the_register()[:AGREEMENTS_ON_A_PAGE]
    return in_the_register(day).filter(pk__in=first.values("pk"))


@asked
def horizons_of_agreements(day):
    return horizons_of(agreements_on(day))


@asked
def places_and_themes_of_agreements():
    return places_and_themes(Agreement.objects.public())


@asked
def numbers_of_themes():
    return themes_of(Agreement.objects.public())


def only_one(records):
    """The record that an address asks for, if it is there."""
    for record in records:
        return record
    raise Http404


def compared(slugs, as_read):
    day = as_read.day
    cities = sorted(
        cities_on(day).select_related("source").filter(slug__in=slugs), key=lambda city: slugs.index(city.slug)
    )
    activities = Activity.objects.public().of_city(*cities).select_related("source").with_links()
    agreements = agreements_on(day).of_city(*slugs).select_related("source").with_parties().with_chain()
    return columns(
        cities,
        list(agreements.in_order_of_time()),
        with_geographic_goals(activities.order_by(), day),
        list(Benefit.objects.public().filter(city__in=cities).select_related("source", "activity")),
        lambda city: Institution.objects.public().taking_part_with(city, as_read.chosen).up_to(day).by_name(),
        day,
    )


def agreements_on(day):
    return Agreement.objects.public().with_status(day)


def in_the_register(day):
    agreements = agreements_on(day).select_related("city").without_texts("", "city")
    return agreements.in_order_of_the_register()


def cities_on(day):
    return PartnerCity.objects.public().with_relation(day).with_beginnings(day).with_agreements(day)


def listed_on(day):
    return PartnerCity.objects.public().as_listed(day)


def all_listed(day):
    """What the list of agreements shows of all of them, which nobody has narrowed."""
    knowledge = knowledge_in(horizons_of_agreements(day))
    return {
        "page": FirstPage(first_agreements(day), AGREEMENTS_ON_A_PAGE, knowledge.total).page(1),
        "knowledge": knowledge,
        "later": 0,
        "overview": overview_in(places_and_themes_of_agreements(), numbers_of_themes()),
    }


def listed(records, request, on_a_page):
    """What a page of a list of agreements shows of them."""
    day = as_of(request)
    found = read_on(records, day)
    knowledge = knowledge_of(found)
    return {
        "page": page_of(found, request, on_a_page, knowledge.total),
        "knowledge": knowledge,
        "later": later_than(records, day),
        "overview": overview_of(found),
    }

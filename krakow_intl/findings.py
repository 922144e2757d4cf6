"""What the search page tells: where it looks, and what it says of each record that it found."""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krakow_intl.keys import name_key
from krakow_intl.models import Publication
from krakow_intl.search import TITLE, did_you_mean, excerpt, holds, marked, matching
from krakow_intl.templatetags.register import plain
from organizations.models import Involvement, Organization
from partners.models import Activity, Agreement, Benefit, CityName, Institution, PartnerCity
from polonia.models import Campaign, Community
from programme.models import Chapter, Figure, Goal

HITS_ON_A_PAGE = 50


class Group(NamedTuple):
    """Records that the search looks through; `also` is a further condition under which a word names one."""

    key: str
    label: str
    records: object
    also: object = None


class Hit(NamedTuple):
    """What the search page says of one record: the words that were typed are marked."""

    record: object
    title: str
    excerpt: str
    address: str
    anchor: str
    cities: list
    when: object


def searched():
    """The groups of the search, in the order in which they are told."""
    of_programme = {"programme__publication": Publication.PUBLISHED}
    agreements = Agreement.objects.published().of_published_cities().select_related("city")
    activities = Activity.objects.published().with_published_cities().with_links()
    benefits = Benefit.objects.published().filter(city__publication=Publication.PUBLISHED).select_related("city")
    return [
        Group("cities", _("Cities"), PartnerCity.objects.published(), _is_called("pk")),
        Group("agreements", _("Agreements"), agreements, _is_with_a_city),
        Group("activities", _("Activities"), activities),
        Group("benefits", _("Given and received"), benefits),
        Group("institutions", _("Institutions"), Institution.objects.published().select_related("city")),
        Group("organizations", _("Organizations"), Organization.objects.published(), _is_involved),
        Group("campaigns", _("Polonia"), Campaign.objects.published()),
        Group("communities", _("Polish communities"), Community.objects.published().select_related("city")),
        Group("goals", _("Goals"), Goal.objects.published().filter(**of_programme)),
        Group("chapters", _("Programme"), Chapter.objects.published().filter(**of_programme)),
        Group("figures", _("Figures"), Figure.objects.published()),
    ]


def _is_called(column):
    """A condition a word: one of the other names of the city in `column` begins with it."""

    def condition(word):
        key = name_key(word)
        named = CityName.objects.filter(Q(key__startswith=key) | Q(key__contains=f" {key}"), city=OuterRef(column))
        return Exists(named)

    return condition


def _is_with_a_city(word):
    return _is_called("city")(word) | matching(word, "city__search_words", TITLE)


def _is_involved(word):
    """A condition: something Kraków did in the organization is called so."""
    return Exists(Involvement.objects.published().filter(matching(word, prefix=TITLE), organization=OuterRef("pk")))


def page_of(records, count, request):
    paginator = Paginator(records, HITS_ON_A_PAGE)
    paginator.count = count
    return paginator.get_page(request.GET.get("page"))


def hits(records, typed, most):
    return [_hit(record, typed) for record in records if record.words_found == most]


def _hit(record, typed):
    title, *texts = (
        plain(record, name) or getattr(record, name, "") for name in (record.titles_to_find[0], *record.texts_to_find)
    )
    text = "" if record.words_in_title == len(typed) else excerpt(" · ".join(filter(None, texts)), typed)
    dates = (getattr(record, name, None) for name in ("signed_on", "given_on", "starts_on", "year"))
    return Hit(
        record,
        marked(capfirst(title), typed),
        text,
        *_address(record),
        _cities(record),
        next(filter(None, dates), None),
    )


def _address(record):
    """The page on which a record is told, and its place there."""
    if hasattr(record, "get_absolute_url"):
        return record.get_absolute_url(), ""
    if isinstance(record, Figure):
        return reverse("programme:figure_list"), f"#{record._meta.model_name}-{record.slug}"
    city = _cities(record)[0]["slug"]
    return reverse("partners:city_detail", args=[city]), f"#{record._meta.model_name}-{record.slug}"


def _cities(record):
    """The published cities of a record, as {"slug", "name"}."""
    if isinstance(record, Activity):
        return record.city_rows
    city = getattr(record, "city", None)
    return [{"slug": city.slug, "name": plain(city, "name")}] if city and city.is_published else []


def meant(typed, found):
    """The typed words as the register spells them, or "" if it knows nothing near."""
    cities, language = PartnerCity.objects.published(), get_language()
    known = [_words_of(cities, column, is_name=True) for column in ("name_pl", "name_en", "names__name")]
    known += [_words_of(group.records, f"{group.records.model.titles_to_find[0]}_{language}") for group in found]
    words = list(known[0].union(*known[1:]))
    names, titles = ([text for text, is_name in words if text and is_name == wanted] for wanted in (True, False))
    records = [record for of_group in found.values() for record in of_group]
    return did_you_mean(typed, names, titles, [word for word in typed if any(holds(each, word) for each in records)])


def _words_of(records, column, is_name=False):
    words = records.order_by().annotate(words=F(column), is_name=Value(is_name))
    return words.values_list("words", "is_name")

"""What became public or was changed last, for programs that follow news (Atom, RFC 4287)."""

from datetime import UTC, datetime, time
from itertools import chain
from typing import NamedTuple

from django.contrib.syndication.views import Feed
from django.db.models import Max, Min
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.display import name_of, plain
from krakow_intl.core.kinds import kind_of
from krakow_intl.core.public_data import COLLECTIONS
from krakow_intl.core.site_url import absolute
from partners.labels import status_label
from partners.models import Activity, Agreement, Benefit, PartnerCity
from partners.terms import ENDED

LATEST = 50  # entries of a feed
TEXTS = ("lead", "summary", "description")  # what a record may say of itself: the first that it has


class Entry(NamedTuple):
    """A record with a page, when it first came before the public, and when it was last written."""

    record: object
    first: datetime
    last: datetime
    what: str = ""


def latest(records):
    """The `Entry`s of public records of a model that were written last."""
    history = records.model.published_history().filter(id__in=records.order_by().values("pk")).order_by()
    rows = history.values("id").annotate(first=Min("history_date"), last=Max("history_date")).order_by("-last", "id")
    rows = list(rows[:LATEST])
    found = records.in_bulk([row["id"] for row in rows])
    return [Entry(found[row["id"]], row["first"], row["last"]) for row in rows]


def newest(*lists):
    """Of several lists of `Entry`s the newest ones."""
    return sorted(chain(*lists), key=lambda entry: entry.last, reverse=True)[:LATEST]


class RegisterFeed(Feed):
    """The whole register; those below tell parts of it."""

    feed_type = Atom1Feed
    page = "home"

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]  # what was withdrawn since would not be told
        return response

    def title(self, obj):
        return _("Kraków and the World: what is new in the register")

    def link(self, obj):
        return absolute(reverse(self.page))

    def feed_guid(self, obj):
        return self.link(obj)

    def author_name(self, obj):
        return _("City of Kraków")

    def items(self, obj):
        kinds = (kind_of(collection.model) for collection in COLLECTIONS.values())
        told = (kind.model.objects.public() for kind in kinds if kind and kind.is_referable)
        return newest(*(latest(records.select_related(*records.model.belongs_to)) for records in told))

    def item_title(self, entry):
        return f"{entry.what}: {name_of(entry.record)}" if entry.what else name_of(entry.record)

    def item_description(self, entry):
        return next(filter(None, (plain(entry.record, text) for text in TEXTS)), "")

    def item_link(self, entry):
        return absolute(entry.record.get_absolute_url())

    def item_guid(self, entry):
        return self.item_link(entry)

    def item_pubdate(self, entry):
        return entry.first

    def item_updateddate(self, entry):
        return entry.last


class AgreementFeed(RegisterFeed):
    page = "partners:agreement_list"

    def title(self, obj):
        return _("Kraków and the World: agreements")

    def items(self, obj):
        return latest(Agreement.objects.public().select_related("city"))


class EndedFeed(AgreementFeed):
    """The agreements that ended last, each dated by its last day in force as far as it is known."""

    def title(self, obj):
        return _("Kraków and the World: agreements that ended")

    def items(self, obj):
        ended = (
            Agreement.objects.public().with_status(timezone.localdate()).filter(status__in=ENDED, ends_on__isnull=False)
        )
        ended = ended.select_related("city").order_by("-ends_on", "pk")[:LATEST]
        return [self._entry(agreement) for agreement in ended]

    @staticmethod
    def _entry(agreement):
        at = datetime.combine(agreement.ends_on, time(), UTC)
        return Entry(agreement, at, at, str(status_label(agreement.status).words))


class ActivityFeed(RegisterFeed):
    page = "partners:activity_list"

    def title(self, obj):
        return _("Kraków and the World: activities")

    def items(self, obj):
        return latest(Activity.objects.public())


class CityFeed(RegisterFeed):
    """What is new of a city: of itself, its agreements, activities and gifts."""

    def get_object(self, request, slug):
        return get_object_or_404(PartnerCity.objects.public(), slug=slug)

    def title(self, city):
        return _("Kraków and %(city)s") % {"city": plain(city, "name")}

    def link(self, city):
        return absolute(city.get_absolute_url())

    def items(self, city):
        return newest(
            latest(PartnerCity.objects.public().filter(pk=city.pk)),
            latest(Agreement.objects.public().of_city(city.slug).select_related("city")),
            latest(Activity.objects.public().of_city(city)),
            latest(Benefit.objects.public().filter(city=city)),
        )


register, agreements, ended, activities, city = (
    require_safe(feed()) for feed in (RegisterFeed, AgreementFeed, EndedFeed, ActivityFeed, CityFeed)
)

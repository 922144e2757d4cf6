"""Imports as the page of what changed knows them: which of them wrote what history tells."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.keys import KEY
from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.former_addresses import TAKEN_BACK
from krakow_intl.review.models import REVIEW
from krakow_intl.review.origins import Origin, origin
from partners.imports.lists import imports_seen_by
from partners.imports.writing.applying import IMPORT
from partners.models import SheetImport

MAX_CHOICES = 200


@origin
class Imports(Origin):
    name, label = "import", _("By import")

    def is_for(self, user):
        return user.has_perm(IMPORT) or user.has_perm(REVIEW)

    def choices(self, user):
        written = _seen_by(user).exclude(applied_at=None).order_by("-applied_at")
        return [(str(each.pk), _named(each)) for each in written[:MAX_CHOICES]]

    def reasons(self, user, key):
        reason = SheetImport(pk=int(key)).reason
        return [reason, f"{TAKEN_BACK} {reason}"]

    def wrote(self, reason):
        return bool(_key_of(reason))

    def links(self, user, reasons):
        if not self.is_for(user):
            return {}
        keys = {reason: key for reason in reasons if (key := _key_of(reason))}
        found = _seen_by(user).filter(pk__in=keys.values()).in_bulk()
        return {reason: (_named(found[key]), _address(key)) for reason, key in keys.items() if key in found}


def _seen_by(user):
    return imports_seen_by(user, SheetImport.objects.only("name", "applied_at"))


def _named(each):
    day = format_partial_date(each.applied_at.date()) if each.applied_at else ""
    return ", ".join(filter(None, [each.name, day]))


def _address(key):
    return reverse("admin:partners_sheetimport_change", args=[key])


def _key_of(reason):
    """The key of the import that gave a reason, which the office may have chosen too; 0 if none did."""
    words = (reason or "").removeprefix(f"{TAKEN_BACK} ").split()
    key = words[1] if len(words) == 2 else ""
    return int(key) if KEY.fullmatch(key) and reason.endswith(SheetImport(pk=int(key)).reason) else 0

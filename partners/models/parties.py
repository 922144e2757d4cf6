"""Who concluded an agreement and signed it, what it does to earlier agreements, and its scans."""

import re

from babel import Locale
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils._os import safe_join
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.downloads import file_name
from krakow_intl.core.records import Record, RecordQuerySet, public_condition
from krakow_intl.core.storage import ScanStorage, generated_name
from partners.models.cities import PartnerCity
from partners.models.institutions import Institution, Side

# the code of a language, with a country or a script perhaps: "pl", "de-AT"
LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(-[A-Za-z0-9]+)*")


class Party(Record):
    """A body that concluded an agreement, as it was called that day."""

    agreement = models.ForeignKey(
        "partners.Agreement", models.CASCADE, related_name="parties", verbose_name=_("agreement")
    )
    side = models.CharField(_("side"), max_length=8, choices=Side)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(_("body"), max_length=200, help_text=_("As it was called on the day of signing."))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="parties", verbose_name=_("institution")
    )
    city = models.ForeignKey(
        PartnerCity, models.PROTECT, null=True, blank=True, related_name="parties", verbose_name=_("further city")
    )

    natural_key_fields = ("agreement", "side", "position")

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["agreement", "side", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "side", "position"],
                name="each_party_has_its_place",
                violation_error_message=_("Two parties of one side stand at the same position."),
            )
        ]

    def __str__(self):
        return self.name


class Signatory(Record):
    """A person or an office that signed an agreement."""

    agreement = models.ForeignKey(
        "partners.Agreement", models.CASCADE, related_name="signatories", verbose_name=_("agreement")
    )
    side = models.CharField(_("side"), max_length=8, choices=Side)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    person = models.CharField(_("person"), max_length=200, blank=True)
    office = models.CharField(_("office"), max_length=200, blank=True)

    natural_key_fields = ("agreement", "side", "position")

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["agreement", "side", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "side", "position"],
                name="each_signatory_has_his_place",
                violation_error_message=_("Two signatories of one side stand at the same position."),
            )
        ]

    def __str__(self):
        return ", ".join(filter(None, [self.person, self.office]))


class AgreementLink(Record):
    """What an agreement does to an earlier one; only "replaces" supersedes it."""

    class Verb(models.TextChoices):
        CONFIRMS = "confirms", _("confirms")
        RENEWS = "renews", _("renews")
        REPLACES = "replaces", _("replaces")
        SUPPLEMENTS = "supplements", _("supplements")
        IMPLEMENTS = "implements", _("implements")
        FOLLOWS = "follows", _("follows")

    agreement = models.ForeignKey(
        "partners.Agreement", models.CASCADE, related_name="links", verbose_name=_("agreement")
    )
    verb = models.CharField(_("link"), max_length=12, choices=Verb)
    earlier = models.ForeignKey(
        "partners.Agreement", models.PROTECT, related_name="later_links", verbose_name=_("earlier agreement")
    )

    natural_key_fields = ("agreement", "verb", "earlier")

    class Meta:
        verbose_name = _("link between agreements")
        verbose_name_plural = _("links between agreements")
        ordering = ["agreement", "earlier"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "earlier"],
                name="two_agreements_are_linked_once",
                violation_error_message=_("These two agreements are linked already."),
            ),
            models.CheckConstraint(
                condition=~Q(agreement=F("earlier")),
                name="no_agreement_is_linked_to_itself",
                violation_error_message=_("An agreement cannot be linked to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_verb_display()} {self.earlier}"

    def clean(self):
        super().clean()
        if self.agreement_id and self.earlier_id and self.agreement_id in self._ancestors():
            raise ValidationError(
                {"earlier": _("This would close a circle: the earlier agreement already rests on this one.")}
            )

    def _ancestors(self):
        """The primary keys of all agreements on which the earlier one rests, itself included."""
        found, ahead = set(), {self.earlier_id}
        while ahead:
            found |= ahead
            ahead = set(AgreementLink.objects.filter(agreement__in=ahead).values_list("earlier", flat=True)) - found
        return found


def validate_language(value):
    match = LANGUAGE_CODE.fullmatch(value)
    if not match or match[1] not in Locale("en").languages:
        message = _("“%(value)s” is no code of a language: write the ISO 639 one, such as “pl” or “de”.")
        raise ValidationError(message, params={"value": value})


class DocumentStorage(ScanStorage):
    def path(self, name):
        """What the first version stored stands where it put it, under a name such as "documents/2026/umowa.pdf"."""
        return safe_join(settings.MEDIA_ROOT, name) if "/" in name else super().path(name)


class DocumentQuerySet(RecordQuerySet):
    def public(self):
        return self.filter(public_condition(self.model, "agreement"))


class Document(Record):
    """A scan of an agreement, one for each language version."""

    agreement = models.ForeignKey(
        "partners.Agreement", models.CASCADE, related_name="documents", verbose_name=_("agreement")
    )
    language = models.CharField(
        _("language"), max_length=10, validators=[validate_language], help_text=_("ISO 639 code: “pl”, “de”.")
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    file = models.FileField(_("file"), storage=DocumentStorage, upload_to=generated_name)

    objects = DocumentQuerySet.as_manager()
    natural_key_fields = ("agreement", "language")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["agreement", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "language"],
                name="one_document_a_language_version",
                violation_error_message=_("The agreement has a document in this language already."),
            )
        ]

    def __str__(self):
        return self.title or self.language

    def get_absolute_url(self):
        return reverse("partners:document_detail", args=[self.agreement.slug, self.language])

    @property
    def file_name(self):
        """The name under which it is saved, in the page's language: "Umowa partnerska (pl).pdf"."""
        return file_name(self.title or self.agreement.title, f" ({self.language}).pdf")

    @property
    def is_stored(self):
        return self.file.storage.exists(self.file.name)

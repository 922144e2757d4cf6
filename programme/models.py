"""The programme of international co-operation, the departments that carry it out, and the sources of all facts."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import PartialDateField, ProseField, WebsiteField, refuse_a_day_to_come
from krakow_intl.core.places import Place
from krakow_intl.core.records import Named, Precision, PublicQuerySet, PublicRecord
from krakow_intl.core.storage import ScanStorage, generated_name
from programme import geographic_goals
from programme.sourced import Sourced

# an address in the national system of electronic delivery: "AE:PL-12345-67890-ABCDE-12"
DELIVERY_ADDRESS = r"^AE:PL-[0-9]{5}-[0-9]{5}-[A-Z]{5}-[0-9]{2}\Z"


class Source(Named, PublicRecord):
    """A document that facts were taken from; facts and sheets call it by its address word."""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("programme")
        RESOLUTION = "resolution", _("council resolution")
        AGREEMENT = "agreement", _("text of an agreement")
        LETTER = "letter", _("letter")
        FILES = "files", _("files of the office")
        REPORT = "report", pgettext_lazy("source", "report")
        WEB_PAGE = "web-page", _("page in the web")
        OTHER = "other", _("other document")

    label = models.CharField(
        _("short name"), max_length=60, help_text=_("As citations call it: “Programme 2006”."), blank=True
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    issued_on = PartialDateField(_("issued on"))
    known_to = models.DateField(
        _("reports up to"),
        validators=[refuse_a_day_to_come],
        help_text=_("The latest day of which it speaks as past; what rests on it is known up to this day."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("How it is known up to which day it reports, what it contains and lacks.")
    )
    website = WebsiteField(_("address in the web"), blank=True)
    scan = models.FileField(_("scan"), blank=True, storage=ScanStorage, upload_to=generated_name)

    search_texts = ("issuer", "note")
    search_dates = ("issued_on",)
    search_choices = ("kind",)

    class Meta(PublicRecord.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-known_to", "slug"]

    def get_absolute_url(self):
        return reverse("programme:source_detail", args=[self.slug])

    @property
    def has_scan(self):
        return bool(self.scan) and self.scan.storage.exists(self.scan.name)


class Department(Named, Sourced, PublicRecord):
    """A unit of the city hall that coordinates something, named by its function as the programme does."""

    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    delivery_address = models.CharField(
        _("address for electronic delivery"),
        max_length=26,
        blank=True,
        validators=[RegexValidator(DELIVERY_ADDRESS, _("Write the address as AE:PL-12345-67890-ABCDE-12."))],
        help_text=_("Such as “AE:PL-12345-67890-ABCDE-12”."),
    )
    website = WebsiteField(_("website"), blank=True)
    is_general = models.BooleanField(
        _("general"),
        default=False,
        db_default=False,
        help_text=_("It stands where the sources name no department; pages say so."),
    )

    class Meta(PublicRecord.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["sort_key_pl"]

    @property
    def can_be_reached(self):
        """Whether staff have entered any way to reach it."""
        return any((self.email, self.phone, self.address_pl, self.address_en, self.delivery_address, self.website))

    def warned(self):
        if self.can_be_reached:
            return super().warned()
        message = _("Nothing tells how to reach it: pages give the city hall’s general address.")
        return [*super().warned(), (Place("email"), message)]


class Programme(Named, Sourced, PublicRecord):
    """A programme of international co-operation, valid for a period."""

    starts_in = models.PositiveSmallIntegerField(_("from the year"))
    ends_in = models.PositiveSmallIntegerField(_("to the year"))
    adopted_by = models.CharField(_("adopted by"), max_length=300, blank=True)
    adopted_on = PartialDateField(_("adopted on"))
    strategy = models.TextField(_("strategy it carries out"), blank=True)
    predecessor = models.TextField(_("programme it replaces"), blank=True)
    summary = ProseField(_("summary"), blank=True)

    search_texts = ("summary",)

    class Meta(PublicRecord.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-starts_in"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_in__gte=models.F("starts_in")),
                name="a_programme_ends_after_it_starts",
                violation_error_message=_("The last year lies before the first."),
            )
        ]

    def get_absolute_url(self):
        return reverse("programme:programme_detail")


class Chapter(Named, Sourced, PublicRecord):
    """A chapter of a programme: a readable page in our own words."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="chapters", verbose_name=_("programme"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    number = models.CharField(_("number"), max_length=20, help_text=_("As in the document: “I.2”."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    lead = models.TextField(_("lead"), blank=True)
    body = ProseField(_("text"), blank=True)

    belongs_to = ("programme",)
    search_texts = ("lead", "body")

    class Meta(PublicRecord.Meta):
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["programme", "position"]

    def get_absolute_url(self):
        return reverse("programme:chapter_detail", args=[self.slug])


class GoalQuerySet(PublicQuerySet):
    def thematic(self):
        """Those to which editors link what serves them."""
        return self.filter(kind=Goal.Kind.THEMATIC)

    def geographic(self):
        """Those that countries serve."""
        return self.filter(kind=Goal.Kind.GEOGRAPHIC)


class Goal(Named, Sourced, PublicRecord):
    """A general goal of a programme: thematic, served by what is linked to it, or geographic, served by countries."""

    class Kind(models.TextChoices):
        THEMATIC = "thematic", _("thematic")
        GEOGRAPHIC = "geographic", _("geographic")

    class Area(models.TextChoices):
        EUROPEAN_UNION = geographic_goals.EUROPEAN_UNION, _("European Union")
        CENTRAL_AND_EASTERN_EUROPE = geographic_goals.CENTRAL_AND_EASTERN_EUROPE, _("Central and Eastern Europe")
        WORLD = geographic_goals.WORLD, _("the whole world")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="goals", verbose_name=_("programme"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    letter = models.CharField(_("letter"), max_length=3)
    area = models.CharField(
        _("area"),
        max_length=30,
        choices=Area,
        blank=True,
        help_text=_("Of a geographic goal: what is done with a city serves it if the country lay there on that day."),
    )
    description = ProseField(_("description"), blank=True)
    adopted_wording = models.TextField(
        _("adopted wording"),
        blank=True,
        help_text=_("Word for word as the council adopted it; until it is entered, the page says so."),
    )

    objects = GoalQuerySet.as_manager()

    belongs_to = ("programme",)
    search_texts = ("description", "adopted_wording")
    search_choices = ("kind", "area")

    class Meta(PublicRecord.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["programme", "-kind", "letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "letter"],
                name="a_letter_names_one_goal_of_its_kind",
                violation_error_message=_("This letter names another goal of the same kind already."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="geographic") | models.Q(area=""),
                name="only_a_geographic_goal_has_an_area",
                violation_error_message=_("A thematic goal has no area."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("programme:goal_detail", args=[self.slug])

    def clean(self):
        super().clean()
        if self.kind == self.Kind.GEOGRAPHIC and not self.area:
            raise ValidationError({"area": _("Choose the area a geographic goal speaks of.")})


class Task(Named, Sourced, PublicRecord):
    """A detailed task by which a department serves a goal."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        UNDER_WAY = "under-way", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="tasks", verbose_name=_("goal"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("department")
    )
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    planned_result = models.TextField(_("planned result"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)

    belongs_to = ("goal",)
    dates = ("starts_on", "ends_on")
    search_texts = ("planned_result",)

    class Meta(PublicRecord.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["goal", "starts_on"]


class FigureQuerySet(PublicQuerySet):
    def about(self, reference):
        """The figures that speak of one record, such as "city:solothurn"."""
        return self.filter(about=reference).select_related("part_of", "source")

    def by_chapter(self):
        """In the order of the chapters, those of no chapter at the end."""
        place = models.F("chapter__position").asc(nulls_last=True)
        return self.select_related("chapter", "part_of", "source").order_by(place, "position", "slug")


class Figure(Sourced, PublicRecord):
    """A number the source gives, with its year, unit and precision; never computed."""

    slug = models.SlugField(_("key"), max_length=100, unique=True)
    label = models.CharField(_("what it counts"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=60, blank=True, help_text=_("“%”, “PLN”; empty for a plain count."))
    precision = models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.EXACT)
    year = PartialDateField(_("year"))
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    chapter = models.ForeignKey(
        Chapter, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("chapter")
    )
    about = models.CharField(
        _("about"),
        max_length=120,
        blank=True,
        db_index=True,
        help_text=_("The record it speaks of, such as “city:solothurn” or “organization:owhc”."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = FigureQuerySet.as_manager()

    dates = ("year",)
    search_titles = ("label",)
    search_texts = ("unit",)
    search_dates = ("year",)

    class Meta(PublicRecord.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.label

"""The desk of a person: what waits for them and for their department, section by section."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import CASCADE, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.records import Named
from krakow_intl.models import StaffDesk

FIRST_LINES = 10
LINES_ON_A_PAGE = 50
SECTIONS = []
WAYS = []  # what tells where else the desk leads, as (words, address) pairs for a person
DEPARTMENTS = []  # what tells the departments, as (address word, name) pairs
_ways_to_department = {}  # a model: the paths from it to the address word of its department


class Group:
    """The parts of the desk, in their order: what people do with each other, with the calendar, with what is kept."""

    PEOPLE, CALENDAR, CARE, HOUSE = range(4)
    TITLES = (_("With colleagues"), _("In the calendar"), _("To look after"), _("The register and its readers"))


@dataclass(frozen=True)
class Line:
    """One thing that waits: its name leads to where it is done, a sentence says why it is here."""

    text: str
    address: str
    why: str = ""
    links: tuple = ()  # (words, address) of forms that are filled in already
    question: dict | None = None  # the hidden fields of the button that settles it
    button: str = ""
    changes: tuple = ()  # the `Change`s of texts that it is about


class Section:
    """A part of the desk. `rows` is anything that can be counted and cut; only the rows shown become `lines`."""

    name = ""  # in its address
    title = ""
    about = ""  # a sentence under the heading
    group = Group.CARE
    permission = ""

    def is_for(self, user):
        return user.has_perm(self.permission)

    def rows(self, desk):
        raise NotImplementedError

    def lines(self, rows, desk):
        raise NotImplementedError


def section(made):
    """Enters a section of the desk."""
    SECTIONS.append(made())
    return made


def under_department(model, *paths):
    """Enters the ways from records of a model to the department they are coordinated by; "" if it is one itself."""
    _ways_to_department[model] = [f"{path}__slug" if path else "slug" for path in paths]


def in_department(records, department):
    """Of a queryset what is coordinated by a department, given by its address word; all of it if none is given."""
    if department is None:
        return records
    condition = Q(pk__in=[])
    for way in _ways_to_department.get(records.model, ()):
        condition |= Q(pk__in=records.model._base_manager.filter(**{way: department}).order_by().values("pk"))
    return records.filter(condition)


class Desk:
    """The desk of a person on a day."""

    def __init__(self, user, today=None):
        self.user, self.today = user, today or timezone.localdate()

    @cached_property
    def wishes(self):
        """The `StaffDesk` of the person; one that is not stored where they never wished anything."""
        return StaffDesk.objects.filter(user=self.user).first() or StaffDesk(user=self.user)

    @cached_property
    def departments(self):
        return {slug: name for tell in DEPARTMENTS for slug, name in tell()}

    @cached_property
    def department(self):
        """The address word of the department whose records alone are shown, or None."""
        wishes = self.wishes
        return wishes.department if wishes.is_of_department and wishes.department in self.departments else None

    def within(self, records):
        """Of a queryset what is the department's, if only that is to be shown."""
        return in_department(records, self.department)

    def ways(self):
        return [way for tell in WAYS for way in tell(self.user)]

    def sections(self):
        """The sections that the person may do something about, in their order."""
        return sorted((each for each in SECTIONS if each.is_for(self.user)), key=lambda each: each.group)

    def section(self, name):
        return next((each for each in self.sections() if each.name == name), None)

    def shown(self):
        """[(title of a group, [`Shown`])] of all that waits."""
        shown = [self.first_of(each) for each in self.sections()]
        groups = (
            (title, [each for each in shown if each.section.group == place and each.count])
            for place, title in enumerate(Group.TITLES)
        )
        return [(title, sections) for title, sections in groups if sections]

    def first_of(self, section):
        return Shown(section, self, Paginator(section.rows(self), FIRST_LINES).page(1))


class Shown:
    """A section with the lines of one page of it."""

    def __init__(self, section, desk, page):
        self.section, self.page = section, page
        self.name, self.title, self.about = section.name, section.title, section.about
        self.count = page.paginator.count
        self.lines = [*section.lines([*page.object_list], desk)] if self.count else []
        self.years = desk.wishes.dormant_years if getattr(section, "asks_for_years", False) else None

    @property
    def is_cut(self):
        return self.count > len(self.lines)

    @property
    def address(self):
        return reverse("admin:desk_section", args=[self.name])


def page_of(model):
    """(model, foreign key): on whose page records of a model are written, and the key that leads there, or ""."""
    if model in admin.site._registry:
        return model, ""
    keys = (field for field in model._meta.concrete_fields if field.is_relation)
    wholes = [field.name for field in keys if field.remote_field.on_delete is CASCADE]
    owner = next(iter([*getattr(model, "belongs_to", ()), *wholes]), "")
    return (model._meta.get_field(owner).related_model, owner) if owner else (None, "")


def form_of(record):
    """The address of the page on which a record is written."""
    model, owner = page_of(type(record))
    return form_at(model, getattr(record, f"{owner}_id") if owner else record.pk)


def full_name(record):
    """What a record is called, with the record it belongs to where its own name says nothing of that."""
    owner = record.belongs_to[0] if getattr(record, "belongs_to", ()) and not isinstance(record, Named) else ""
    return f"{getattr(record, owner)}: {record}" if owner else str(record)


def form_at(model, key):
    """The address of the form of a record of a model, given by its key; of a new one without."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return reverse(f"{name}_change", args=[key]) if key else reverse(f"{name}_add")


def history_at(model, key):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[key])


def may_change(user, model):
    return user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")


def kind_and_name(model, name):
    return f"{capfirst(model._meta.verbose_name)}: {name}"

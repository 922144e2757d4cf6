"""A programme with its chapters, goals, figures and departments, made up."""

import factory
from factory.django import DjangoModelFactory

from krakow_intl.core.fields import PartialDateField
from programme.models import Chapter, Department, Figure, Goal, Programme, Source, Task


class DatedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        """Partial dates are written as text and read as the register reads them."""
        for field in cls._meta.model._meta.concrete_fields:
            if isinstance(field, PartialDateField) and field.name in kwargs:
                kwargs[field.name] = field.to_python(kwargs[field.name])
        return kwargs


class PublicFactory(DatedFactory):
    """A published record; `held_back=True` makes it a draft."""

    class Meta:
        abstract = True

    class Params:
        held_back = factory.Trait(publication="draft")

    publication = "published"


class NamedFactory(PublicFactory):
    class Meta:
        abstract = True

    slug = factory.Sequence(lambda n: f"record-{n}")
    name_pl = factory.LazyAttribute(lambda record: f"Nazwa {record.slug}")
    name_en = factory.LazyAttribute(lambda record: f"Name {record.slug}")


class SourceFactory(NamedFactory):
    class Meta:
        model = Source
        django_get_or_create = ("slug",)

    slug = "programme-2006"
    label_pl, label_en = "Program 2006", "Programme 2006"
    kind = Source.Kind.PROGRAMME
    known_to = "2006-04-20"


class DepartmentFactory(NamedFactory):
    class Meta:
        model = Department

    slug = factory.Sequence(lambda n: f"department-{n}")
    email = "wydzial@example.org"


class ProgrammeFactory(NamedFactory):
    class Meta:
        model = Programme
        django_get_or_create = ("slug",)

    slug = "programme-2006-2008"
    starts_in, ends_in = 2006, 2008


class ChapterFactory(NamedFactory):
    class Meta:
        model = Chapter

    slug = factory.Sequence(lambda n: f"chapter-{n}")
    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: f"I.{n}")
    position = factory.Sequence(lambda n: n)
    body_pl, body_en = "<p>Treść</p>", "<p>Text</p>"


class GoalFactory(NamedFactory):
    class Meta:
        model = Goal

    slug = factory.Sequence(lambda n: f"thematic-{n}")
    programme = factory.SubFactory(ProgrammeFactory)
    kind = Goal.Kind.THEMATIC
    letter = factory.Sequence(lambda n: f"{n % 1000}")
    area = factory.LazyAttribute(lambda goal: "world" if goal.kind == Goal.Kind.GEOGRAPHIC else "")


class TaskFactory(NamedFactory):
    class Meta:
        model = Task

    slug = factory.Sequence(lambda n: f"task-{n}")
    goal = factory.SubFactory(GoalFactory)


class FigureFactory(PublicFactory):
    class Meta:
        model = Figure

    slug = factory.Sequence(lambda n: f"figure-{n}")
    label_pl = factory.LazyAttribute(lambda record: f"Liczba {record.slug}")
    label_en = factory.LazyAttribute(lambda record: f"Count {record.slug}")
    value = 100

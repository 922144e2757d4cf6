"""What lists there are: one entry says which records a list holds, and in which columns."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import get_language, override
from modeltranslation.translator import NotRegistered, translator

from krakow_intl.core.internal import hidden_columns, may_see
from krakow_intl.core.records import PublicRecord
from krakow_intl.core.resources import LISTS, said_in
from krakow_intl.core.workbooks import Page
from krakow_intl.imports.cells import LinkCell, LinksCell
from krakow_intl.imports.columns import ColumnWords, resource_of
from krakow_intl.imports.writing.undo_units import WHOLE

NOUNS = {}  # name: Noun, each after those to which its records point
MAX_TITLE = 31  # letters in the name of a sheet


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A list of records; `lists.py` of its app enters it.

    `columns` are names of fields, of relations to many, or (relation, field) of rows that name something. `settle` is
    told of each record after rows that hang on it, which a list of their own holds, were written: {"name of the field
    that points to it": function}.
    """

    name: str  # as commands call it
    model: type
    columns: tuple
    heading: object = None  # what it is called, where that is not the plural of its model
    settle: dict = field(default_factory=dict)

    def __hash__(self):
        return hash(self.name)

    @cached_property
    def translated(self):
        try:
            return {*translator.get_options_for_model(self.model).all_fields}
        except NotRegistered:
            return set()

    @cached_property
    def keys(self):
        """The names of the fields by which a row finds its record, each a tuple."""
        unique = [(f.name,) for f in self.model._meta.concrete_fields if f.unique and f.name in self.columns]
        natural = tuple(self.model.natural_key_fields)
        return [natural, *(key for key in unique if key != natural)]

    @property
    def key_names(self):
        return {name for key in self.keys for name in key}

    @property
    def is_named(self):
        """Whether a row without a key may be known by its name."""
        return self.model.natural_key_fields == ("slug",)

    @property
    def is_public(self):
        return issubclass(self.model, PublicRecord)

    @cached_property
    def resource(self):
        return resource_of(self)

    def columns_for(self, user=None):
        """Those that a person may see; all where no person is asked."""
        hidden = hidden_columns(user, self.model)
        return [column for column in self.resource.sheet_columns() if column.code not in hidden]

    def words(self, user=None, learnt=None):
        seen = self.columns_for(user)
        return ColumnWords(seen, learnt, [column for column in self.resource.sheet_columns() if column not in seen])

    def right(self, verb):
        return f"{self.model._meta.app_label}.{verb}_{self.model._meta.model_name}"

    def may_see(self, user):
        return may_see(user, self.model)

    def may_bring_in(self, user):
        """Whether a person may bring in such a list at all."""
        return self.may_see(user) and any(user.has_perm(self.right(verb)) for verb in ("add", "change"))

    def title(self, language=None):
        """What its sheet is called."""
        with override(language or get_language()):
            return str(capfirst(self.heading or self.model._meta.verbose_name_plural))[:MAX_TITLE]

    @property
    def titles(self):
        return {self.name, *(self.title(language) for language in ("pl", "en"))}

    def records(self):
        """All records, with what their cells tell."""
        return self.with_cells(self.model._default_manager.order_by("pk"))

    def with_cells(self, records):
        """Some records, with what their cells tell: the number of queries is the same for any number of them."""
        cells = [column.cell for column in self.resource.sheet_columns()]
        links = [cell.name for cell in cells if isinstance(cell, LinkCell)]
        rows = [cell for cell in cells if isinstance(cell, LinksCell)]
        fetched = [f"{cell.name}__{cell.field.name}" if cell.field.is_relation else cell.name for cell in rows]
        return records.select_related(*links).prefetch_related(*fetched)

    def page(self, records=None, user=None):
        """The sheet of a list in the active language, in the columns that a person may see."""
        language, columns = get_language()[:2], self.columns_for(user)
        records = self.records() if records is None else self.with_cells(records)
        rows = ([column.export(record) for column in columns] for record in records)
        head = [column.name(language) for column in columns]
        return Page(self.title(), [head, *said_in(language, rows)], [column.width for column in columns])

    @cached_property
    def parts(self):
        """What an import of such a list writes, as an undoing needs it."""
        cells = [column.cell for column in self.resource.sheet_columns()]
        rows = {cell.model: cell.relation.field.attname for cell in cells if isinstance(cell, LinksCell)}
        return {self.model: WHOLE} | rows

    def settle_after(self, records):
        """Has what rests on some records computed anew."""
        for name, settle in self.settle.items():
            wholes = {getattr(record, f"{name}_id"): name for record in records}
            model = self.model._meta.get_field(name).related_model
            for whole in model._default_manager.filter(pk__in=wholes):
                settle(whole)


def noun_called(name):
    """The noun after whose list a worksheet is called, or None."""
    return next((noun for noun in NOUNS.values() if name.strip() in noun.titles), None)


def enter(*nouns):
    """Makes lists known to commands and to the pages of the staff."""
    NOUNS.update({noun.name: noun for noun in nouns})
    LISTS.update({noun.model: noun for noun in nouns})

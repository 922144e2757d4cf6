"""The columns of a list of records, made from the fields that its noun names: headings, cells and what they mean."""

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from krakow_intl.core.admin.history import label_of
from krakow_intl.core.internal import internal_columns
from krakow_intl.core.resources import Column, ListResource
from krakow_intl.imports.cells import LANGUAGES, LinksCell, cell_of
from krakow_intl.imports.reading.words import key_of

KEY = _("What names the record. Leave it empty for a new one.")
NARROW, WIDE = 12, 40


class RecordColumn(Column):
    """A column that holds a field of a record, or the rows that hang on it."""

    def __init__(self, cell, label, *, is_key=False, is_required=False, is_internal=False, meaning=""):
        names = {language: _in(language, label) for language in LANGUAGES}
        super().__init__(
            names["pl"],
            names["en"],
            type(cell).__name__,
            meaning=meaning or cell.meaning,
            write=cell.write,
            is_required=is_required,
            is_internal=is_internal,
            width=WIDE if type(cell).__name__ in ("TextCell", "ProseCell") else 20,
        )
        self.cell, self.is_key = cell, is_key


class ComputedColumn(Column):
    """A column that the register works out itself: it leaves and is not read."""

    def __init__(self, label, write, meaning=""):
        super().__init__(_in("pl", label), _in("en", label), "computed", write=write, meaning=meaning, width=NARROW)
        self.cell, self.is_key = None, False


class ColumnWords:
    """The names under which `Headings` know the columns of a list, its codes and names without a language included."""

    def __init__(self, columns, learnt=None, withheld=()):
        """`learnt` is {key of another name: (code, language)}, as staff said it of earlier files.

        `withheld` are the columns that whoever brings the list may not see: they are known by name, and not read.
        """
        self.by_code = {column.code: column for column in columns}
        self.withheld = {column.code for column in withheld}
        self.columns = {}
        columns = [*columns, *withheld]
        for column in columns:
            for language in ("en", "pl"):
                self.columns.setdefault(key_of(column.name(language)), (column.code, language))
        for column in columns:
            self.columns.setdefault(key_of(column.code), (column.code, "en"))
            self._add_without_language(column)
        for key, (code, language) in (learnt or {}).items():
            self.columns.setdefault(key, (code, language))

    def _add_without_language(self, column):
        """“Nazwa” alone is the Polish name, “Name” the English one."""
        field = getattr(column.cell, "field", None)
        if original := getattr(field, "translated_field", None):
            label = _in(field.language, original.verbose_name)
            self.columns.setdefault(key_of(label), (column.code, field.language))


def resource_of(noun):
    """The `ListResource` of a noun."""
    columns = {}
    for name in noun.columns:
        columns |= _columns_of(noun, name)
    if hasattr(noun.model, "horizon"):
        label, meaning = _("known to"), _("The register works it out itself; it is not read.")
        columns["known_to"] = ComputedColumn(label, lambda record, _language: record.horizon or "", meaning)
    label, meaning = _("version"), _("Set by the register’s own export. Leave it as it is.")
    columns["version"] = ComputedColumn(label, lambda record, _language: record.version, meaning)
    return type(f"{noun.model.__name__}List", (ListResource,), columns)


def _columns_of(noun, name):
    """{code: column} of what a noun names: a field, a text in both languages, or rows that name something."""
    if isinstance(name, tuple):
        relation = noun.model._meta.get_field(name[0])
        field = relation.related_model._meta.get_field(name[1])
        label = relation.related_model._meta.verbose_name_plural
        return {name[0]: _column(noun, name[0], LinksCell(relation, field), label)}
    field = noun.model._meta.get_field(name)
    if field.many_to_many:
        return {name: _column(noun, name, _links_through(field), field.verbose_name)}
    if name in noun.translated:
        fields = [noun.model._meta.get_field(f"{name}_{language}") for language in LANGUAGES]
        return {one.name: _column(noun, one.name, cell_of(one), label_of(one)) for one in fields}
    return {name: _column(noun, name, cell_of(field), field.verbose_name)}


def _links_through(field):
    """The cell of a relation that has a table of its own."""
    through = field.remote_field.through._meta
    relation = through.get_field(field.m2m_field_name()).remote_field
    return LinksCell(relation, through.get_field(field.m2m_reverse_field_name()))


def _column(noun, code, cell, label):
    is_key = code in noun.key_names
    help_text = getattr(cell.field, "help_text", "")
    meaning = format_lazy("{} {}", cell.meaning, help_text) if help_text else cell.meaning
    if is_key and len(noun.model.natural_key_fields) == 1:
        meaning = format_lazy("{} {}", KEY, help_text)
    is_required = code in noun.model.natural_key_fields and not noun.is_named and not cell.field.blank
    said = {"is_key": is_key, "is_required": is_required, "is_internal": code in internal_columns(noun.model)}
    return RecordColumn(cell, label, meaning=meaning, **said)


def _in(language, label):
    with override(language):
        return str(capfirst(label))

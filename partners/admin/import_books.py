"""A workbook with several lists of the register, which staff bring in one after the other."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import pgettext

from krakow_intl.imports.nouns import NOUNS, noun_called
from partners.imports.lists import AGREEMENTS
from partners.imports.writing.applying import store_upload
from partners.imports.writing.background import read_sheet
from partners.models import SheetImport


@dataclass(frozen=True, slots=True)
class ListOfWorkbook:
    """A worksheet that is called after a list; `record` is the import that read it last from this very file."""

    noun: object
    sheet: str
    is_here: bool  # whether the import that is looked at reads it
    may_bring_in: bool
    record: SheetImport | None


def nouns_for(user):
    """The lists that a person may bring in."""
    return [noun for noun in NOUNS.values() if noun.name == AGREEMENTS or noun.may_bring_in(user)]


def lists_of_workbook(record, user):
    """The `ListOfWorkbook`s of the file of an import, each after those on which it rests; none if it holds but one."""
    called = {noun_called(name): name for name in record.report.get("worksheets", ())}
    nouns = [noun for noun in NOUNS.values() if noun in called]
    if len(nouns) < 2:
        return []
    read = SheetImport.objects.filter(digest=record.digest).exclude(pk=record.pk).defer("report").order_by("pk")
    records = {other.noun: other for other in read if other.state in ("previewed", "applied")}
    allowed = {noun.name for noun in nouns_for(user)}
    return [
        ListOfWorkbook(noun, called[noun], noun.name == record.noun, noun.name in allowed, records.get(noun.name))
        for noun in nouns
    ]


class BookSteps:
    """Mixin of the pages of imports: from a list of a workbook to the next one."""

    def list_view(self, request, pk):
        """Takes the file of an import in once more, as another of the lists that it holds."""
        record = self.record_for(request, pk)
        if request.method != "POST" or not record.file:
            return redirect(self.address(record))
        lists = {one.noun.name: one for one in lists_of_workbook(record, request.user) if one.may_bring_in}
        if (chosen := lists.get(request.POST.get("list"))) is None:
            raise Http404
        with record.file.open("rb") as file:
            other = store_upload(file.read(), record.name, request.user, chosen.noun.name)
        other.sheet = chosen.sheet
        read_sheet(other)
        self.log_addition(request, other, pgettext("import", "taken in"))
        return redirect(self.address(other))

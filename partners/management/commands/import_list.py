"""Reads a list of the register, or a workbook of all lists: shows what it would do, and does it only when told to."""

from django.utils import timezone

from krakow_intl.core.reviewing import rehearsal
from krakow_intl.imports.books import ALL, plan_book
from krakow_intl.imports.nouns import NOUNS
from krakow_intl.imports.writing.bulk import HistoryStamp
from partners.imports.reading.learnt import learnt_names
from partners.imports.writing.applying import apply_book, store_upload
from partners.management.commands.import_agreements import Command as ImportAgreements


class Command(ImportAgreements):
    help = "Previews what a list (.xlsx, .ods, .csv, .xls) would do to the register; --apply does it."

    def add_arguments(self, parser):
        parser.add_argument("noun", choices=[ALL, *NOUNS])
        super().add_arguments(parser)

    def handle(self, *args, noun, **options):
        self.noun = noun
        super().handle(*args, **options)

    def plan_by(self, source, decisions, **options):
        if self.noun != ALL:
            return super().plan_by(source, decisions, **options)
        with rehearsal():
            return plan_book(source, HistoryStamp(None, "preview", timezone.now()), **self._answered(decisions))

    def apply(self, data, name, only_good, progress):
        if self.noun != ALL:
            return super().apply(data, name, only_good, progress)
        plan = self.plan(data)
        if plan.is_refused or not plan.written or not (plan.is_clean or only_good):
            return plan, None
        record = store_upload(data, name, self.person, ALL)
        record.decisions = self.said["decisions"]
        return apply_book(record, self.person), record

    @staticmethod
    def _answered(decisions):
        return {"decisions": decisions, "learnt": learnt_names}

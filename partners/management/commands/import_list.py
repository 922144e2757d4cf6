"""Reads a list of the register, or a workbook of all lists: shows what it would do, and does it only when told to."""

from django.db import transaction
from django.utils import timezone

from krakow_intl.imports.books import ALL, plan_book
from krakow_intl.imports.nouns import NOUNS
from krakow_intl.imports.writing.bulk import HistoryStamp
from partners.imports.reading.learnt import learnt_names
from partners.imports.writing.applying import execute, lock_register, store_upload
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
        with transaction.atomic():
            plan = plan_book(source, HistoryStamp(None, "preview", timezone.now()), **self._answered(decisions))
            transaction.set_rollback(True)
        return plan

    def apply(self, data, name, only_good, progress):
        if self.noun != ALL:
            return super().apply(data, name, only_good, progress)
        plan = self.plan(data)
        if plan.is_refused or not plan.written or not (plan.is_clean or only_good):
            return plan, None
        with transaction.atomic():
            lock_register()
            record = store_upload(data, name, None, ALL)
            record.applied_at = timezone.now()
            record.decisions = self.said["decisions"]
            stamp = HistoryStamp(None, record.reason, record.applied_at)
            plan = plan_book(data, stamp, **self._answered(record.decisions))
            execute(record, plan, None, at=record.applied_at)
        return plan, record

    @staticmethod
    def _answered(decisions):
        return {"decisions": decisions, "learnt": learnt_names}

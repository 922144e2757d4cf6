"""Reads a sheet of agreements: shows what it would do, and does it only when told to."""

import hashlib
import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partners.imports.applying import carry_out, hold_the_register, read_before, take_in
from partners.imports.planning import plan_import
from partners.imports.remarks import remark
from partners.imports.reporting import report_of, status_of
from partners.sheets.guard import MAX_BYTES

BAR = 40  # signs
LEVELS = {"error": "✗", "decision": "?", "warning": "!"}


class Command(BaseCommand):
    help = "Previews what a sheet of agreements (.xlsx, .ods, .csv, .xls) would do to the register; --apply does it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", help="The name of the worksheet, if several hold a list.")
        parser.add_argument("--apply", action="store_true", help="Write to the register; nothing if a row fails.")
        parser.add_argument("--only-good", action="store_true", help="With --apply: write the good rows.")
        parser.add_argument("--report", choices=["json"], help="Print the report as JSON, and nothing else.")

    def handle(self, *args, file, sheet, only_good, report, **options):
        try:
            data = file.read_bytes() if file.stat().st_size <= MAX_BYTES else bytes(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        plan, record = self._run(data, file.name, sheet, options["apply"], only_good, self._bar(report))
        applied = bool(record and record.pk)
        found = report_of(plan, file.name, applied=applied, import_id=record.pk if applied else None)
        self.stdout.write(json.dumps(found, ensure_ascii=False, default=str) if report else _letter(found))
        if status := status_of(plan):
            sys.exit(status)

    def _run(self, data, name, sheet, apply, only_good, progress):
        if not apply:
            return _told_of_earlier(plan_import(data, sheet=sheet, progress=progress), data), None
        with transaction.atomic():
            hold_the_register()
            plan = _told_of_earlier(plan_import(data, sheet=sheet, lock=True, progress=progress), data)
            if plan.is_refused or not (plan.is_clean or only_good):
                return plan, None
            record = take_in(data, name, None)
            record.sheet = sheet or ""
            carry_out(record, plan, None)
            return plan, record

    def _bar(self, report):
        """Draws how far the work is, on a terminal and only there."""
        if report or not self.stderr.isatty():
            return None

        def draw(share):
            filled = round(share * BAR)
            self.stderr.write(f"{'█' * filled}{'░' * (BAR - filled)} {share:4.0%}", ending="\r" if share < 1 else "\n")
            self.stderr.flush()

        return draw


def _told_of_earlier(plan, data):
    """The plan, which also says so if these very bytes were read before."""
    earlier = read_before(hashlib.sha256(data).hexdigest())
    if earlier and not plan.is_refused:
        plan.messages.insert(0, remark("read-before", date=date_format(earlier.applied_at), number=earlier.pk))
    return plan


def _letter(report):
    """The report as lines that a person reads."""
    lines = [f"{report['file']}: " + ", ".join(f"{report[name]} {text}" for name, text in _counts(report))]
    for message in report["messages"]:
        row = _("row %(row)s") % {"row": message["row"]} if message["row"] else _("file")
        place = f"{row}, {message['column']}" if message["column"] else row
        lines.append(f"{LEVELS[message['level']]} {place}: {message['text']}")
    if report["applied"]:
        lines.append(_("Written to the register as import %(number)s.") % {"number": report["import_id"]})
    else:
        lines.append(_("Nothing was written."))
    return "\n".join(lines)


def _counts(report):
    yield "new", pgettext("rows", "new")
    yield "changed", pgettext("rows", "changed")
    yield "unchanged", pgettext("rows", "unchanged")
    yield "doubtful", pgettext("rows", "doubtful")
    yield "refused", pgettext("rows", "refused")

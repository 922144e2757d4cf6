"""Reads a sheet of agreements: shows what it would do, and does it only when told to."""

import hashlib
import json
import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.reviewing import NeedsReview, acting, reviewed
from krakow_intl.core.site_url import absolute
from krakow_intl.core.storage import files_discarded
from krakow_intl.imports.writing.reporting import for_programs, kept_report, report_of, status_of
from krakow_intl.sheets.safety import MAX_BYTES
from partners.admin.import_answers import AnswerRefusedError, answered
from partners.admin.import_report import ACTIONS
from partners.admin.import_review import hand_in_import
from partners.admin.list_report import report_view_of
from partners.imports.lists import AGREEMENTS, plan_noun
from partners.imports.planning.messages import remark
from partners.imports.planning.plan import Action
from partners.imports.writing.applying import execute, keep_applied, keep_plan, lock_register, read_before, store_upload
from partners.models import Recipe, SheetImport

BAR = 40  # signs
ANONYMOUS = gettext_lazy(
    "This would change what the public sees, and nothing was written. Say with --user for whom it is done: "
    "it is handed in, and another person looks at it."
)
SIGNS = {Action.NEW: "+", Action.CHANGED: "~"}
LEVELS = {"error": "✗", "decision": "?", "warning": "!"}


class Command(BaseCommand):
    noun = AGREEMENTS
    help = "Previews what a sheet of agreements (.xlsx, .ods, .csv, .xls) would do to the register; --apply does it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", help="The name of the worksheet, if several hold a list.")
        parser.add_argument(
            "--recipe", help="The name of a recipe: what was said of an earlier file holds for this one."
        )
        parser.add_argument("--apply", action="store_true", help="Write to the register; nothing if a row fails.")
        parser.add_argument("--only-good", action="store_true", help="With --apply: write the good rows.")
        parser.add_argument("--answers", type=Path, help="A JSON file of answers to what is asked: {key: answer}.")
        parser.add_argument("--report", choices=["json"], help="Print the report as JSON, and nothing else.")
        parser.add_argument("--user", help="The account of the person for whom it is done.")

    def handle(self, *args, file, sheet, only_good, report, **options):
        self.handed_in = ""  # where what was handed in is looked at
        self.said, self.person = _said(options["recipe"], sheet), _person(options["user"])
        self.answers = _answers_in(options["answers"]) if options["answers"] else {}
        try:
            data = file.read_bytes() if file.stat().st_size <= MAX_BYTES else bytes(MAX_BYTES + 1)
        except OSError:
            plan, record = self.plan(file), None  # which says why it cannot be read
        else:
            plan, record = self._run(data, file.name, options["apply"], only_good, self._bar(report))
        key = record.pk if record else None
        found = report_of(plan, file.name, applied=bool(key) and not self.handed_in, import_id=key)
        found |= {"handed_in": self.handed_in} if self.handed_in else {}
        if report:
            self.stdout.write(json.dumps(for_programs(found, plan), ensure_ascii=False, default=str))
        else:
            self.stdout.write(_letter(found, plan, options["apply"], self.noun))
        if status := status_of(plan):
            sys.exit(status)

    def _run(self, data, name, apply, only_good, progress):
        if not apply:
            return self._told_of_earlier(self.plan(data, progress=progress), data), None
        try:
            with acting(self.person), files_discarded(unless_done=True), reviewed():
                return self.apply(data, name, only_good, progress)
        except NeedsReview:
            return self._hand_in(data, name, only_good)

    def _hand_in(self, data, name, only_good):
        """What the public would see waits for another person."""
        if self.person is None:
            raise CommandError(str(ANONYMOUS))
        with transaction.atomic():
            plan = self.plan(data)
            record = store_upload(data, name, self.person, self.noun)
            for attribute, value in self.said.items():
                setattr(record, attribute, value)
            keep_plan(record, plan)
            record.save()
            change = hand_in_import(record, self.person, publish=False, only_good=only_good)
        self.handed_in = absolute(change.get_absolute_url())
        self.stderr.write(_("Handed in, for another person to look at: %s") % self.handed_in)
        return plan, record

    def plan(self, source, **options):
        """The plan of a file by the answers that came with it, which are kept with what is said of the file."""
        said = self.said
        if not self.answers:
            return self.plan_by(source, said["decisions"], **options)
        record = SheetImport(noun=self.noun, decisions={**said["decisions"]})
        try:
            plan = answered(lambda decisions: self.plan_by(source, decisions, **options), record, self.answers)
        except AnswerRefusedError as error:
            raise CommandError(str(error), returncode=2) from error
        said["decisions"] = record.decisions
        return plan

    def plan_by(self, source, decisions, **options):
        sheet, mapping = self.said["sheet"] or None, self.said["mapping"]
        return plan_noun(self.noun, source, sheet=sheet, mapping=mapping, decisions=decisions, **options)

    def apply(self, data, name, only_good, progress):
        """(plan, its import or None): everything or nothing."""
        with transaction.atomic():
            lock_register()
            plan = self._told_of_earlier(self.plan(data, lock=True, progress=progress), data)
            if plan.is_refused or not plan.written or not (plan.is_clean or only_good):
                return plan, None
            record = store_upload(data, name, self.person, self.noun)
            for attribute, value in self.said.items():
                setattr(record, attribute, value)
            execute(record, plan, self.person)
            keep_applied(record, self.person)
            return plan, record

    def _told_of_earlier(self, plan, data):
        """The plan, which also says so if these very bytes were read before."""
        earlier = read_before(hashlib.sha256(data).hexdigest(), self.noun)
        if earlier and not plan.is_refused:
            day = format_partial_date(localdate(earlier.applied_at))
            plan.messages.insert(0, remark("read-before", date=day, number=earlier.pk))
        return plan

    def _bar(self, report):
        """Draws how far the work is, on a terminal and only there."""
        if report or not self.stderr.isatty():
            return None

        def draw(share):
            filled = round(share * BAR)
            self.stderr.write(f"{'█' * filled}{'░' * (BAR - filled)} {share:4.0%}", ending="\r" if share < 1 else "\n")
            self.stderr.flush()

        return draw


def _said(name, sheet):
    """What is said of a file: by a recipe, if one is named, and of its sheet."""
    if not name:
        return {"sheet": sheet or "", "mapping": {}, "decisions": {}}
    recipe = Recipe.objects.filter(name=name).first()
    if recipe is None:
        known = ", ".join(Recipe.objects.values_list("name", flat=True)) or "—"
        raise CommandError(_("There is no recipe “%(name)s”. Known are: %(known)s.") % {"name": name, "known": known})
    return {"sheet": sheet or recipe.sheet, "mapping": recipe.mapping, "decisions": recipe.decisions}


def _person(name):
    if not name:
        return None
    try:
        return get_user_model().objects.get(username=name, is_active=True)
    except get_user_model().DoesNotExist as error:
        raise CommandError(_("There is no account “%s”.") % name, returncode=2) from error


def _answers_in(path):
    """{key of a question: answer} of a JSON file."""
    try:
        answers = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        text = _("The answers in “%(name)s” cannot be read: %(why)s")
        raise CommandError(text % {"name": path, "why": error}, returncode=2) from error
    if not isinstance(answers, dict):
        text = _("“%(name)s” holds no answers. Write them as {key of a question: answer}.")
        raise CommandError(text % {"name": path}, returncode=2)
    return answers


def _letter(report, plan, is_applied, noun):
    """The report as lines that a person reads: what becomes of rows, what is said of them, and what was done."""
    lines = [f"{report['file']}: " + ", ".join(f"{word}: {report[action]}" for action, word in ACTIONS.items())]
    lines += [line for row in _display_rows(plan, report["file"], noun) for line in _lines_of(row)]
    for message in report["messages"]:
        row = _("row %(row)s") % {"row": message["row"]} if message["row"] else _("file")
        place = f"{row}, {message['column']}" if message["column"] else row
        lines.append(f"{LEVELS[message['level']]} {place}: {message['text']}")
    return "\n".join([*lines, _what_was_written(report, plan, is_applied)])


def _what_was_written(report, plan, is_applied):
    """And if nothing, though it was to be, why not."""
    bad = report["doubtful"] + report["refused"]
    if report["applied"]:
        return _("Written to the register as import %(number)s.") % {"number": report["import_id"]}
    if is_applied and plan.written:
        text = ngettext(
            "Nothing was written, because %(count)s row is refused or doubtful. Correct it, or add --only-good to "
            "write the good rows.",
            "Nothing was written, because %(count)s rows are refused or doubtful. Correct them, or add --only-good to "
            "write the good rows.",
            bad,
        )
        return text % {"count": bad}
    if is_applied and not plan.is_refused:
        return _("Nothing was written: the register already says what the good rows say.")
    return _("Nothing was written.")


def _display_rows(plan, name, noun):
    """What the browser would say of what is new and of what changes."""
    report_view = report_view_of(SheetImport(noun=noun, report=kept_report(plan, name)))
    return report_view.display_rows([row for row in report_view.rows() if row["action"] in SIGNS])


def _lines_of(row):
    place = _("row %(row)s") % {"row": row["row"]}
    yield f"{SIGNS[row['action']]} {place}: {row['summary']}"
    for label, old, new in row["changes"]:
        yield f"    {label}: {old} → {new}"

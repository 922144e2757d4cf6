"""Carries a plan out, everything or nothing, and only the plan that was shown."""

import hashlib
import json
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from krakow_intl.core import audit
from krakow_intl.core.records import BEFORE_THE_PUBLIC
from krakow_intl.core.reviewing import will_be_kept
from krakow_intl.imports.books import BookPlan, plan_book
from krakow_intl.imports.planning.records import ListPlan
from krakow_intl.imports.reading.words import MAX_WORD_LENGTH, key_of
from krakow_intl.imports.writing.bulk import HistoryStamp
from krakow_intl.imports.writing.records import needed_rights as needed_rights_of_list
from krakow_intl.imports.writing.reporting import kept_report
from krakow_intl.sheets.parts import SHEET_COLUMN
from partners.imports.lists import AGREEMENTS, is_of_agreements, plan_noun, write_plan
from partners.imports.planning.plan import LEFT_OUT, Action
from partners.imports.planning.planner import uncollected
from partners.imports.reading.columns import known_names
from partners.imports.reading.learnt import as_word, learnt_names
from partners.models import SheetAlias, SheetImport

LOCK = 1258  # any number will do that nobody else uses
IMPORT = "partners.import_agreements"
PUBLISH = "partners.publish_agreement"
TEACH = ("partners.add_sheetalias", "partners.change_sheetalias")


@dataclass
class Outcome:
    """`result` is "applied", "applied-before", "changed" (the register, since the preview) or "not-clean"."""

    result: str
    record: SheetImport


def store_upload(data, name, user, noun=AGREEMENTS):
    """Keeps a file in private storage, under a name of our own; returns its SheetImport, saved."""
    record = SheetImport(name=plain_name(name), digest=hashlib.sha256(data).hexdigest(), uploaded_by=user, noun=noun)
    record.file.save("sheet", ContentFile(data), save=False)
    record.save()
    note(record, "taken-in", user)
    return record


def note(record, outcome, user):
    """What became of an import, unless what was written is about to be handed in instead."""
    if will_be_kept():
        more = {"list": record.noun, "file": record.name, "digest": record.digest}
        audit.note("import", outcome, what=audit.name_of(record), user=user, **more)


def plain_name(name):
    """The last part of a file's name, without what cannot be printed."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:200] or "?"


def preview(record):
    """Plans an import anew and keeps the report with it; the plan itself is gone before the report is stored."""
    keep_plan(record, plan_of(record))
    record.save()


def read_before(digest, noun=AGREEMENTS):
    """The import that last wrote what these very bytes say into the register, or None."""
    applied = SheetImport.objects.applied().filter(digest=digest, noun=noun).exclude(counts__new=0, counts__changed=0)
    return applied.order_by("-applied_at").first()


def apply_import(record, user, *, publish=False, only_good=False, progress=lambda share: None):
    """Carries out the plan that was previewed; two at once are dealt with one after the other, each once.

    `progress` is told which share of the work is done.
    """
    try:
        return _apply(record, user, publish, only_good, progress)
    except (
        IntegrityError
    ):  # somebody added an agreement of the same number at this very moment: the second look sees it
        return _apply(record, user, publish, only_good, progress)


@transaction.atomic
def _apply(record, user, publish, only_good, progress):
    lock_register()
    record = SheetImport.objects.select_for_update().defer("report").get(pk=record.pk)
    if not record.is_open:
        return Outcome("applied-before", record)
    plan = plan_of(record, "published" if publish else "draft", lock=True, progress=partly(progress, 0, 0.5))
    if plan.digest() != record.plan_digest:
        keep_plan(record, plan)
        record.save()
        return Outcome("changed", record)
    if plan.is_refused or not (plan.is_clean or only_good):
        return Outcome("not-clean", record)
    if user is not None and missing_rights(user, plan):
        raise PermissionDenied
    execute(record, plan, user, progress=partly(progress, 0.5, 1))
    del plan  # what it takes is free before the report is stored
    keep_applied(record, user)
    return Outcome("applied", record)


@transaction.atomic
def apply_book(record, user):
    """Writes all lists of a workbook, which are read one after the other as they are written; returns the plan."""
    lock_register()
    record.applied_at = timezone.now()
    stamp = HistoryStamp(user, record.reason, record.applied_at)
    with record.file.open("rb") as file:
        plan = plan_book(file.read(), stamp, decisions=record.decisions, learnt=learnt_names)
    execute(record, plan, user, at=record.applied_at)
    keep_applied(record, user)
    return plan


def partly(progress, start, end):
    """What a part of some work tells its own share, as a share of the whole."""
    return lambda share: progress(start + (end - start) * share)


def lock_register():
    """Lets no other import write until this transaction ends; SQLite lets nobody write anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '60s'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@uncollected()
def execute(record, plan, user, at=None, progress=lambda share: None):
    """Writes a plan and notes it on its import, which `keep_applied` stores; to be called in a transaction."""
    record.applied_at, record.applied_by, record.state = at or timezone.now(), user, SheetImport.State.APPLIED
    stamp = HistoryStamp(user, record.reason, record.applied_at)
    write_plan(record, plan, stamp, partly(progress, 0, 0.7))
    if user is None or user.has_perms(TEACH):
        _learn(record, plan, stamp)
    keep_plan(record, plan)
    record.report |= {"applied": True, "import_id": record.pk}
    progress(1)


def keep_applied(record, user):
    """Stores what `execute` noted on an import."""
    record.save()
    note(record, "applied", user)


def _learn(record, plan, stamp):
    """What was said of unknown columns and words of this sheet is known from now on; no column without a name is."""
    is_of_a_list, has_names = not is_of_agreements(record), plan.sheet is not None and plan.sheet.header_row != 0
    explained = {key_of(name) for name in record.mapping} - {key_of(SHEET_COLUMN)} if has_names else set()
    for heading in plan.headings:
        name, code = heading.name, heading.code
        if key_of(name) not in explained or (not is_of_a_list and key_of(name) in known_names()):
            continue
        text, meaning = as_word(plan.noun, name, code) if is_of_a_list else (name, code)
        _remember(stamp, SheetAlias.About.COLUMN, text, meaning, heading.language)
    for about, text, code in () if is_of_a_list else plan.words:
        if about in SheetAlias.About and key_of(text):  # signs alone have no key
            _remember(stamp, about, text, code)


def _remember(stamp, about, text, meaning, language=""):
    text = text[:MAX_WORD_LENGTH]
    known = SheetAlias.objects.filter(about=about, key=key_of(text)).first()
    word = known or SheetAlias(about=about, text=text)
    word.meaning, word.language = meaning, language
    word._history_user, word._change_reason, word._history_date = stamp.user, stamp.reason, stamp.at
    word.save()


def needed_rights(plan):
    """The permissions it takes to carry out a plan, or to take it back."""
    if isinstance(plan, BookPlan):
        return sorted({IMPORT, *(right for one in plan.plans for right in needed_rights_of_list(one))})
    if isinstance(plan, ListPlan):
        return sorted({IMPORT, *needed_rights_of_list(plan)})
    new = [planned for planned in plan.written if planned.action == Action.NEW]
    needed = {IMPORT}
    needed |= {"partners.add_agreement"} if new else set()
    needed |= {PUBLISH} if any(map(_moves_before_the_public, plan.written)) else set()
    needed |= {"partners.change_agreement"} if len(plan.written) > len(new) else set()
    for planned in plan.written:
        needed |= _rights_for_relations(planned)
    needed |= {"partners.add_partnercity"} if plan.cities else set()
    needed |= {"partners.add_cityname"} if plan.names else set()
    return sorted(needed)


def _moves_before_the_public(planned):
    """Whether the public comes to see an agreement, or no longer does."""
    if planned.action == Action.NEW:
        return planned.agreement.publication in BEFORE_THE_PUBLIC
    return bool(BEFORE_THE_PUBLIC.intersection(planned.changes.get("publication", ())))


def missing_rights(user, plan):
    """The permissions that a person lacks to carry out a plan."""
    return [right for right in needed_rights(plan) if not user.has_perm(right)]


def _rights_for_relations(planned):
    models = {"party": planned.parties, "agreementtheme": planned.themes is not None, "agreementlink": planned.links}
    models |= {"agreementevent": planned.events, "signatory": planned.signatories}
    verbs = ("add",) if planned.action == Action.NEW else ("add", "change")
    return {f"partners.{verb}_{model}" for model, is_touched in models.items() if is_touched for verb in verbs}


def plan_of(record, publication="draft", *, lock=False, progress=None):
    """The plan of the kept file of an import, by what was said of it; FileNotFoundError where it is gone."""
    if not record.file:
        raise FileNotFoundError(record.name)
    with record.file.open("rb") as file:
        data = file.read()
    options = {"sheet": record.sheet or None, "mapping": record.mapping, "decisions": record.decisions}
    options |= {"publication": publication, "lock": lock, "user": record.uploaded_by, "progress": progress}
    return plan_noun(record.noun, data, **options)


def said_of(record):
    """The same for what was said of a file as long as nobody says more."""
    said = [record.sheet, record.mapping, record.decisions]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def is_read(record):
    """Whether the report of an import tells what would happen by all that was said of its file."""
    return record.report.get("said") == said_of(record)


def keep_plan(record, plan):
    """Notes with an import what a plan says; its `save` is left to the caller."""
    record.report = kept_report(plan, record.name) | {"rights": needed_rights(plan), "said": said_of(record)}
    record.counts = plan.counts | ({LEFT_OUT: plan.left_out} if plan.left_out else {})
    record.plan_digest = plan.digest()

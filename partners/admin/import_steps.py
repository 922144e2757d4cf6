"""What staff do with a sheet that came in: say what only they know, apply it, take it back."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from krakow_intl.core.admin.records import HANDED_IN
from krakow_intl.core.display import number
from krakow_intl.core.reviewing import NeedsReview, reviewed
from krakow_intl.imports.nouns import NOUNS
from krakow_intl.imports.reading.headings import Headings
from krakow_intl.imports.reading.words import key_of
from partners.admin.import_forms import AnswersForm, ColumnsForm, ConstantsForm, SheetForm, meaning_of
from partners.admin.import_review import hand_in_import, hand_in_undo
from partners.admin.import_undo import KEEP, UNDO, UndoForm
from partners.admin.list_report import report_view_of
from partners.imports.lists import words_of
from partners.imports.writing.applying import apply_import, said_of
from partners.imports.writing.background import APPLY, do_beside, is_large, read_sheet, work_on
from partners.imports.writing.background import UNDO as UNDO_IT
from partners.imports.writing.undo import plan_undo, undo_import
from partners.models import SheetImport

QUESTIONS_ON_A_PAGE = 20
CHANGED = _("The register, or what was said of the sheet, changed since you looked. This is what would happen now.")
GONE = _("The file is gone from the register’s store. Send it again.")
FAILED = _("It could not be done, and nothing was written. Tell those who look after the register.")
RESULT_MESSAGES = {
    "applied-before": (messages.INFO, _("Nothing was done: this import is not open any more.")),
    "changed": (messages.WARNING, CHANGED),
    "not-clean": (messages.ERROR, _("Some rows are refused or doubtful. Correct them, or apply the good rows only.")),
    "applied": (messages.SUCCESS, ""),
    "handed-in": (messages.SUCCESS, HANDED_IN),
    "at-once": (
        messages.ERROR,
        _("Somebody else changed the same at this very moment. Look again, then try anew."),
    ),
    "gone": (messages.ERROR, GONE),
    "failed": (messages.ERROR, FAILED),
    "undone": (
        messages.SUCCESS,
        _("The import is undone: what nobody decided to keep stands as it stood before."),
    ),
    "undone-in-part": (
        messages.WARNING,
        _("Given back: %(given)s. Decide about the others below: %(left)s."),
    ),
}


def publish_right(record):
    """The permission it takes to publish what an import adds."""
    return NOUNS[record.noun].right("publish") if record.noun in NOUNS else ""


def step(change):
    """A view that changes what is known of an open import and then plans it anew, unless it answers itself."""

    @wraps(change)
    def view(self, request, pk):
        record = self.record_for(request, pk)
        if request.method != "POST":
            return redirect(self.address(record))
        try:
            return self.plan_anew(request, record, change)
        except FileNotFoundError:
            messages.error(request, GONE)
            return redirect(self.address(record))

    return view


class Steps:
    """Mixin of the pages of imports: what is sent from them."""

    @transaction.atomic
    def plan_anew(self, request, record, change):
        record = SheetImport.objects.select_for_update().get(pk=record.pk)
        if not record.is_open:
            messages.add_message(request, *RESULT_MESSAGES["applied-before"])
            return redirect(self.address(record))
        before = said_of(record)
        response = change(self, request, record)
        if response is None:
            if said_of(record) != before:
                record.answered_by.add(request.user)
            read_sheet(record)
        page = request.POST.get("q", "")
        return response or redirect(self.address(record) + (f"?q={page}#questions" if page.isdecimal() else ""))

    # --- a person says what only a person knows ----------------------------------------------------------------------

    @step
    def sheet_view(self, request, record):
        form = SheetForm(record.report.get("choices", []), request.POST)
        if not form.is_valid():
            return self.render_report(request, record, 400, sheets=form)
        record.sheet = form.cleaned_data["sheet"]
        return None

    @step
    def columns_view(self, request, record):
        form = self.columns_form(record, request.POST)
        if form is None or not form.is_valid():
            return self.render_report(request, record, 400, columns=form)
        known = _understood(form.names.values(), words_of(record))
        changed = {name: meaning for name, meaning in form.chosen().items() if known[name] != meaning}
        others = {name: meaning for name, meaning in record.mapping.items() if name not in known}
        record.mapping = others | changed
        return None

    @step
    def answers_view(self, request, record):
        report_view = report_view_of(record)
        keys = set(request.POST.getlist("key"))
        questions = [question for question in report_view.questions if question["key"] in keys]
        questions = questions[: QUESTIONS_ON_A_PAGE + len(report_view.questions_of_the_file)]
        form = AnswersForm(report_view.pending_questions(questions, request.user), record.decisions, request.POST)
        if not form.is_valid():
            asked = Paginator(questions, QUESTIONS_ON_A_PAGE).get_page(1)
            return self.render_report(request, record, 400, answers=form, questions=asked)
        report_view_of(record).keep_answers(questions, form.decisions())
        return None

    @step
    def constants_view(self, request, record):
        """What holds for all rows, in columns that the list lacks."""
        form = ConstantsForm(record.report.get("lacks", ()), request.POST)
        if not form.is_valid():
            return self.render_report(request, record, 400, constants=form)
        texts = {code: text for code, text in form.cleaned_data.items() if text}
        report_view_of(record).keep_constants(texts)
        return None

    @step
    def read_view(self, request, record):
        """Reads a sheet anew whose reading was cut short."""

    @step
    def recipe_view(self, request, record):
        return self.change_by_recipe(request, record)

    @step
    def again_view(self, request, record):
        """Forgets an answer, or all that were given so far."""
        report_view_of(record).forget_answers(request.POST.getlist("key"))

    # --- it is applied, and perhaps taken back -----------------------------------------------------------------------

    def apply_view(self, request, pk):
        record = self.record_for(request, pk)
        if request.method != "POST":
            return redirect(self.address(record))
        publish, only_good = bool(request.POST.get("publish")), request.POST.get("what") == "good"
        missing = report_view_of(record).missing_rights(request.user, *([publish_right(record)] if publish else []))
        if missing:
            return self.render_report(request, record, 403, missing_rights=missing)
        if record.is_open and request.POST.get("plan") != record.plan_digest:
            messages.add_message(request, *RESULT_MESSAGES["changed"])
            return redirect(self.address(record))
        return self._apply(request, record, publish, only_good)

    def _apply(self, request, record, publish, only_good):
        said = {"publish": publish, "only_good": only_good}

        def work(progress):
            try:
                with reviewed():
                    outcome = apply_import(record, request.user, **said, progress=progress)
            except NeedsReview:
                hand_in_import(record, request.user, **said)
                return {"code": "handed-in"}
            if outcome.result == "applied":
                self.log_change(request, record, pgettext("import", "applied"))
            return {"code": outcome.result}

        return self.carry_out(request, record, APPLY, work)

    def carry_out(self, request, record, what, work):
        """Does some work with an import, at once or, if the import is large, beside this request."""
        if work_on(record):  # a second click, or a second person
            return redirect(self.address(record))
        if is_large(record):
            do_beside(record, what, work)
            return redirect(self.address(record))
        try:
            told = work(lambda share: None)
        except IntegrityError:
            told = {"code": "at-once"}
        except FileNotFoundError:
            told = {"code": "gone"}
        return self.tell(request, record, told)

    def tell(self, request, record, told):
        """Says above the next page what came of some work, and leads there."""
        record.refresh_from_db()
        level, text = RESULT_MESSAGES[told["code"]]
        if told["code"] == "applied":
            count = report_view_of(record).writes
            text = ngettext("%(count)s row was applied.", "%(count)s rows were applied.", count)
            told |= {"count": number(count)}
        messages.add_message(request, level, text % told)
        if told["code"] == "undone-in-part":
            return redirect("admin:partners_sheetimport_undo", record.pk)
        return redirect(self.address(record))

    def undo_view(self, request, pk):
        record = self.record_for(request, pk)
        if record.state != SheetImport.State.APPLIED or work_on(record):
            return redirect(self.address(record))
        report_view, plan = report_view_of(record), plan_undo(record)
        missing = report_view.missing_rights(request.user)
        form = UndoForm(plan.staying, record, request.POST or None, user=request.user)
        if request.method == "POST" and not missing and form.is_valid():
            return self._undo(request, record, form)
        context = {"original": record, "report_view": report_view, "missing_rights": missing}
        context |= {"plan": plan, "form": form}
        return self.page(
            request, "admin/partners/import_undo.html", _("Undo an import"), 403 if missing else 200, **context
        )

    def _undo(self, request, record, form):
        chosen = {"also": form.chosen(UNDO), "keep": form.chosen(KEEP)}

        def work(progress):
            try:
                with reviewed():
                    undone, plan = undo_import(record, request.user, **chosen, progress=progress)
            except NeedsReview:
                hand_in_undo(record, request.user, **chosen)
                return {"code": "handed-in"}
            self.log_change(request, undone, pgettext("import", "undone"))
            if plan.is_complete:
                return {"code": "undone"}
            return {"code": "undone-in-part", "given": number(len(plan.going)), "left": number(len(plan.staying))}

        return self.carry_out(request, record, UNDO_IT, work)

    def columns_form(self, record, data=None):
        words, report_view = words_of(record), report_view_of(record)
        samples = {sample["name"]: sample for sample in record.report.get("columns", [])}
        names = list(samples or filter(None, _names_found(report_view)))
        offered = _offered(names, words, record.mapping, samples if report_view.is_refused else {})
        return ColumnsForm(names, offered, samples, words.by_code, data) if names else None


def _names_found(report_view):
    """The names in the likeliest header, where none was recognized, or of a sheet that was refused before its rows."""
    report = report_view.report
    return report.get("headers") or (report.get("choices", []) if report_view.code == "no-header" else [])


def _understood(names, words):
    """{name of a column: what it is taken to mean, as a choice of the form, or None}."""
    return dict.fromkeys(names) | _choices(Headings(words).known(names), words)


def _offered(names, words, mapping, samples):
    """{name of a column: what it means, or likely means by its name or by what stands in it, as a choice}."""
    headings = Headings(words, mapping)
    by_content = {name: (samples[name]["code"], "en") for name in names if samples and samples[name]["code"]}
    answered = {name for name in names if key_of(name) in headings.mapping}
    likely = {name: meaning for name, meaning in by_content.items() if name not in answered}
    return _choices(likely | headings.guesses(names) | headings.known(names), words)


def _choices(meanings, words):
    known = {name: meaning for name, meaning in meanings.items() if meaning[0] in words.by_code}
    return {name: meaning_of(words.by_code[code], language) for name, (code, language) in known.items()}

"""The staff's pages on which a sheet of agreements is brought in, looked at, applied and taken back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from krakow_intl.core import audit
from krakow_intl.core.admin.history import NOTHING, user_name
from krakow_intl.core.admin.records import RecordChangeList
from krakow_intl.core.display import number
from krakow_intl.core.internal import hidden_columns
from krakow_intl.core.workbooks import FORMATS, Page, book_response, file_response
from krakow_intl.imports.exports import blank_pages, explained_list
from krakow_intl.imports.nouns import NOUNS
from krakow_intl.imports.writing.marked_copy import marked_copy
from krakow_intl.review.decisions import REVIEW
from partners.admin.import_books import BookSteps, lists_of_workbook, nouns_for
from partners.admin.import_forms import AnswersForm, ConstantsForm, SheetForm, UploadForm
from partners.admin.import_ledger import REASONS
from partners.admin.import_outcome import import_outcome
from partners.admin.import_recipes import RecipeSteps
from partners.admin.import_report import OUTCOMES, counted
from partners.admin.import_review import pending_of
from partners.admin.import_steps import GONE, QUESTIONS_ON_A_PAGE, Steps, publish_right
from partners.admin.list_report import report_view_of
from partners.blank_sheets import blank_response, explained_columns, explanations_response
from partners.imports.lists import AGREEMENTS, imports_seen_by
from partners.imports.writing.applying import IMPORT, is_read, plan_of, read_before, store_upload
from partners.imports.writing.background import read_sheet, told_of, work_on
from partners.imports.writing.cleanup import forget_imports
from partners.models import SheetImport

ROWS_ON_A_PAGE = 50
REFRESH_SECONDS = "2"


@admin.register(SheetImport)
class SheetImportAdmin(Steps, RecipeSteps, BookSteps, admin.ModelAdmin):
    """Nothing is edited here: a sheet comes in, is looked at, and is applied or forgotten."""

    change_list_template = "admin/partners/import_list.html"
    list_display = ("taken_in", "told_state", "name", "told_list", "told_counts", "applied")
    list_display_links = ("name",)
    list_filter = ("state",)
    list_select_related = ("uploaded_by", "applied_by")
    search_fields = ("name", "digest")

    def get_queryset(self, request):
        seen = imports_seen_by(request.user, super().get_queryset(request))
        return seen.defer("report", "decisions", "mapping")

    def get_changelist(self, request, **kwargs):
        return RecordChangeList

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": capfirst(self.opts.verbose_name_plural)})

    @admin.display(description=_("list"), ordering="noun")
    def told_list(self, record):
        return NOUNS[record.noun].title() if record.noun in NOUNS else _("all lists")

    @admin.display(description=_("state"), ordering="state")
    def told_state(self, record):
        is_read = record.counts.get("rows") or not record.is_open
        return record.get_state_display() if is_read else pgettext("import", "not read")

    @admin.display(description=_("rows"))
    def told_counts(self, record):
        totals = [f"{number(count)} {word}" for _outcome, word, count in counted(record.counts) if count]
        return ", ".join(totals) or NOTHING

    @admin.display(description=pgettext_lazy("import", "taken in"), ordering="uploaded_at")
    def taken_in(self, record):
        return _moment(pgettext("import", "taken in"), record.uploaded_at, record.uploaded_by)

    @admin.display(description=pgettext_lazy("import", "applied"), ordering="applied_at")
    def applied(self, record):
        return _moment(pgettext("import", "applied"), record.applied_at, record.applied_by)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        """Whoever looks at what others wrote sees imports too."""
        return request.user.has_perm(IMPORT) or request.user.has_perm(REVIEW)

    def has_add_permission(self, request):
        return request.user.has_perm(IMPORT)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view, name = self.admin_site.admin_view, "partners_sheetimport_{}".format
        steps = {
            "sheet": self.sheet_view,
            "columns": self.columns_view,
            "answers": self.answers_view,
            "constants": self.constants_view,
        }
        steps |= {"list": self.list_view, "recipe": self.recipe_view, "keep": self.keep_view, "read": self.read_view}
        steps |= {"again": self.again_view, "apply": self.apply_view, "undo": self.undo_view}
        return [
            path("blank/<slug:kind>/", view(require_safe(self.blank_view)), name=name("blank")),
            path("columns/<slug:kind>/", view(require_safe(self.explanations_view)), name=name("explanations")),
            path("<int:pk>/bad-rows/<slug:kind>/", view(require_safe(self.bad_rows_view)), name=name("bad_rows")),
            path("<int:pk>/marked/", view(require_safe(self.marked_view)), name=name("marked")),
            *(path(f"<int:pk>/{step}/", view(page), name=name(step)) for step, page in steps.items()),
            *super().get_urls(),
        ]

    def address(self, record):
        return reverse("admin:partners_sheetimport_change", args=[record.pk])

    def record_for(self, request, pk):
        if not (self.has_add_permission(request) if request.method == "POST" else self.has_view_permission(request)):
            raise PermissionDenied
        record = get_object_or_404(SheetImport, pk=pk)
        if not self.may_see(request.user, record):
            raise PermissionDenied
        return record

    @staticmethod
    def may_see(user, record):
        """Whether a person may see what stands in the list of an import."""
        nouns = [NOUNS[record.noun]] if record.noun in NOUNS else NOUNS.values()
        if record.uploaded_by != user and any(hidden_columns(user, noun.model) for noun in nouns):
            return False  # a file holds more than a person is told of it
        return record.noun == AGREEMENTS or all(noun.may_see(user) for noun in nouns)

    def page(self, request, template, title, status=200, **context):
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, context, status=status)

    # --- a file comes in ---------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        nouns, name = nouns_for(request.user), self.noun_asked_for(request)
        sent = ({"noun": name} | request.POST.dict(), request.FILES) if request.method == "POST" else ()
        form = UploadForm(nouns, *sent, initial={"noun": name})
        if form.is_valid():
            return self._take_in(request, form.cleaned_data["file"], form.cleaned_data["noun"])
        is_of_agreements = name == AGREEMENTS
        title = _("Bring in a sheet of agreements") if is_of_agreements else _("Bring in a list")
        columns = explained_columns() if is_of_agreements else explained_list(NOUNS[name], request.user)
        context = {"form": form, "columns": columns, "noun": name, "nouns": nouns}
        return self.page(request, "admin/partners/import_upload.html", title, **context)

    def noun_asked_for(self, request):
        """The list that the address names, if the person may bring it in; else that of agreements."""
        name = request.GET.get("list")
        return name if name in [noun.name for noun in nouns_for(request.user)] else AGREEMENTS

    def _take_in(self, request, file, noun):
        forget_imports()
        record = store_upload(file.read(), file.name, request.user, noun)
        read_sheet(record)
        self.log_addition(request, record, pgettext("import", "taken in"))
        return redirect(self.address(record))

    def blank_view(self, request, kind):
        return self._download(request, kind, blank_response, slice(None))

    def explanations_view(self, request, kind):
        return self._download(request, kind, explanations_response, slice(1, None))

    def _download(self, request, kind, respond, pages):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if kind not in FORMATS:
            raise Http404
        name = self.noun_asked_for(request)
        if name == AGREEMENTS:
            return respond(kind)
        return book_response(blank_pages(NOUNS[name], request.user)[pages], kind, name)

    # --- it is looked at ---------------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.record_for(request, object_id)
        if work := work_on(record):
            return self._working_page(request, record, *work)
        if told := told_of(record):
            return self.tell(request, record, told)
        return self.render_report(request, record)

    def _working_page(self, request, record, what, share):
        """What is seen while a large sheet is worked on: it asks again by itself, with JavaScript or without."""
        context = {"original": record, "is_letter": True, "what": what, "share": share, "percent": round(share * 100)}
        response = self.page(request, "admin/partners/import_reading.html", record.name, **context)
        response["Refresh"] = REFRESH_SECONDS
        return response

    def render_report(self, request, record, status=200, **given):
        report_view = report_view_of(record)
        action = request.GET.get("rows") if request.GET.get("rows") in OUTCOMES else None
        page = Paginator(report_view.rows(action), ROWS_ON_A_PAGE).get_page(request.GET.get("p"))
        context = {
            "original": record,
            "is_letter": True,
            "report_view": report_view,
            "action": action,
            "page": page,
            "rows": [*report_view.display_rows(page.object_list)],
            "earlier": self._earlier(record),
            "missing_rights": report_view.missing_rights(request.user) if self.has_add_permission(request) else [],
            "may_publish": request.user.has_perm(publish_right(record)),
            "written": import_outcome(record),
            "pending": pending_of(record),
            "may_import": self.has_add_permission(request),
            "is_unread": record.is_open and not is_read(record),
            "lists": lists_of_workbook(record, request.user),
        }
        context |= self.recipe_forms(record) if self.has_add_permission(request) else {}
        if record.is_open and self.has_add_permission(request):
            context |= self._forms(request, record, report_view)
        return self.page(request, "admin/partners/import_detail.html", record.name, status, **context | given)

    @staticmethod
    def _earlier(record):
        """Another import that read these very bytes into the register."""
        earlier = read_before(record.digest, record.noun)
        return None if earlier == record else earlier

    def _forms(self, request, record, report_view):
        questions = Paginator(report_view.questions_of_rows, QUESTIONS_ON_A_PAGE).get_page(request.GET.get("q"))
        of_the_file = report_view.pending_questions(report_view.questions_of_the_file, request.user)
        return {
            "questions": questions,
            "answers": AnswersForm(report_view.pending_questions(questions, request.user), record.decisions),
            "answers_of_the_file": AnswersForm(of_the_file, record.decisions),
            "sheets": SheetForm(record.report["choices"]) if report_view.is_choice else None,
            "columns": self.columns_form(record),
            "constants": ConstantsForm(codes) if (codes := record.report.get("lacks")) else None,
        }

    def bad_rows_view(self, request, pk, kind):
        record = self.record_for(request, pk)
        report_view = report_view_of(record)
        if kind not in FORMATS or not report_view.rows():
            raise Http404
        rows = report_view.bad_rows()
        audit.note("download", "handed-out", what=audit.name_of(record), part="bad rows", format=kind)
        return book_response([Page(pgettext("sheet", "To correct"), rows)], kind, pgettext("file name", "to-correct"))

    def marked_view(self, request, pk):
        """The sheet with each cell marked by what became, or would become, of it."""
        record = self.record_for(request, pk)
        try:
            plan = plan_of(record)
        except FileNotFoundError:
            messages.error(request, GONE)
            return redirect(self.address(record))
        if plan.ledger is None:
            raise Http404
        audit.note("download", "handed-out", what=audit.name_of(record), part="marked copy", format="xlsx")
        name = pgettext("file name", "marked")
        return file_response(marked_copy(plan, REASONS), "xlsx", name)


def _moment(what, when, user):
    """When something was done, and below it by whom; `what` is shown where the list has no heads of columns."""
    if not when:
        return NOTHING
    day = date_format(localtime(when), "j E Y, H:i")
    return format_html('<span class="moment__what">{} </span>{}<br>{}', what, day, user_name(user) if user else "")

"""Answers that come with a sheet, as a program gives them: taken one after the other, as their questions are asked."""

from django.utils.translation import gettext as _

from krakow_intl.imports.writing.reporting import kept_report
from partners.admin.import_forms import CityForm
from partners.admin.list_report import report_view_of
from partners.imports.planning.messages import remark
from partners.imports.reading.cities import NEW_CITY
from partners.imports.reading.constants import TYPED, typed_day

MAX_ROUNDS = 20  # one answer may raise another question, which is no endless chain


class AnswerRefusedError(ValueError):
    """An answer that is not offered."""


def answered(plan_by, record, answers):
    """The plan of a file by these answers, which its import then holds; AnswerRefusedError on one not offered.

    `plan_by(decisions)` plans the file; `answers` are {key of a question: the value of a choice, or the description of
    a new city}.
    """
    plan = plan_by(record.decisions)
    for _round in range(MAX_ROUNDS):
        asked = [key for key in plan.questions if key in answers and key not in record.decisions]
        if not asked:
            break
        given = {key: _checked(key, answers[key], plan.questions[key]) for key in asked}
        record.report = kept_report(plan, "")
        view = report_view_of(record)
        view.keep_answers([question for question in view.questions if question["key"] in given], given)
        plan = plan_by(record.decisions)
    unasked = [] if plan.is_refused else sorted(answers.keys() - record.decisions.keys())
    plan.messages += [remark("not-asked", value=key) for key in unasked]
    return plan


def _checked(key, answer, question):
    """An answer that is offered; a new city is described as in the form."""
    offered = [value for value, _label in question.choices]
    if isinstance(answer, dict) and NEW_CITY in offered:
        form = CityForm(answer)
        if form.is_valid():
            return form.described()
        reasons = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in form.errors.items())
        raise AnswerRefusedError(f"{key}: {reasons}")
    if key == TYPED and (day := typed_day(answer)):
        return str(day)
    if not isinstance(answer, str) or answer not in offered or answer == NEW_CITY:
        text = _("“%(answer)s” is no answer to “%(key)s”. Answers are: %(offered)s.")
        raise AnswerRefusedError(text % {"answer": answer, "key": key, "offered": ", ".join(offered)})
    return answer

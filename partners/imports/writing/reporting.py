"""The report of an import: the contract in which programs read it, and the form in which it is kept."""

from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.sheets.messages import column_letters, ranges
from partners.event_words import code_of
from partners.imports.planning.plan import Action

LANGUAGES = ("pl", "en")


def report_of(plan, name, *, applied=False, import_id=None):
    """The report as a dictionary that can be written as JSON; its texts are in the active language."""
    sheet = plan.sheet
    return {
        "file": name,
        "sheet": (sheet and sheet.name) or None,
        "encoding": sheet and sheet.encoding,
        "delimiter": sheet and sheet.delimiter,
        "header_row": sheet and sheet.header_row,
        **plan.counts,
        "applied": applied,
        "import_id": import_id,
        "plan": [_row(planned) for planned in plan.rows],
        "messages": [_message(message, str(message.text)) for message in plan.messages],
        "questions": [_question(question) for question in plan.questions.values()],
        "ledger": plan.ledger and _ledger(plan.ledger),
    }


def status_of(plan):
    """The exit status: 0 clean, 1 something refused or doubtful, 2 the file refused as a whole."""
    return 2 if plan.is_refused else 0 if plan.is_clean else 1


def kept_report(plan, name):
    """The report as it is kept with an import: texts in both languages, and what changes and what is asked."""
    report = report_of(plan, name)
    texts = {language: _texts(plan, language) for language in LANGUAGES}
    for number, message in enumerate(report["messages"]):
        message["text"] = {language: texts[language]["messages"][number] for language in LANGUAGES}
    for row, planned in zip(report["plan"], plan.rows, strict=True):
        row |= {"title": _title(planned), "changes": _changes(planned), "cells": _cells(planned)}
    lists = {id(question.choices): question.choices for question in plan.questions.values()}
    places = {key: place for place, key in enumerate(lists)}
    report["lists"] = [_labelled(choices) for choices in lists.values()]
    report["questions"] = [
        {
            "key": question.key,
            "rows": question.rows,
            "text": {language: texts[language]["questions"][question.key] for language in LANGUAGES},
            "list": places[id(question.choices)],
        }
        for question in plan.questions.values()
    ]
    report["headers"] = list(plan.sheet.headers) if plan.sheet else []
    report["choices"] = list(plan.choices)
    return report


def _texts(plan, language):
    with override(language):
        return {
            "messages": [str(message.text) for message in plan.messages],
            "questions": {key: str(question.text) for key, question in plan.questions.items()},
        }


def _labelled(choices):
    """{language: [value, label] of each choice}; many questions offer the same, and it is kept once."""
    labelled = {}
    for language in LANGUAGES:
        with override(language):
            labelled[language] = [[value, str(label)] for value, label in choices]
    return labelled


def _row(planned):
    agreement = planned.agreement
    return {
        "row": planned.number,
        "action": planned.action.value,
        "agreement": agreement.slug if agreement is not None else None,
        "values": planned.row.values,
    }


def _question(question):
    return {"key": question.key, "rows": question.rows, "text": str(question.text)}


def _ledger(ledger):
    return {"cells": ledger.cells, "read": ledger.read, "left_out": list(map(_left_out, ledger.left_out))}


def _left_out(some):
    """Cells that were left out for one reason: of a column "C", of rows "5, 8–10"."""
    return {
        "sheet": some.sheet or None,
        "code": some.code,
        "column": some.column and column_letters(some.column),
        "rows": ranges(some.rows),
        "cells": some.cells,
        "values": some.samples(),
    }


def _message(message, text):
    names = ("row", "column", "value", "level", "code")
    return {name: getattr(message, name) for name in names} | {"text": text}


def _title(planned):
    agreement = planned.agreement
    if agreement is None:
        return planned.row.facts.get("title_pl") or planned.row.facts.get("title_en") or ""
    return agreement.title_pl or agreement.title_en


def _changes(planned):
    """[attribute, old, new] of what a row changes, in the form it is stored."""
    if planned.action == Action.NEW or planned.agreement is None or planned.agreement.pk is None:
        return []
    plain = [[name, _plain(old), _plain(new)] for name, (old, new) in planned.changes.items()]
    related = [[name, list(old), list(new)] for name, (old, new) in planned.shown.items()]
    links = [["links", link and link.verb, [verb, earlier.slug]] for verb, earlier, link in planned.links]
    events = [["events", before, code_of(event)] for event, before in planned.events]
    return [*plain, *related, *links, *events]


def _plain(value):
    return value if value is None or isinstance(value, int | PartialDate) else getattr(value, "slug", str(value))


def _cells(planned):
    """What the row holds, as it was read: to give the bad rows back."""
    if planned.action in (Action.REFUSED, Action.DOUBTFUL):
        return [cell if isinstance(cell, int | float | str | type(None)) else str(cell) for cell in planned.row.cells]
    return []

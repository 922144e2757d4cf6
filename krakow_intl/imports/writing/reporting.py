"""The report of an import: the contract in which programs read it, and the form in which it is kept."""

from dataclasses import asdict

from django.utils.translation import override

from krakow_intl.sheets.messages import column_letters, ranges

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
        "plan": [planned.reported() for planned in plan.rows],
        "messages": [_message(message, str(message.text)) for message in plan.messages],
        "questions": [*_questions(plan)],
        "lists": [[[value, str(label)] for value, label in choices] for choices in lists_of(plan)],
        "ledger": plan.ledger and _ledger(plan.ledger),
    }


def for_programs(report, plan):
    """A report in which rows of a list in several parts are named as spreadsheets do: "Niemcy!5"."""
    if plan.sheet and plan.sheet.prefixes:
        for one in [*report["plan"], *report["messages"]]:
            one["row"] = one["row"] and str(one["row"])
        for question in report["questions"]:
            question["rows"] = [*map(str, question["rows"])]
    return report


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
        row |= {"title": planned.title, "changes": planned.reported_changes(), "cells": planned.cells_to_give_back}
        row |= {"publishes": planned.publishes.value} if planned.publishes else {}
    report["lists"] = [_labelled(choices) for choices in lists_of(plan)]
    for question in report["questions"]:
        question["text"] = {language: texts[language]["questions"][question["key"]] for language in LANGUAGES}
    report["headers"] = list(plan.sheet.headers) if plan.sheet else []
    report["choices"] = list(plan.choices)
    report["worksheets"] = list(plan.worksheets)
    report["names"] = plan.names_found
    report["prefixes"] = plan.sheet.prefixes if plan.sheet else []
    report["columns"] = [asdict(sample) for sample in plan.samples]
    return report | plan.kept()


def _texts(plan, language):
    with override(language):
        return {
            "messages": [str(message.text) for message in plan.messages],
            "questions": {key: str(question.text) for key, question in plan.questions.items()},
        }


def _labelled(choices):
    """{language: [value, label] of each choice}."""
    labelled = {}
    for language in LANGUAGES:
        with override(language):
            labelled[language] = [[value, str(label)] for value, label in choices]
    return labelled


def lists_of(plan):
    """The lists of what the questions of a plan may be answered with; many questions share one."""
    return list({id(question.choices): question.choices for question in plan.questions.values()}.values())


def _questions(plan):
    places = {id(choices): place for place, choices in enumerate(lists_of(plan))}
    for question in plan.questions.values():
        place = places[id(question.choices)]
        yield {"key": question.key, "rows": question.rows, "text": str(question.text), "list": place}


def _ledger(ledger):
    counts = {"cells": ledger.cells, "read": ledger.read}
    return counts | {"left_out": list(map(_left_out, ledger.left_out)), "forms": list(map(_form, ledger.forms))}


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


def _form(seen):
    """Cells whose form was seen but not understood."""
    told = {"sheet": seen.sheet or None, "code": seen.code, "value": seen.value or None}
    return told | {"rows": ranges(seen.rows), "cells": seen.cells}


def _message(message, text):
    names = ("row", "column", "value", "level", "code")
    return {name: getattr(message, name) for name in names} | {"text": text}

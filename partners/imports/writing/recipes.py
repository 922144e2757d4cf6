"""What was said of a file, kept as a recipe to be said of the next one with the same columns."""

import hashlib

from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets.parts import SHEET_COLUMN
from partners.models import Recipe

OF_ONE_ROW = ("agreement", "conflict")  # the first part of the keys of answers that hold for one file alone
WITHOUT_NAMES_ABOVE = (":0-0", ":turned")  # the ends of what is said of a list without names, or of one that is turned
ASKED = "asked"  # the key under which the questions are kept with their answers


def columns_of(record):
    """The fingerprint of the columns of an import, in whatever order; "" where none were found."""
    report = record.report
    names = [column["name"] for column in report.get("columns", [])] or report.get("names") or report.get("choices", [])
    keys = sorted({key_of(name) for name in names if name != SHEET_COLUMN})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest() if keys else ""


def is_worth_keeping(record):
    """Whether anything was said of a file that may hold for the next one."""
    return bool(record.sheet or record.mapping or _of_every_file(record.decisions))


def keep_recipe(record, name, user):
    """Keeps what was said of an import under a name, in place of what was kept under it before."""
    asked = record.decisions.get(ASKED, {})
    kept = [_of_every_file(answers) for answers in (record.decisions, asked)]
    if record.mapping and not str(record.decisions.get("header", "")).endswith(WITHOUT_NAMES_ABOVE):
        for answers in kept:  # the names that were explained are found wherever they stand in the next file
            answers.pop("header", None)
    said = {"sheet": record.sheet, "mapping": record.mapping, "made_by": user, "columns": columns_of(record)}
    said["decisions"] = kept[0] | {ASKED: kept[1]}
    return Recipe.objects.update_or_create(name=name, defaults=said)[0]


def use_recipe(record, recipe):
    """Says of an import what a recipe says; what was said of single rows stays."""
    asked = record.decisions.get(ASKED, {}) | recipe.decisions.get(ASKED, {})
    record.sheet, record.mapping = recipe.sheet, recipe.mapping
    record.decisions = record.decisions | recipe.decisions | {ASKED: asked}


def recipes_for(record):
    """All recipes, those of the columns of an import first."""
    columns = columns_of(record)
    return sorted(Recipe.objects.defer("decisions", "mapping"), key=lambda recipe: recipe.columns != columns)


def _of_every_file(answers):
    return {key: answer for key, answer in answers.items() if key.split(":")[0] not in (*OF_ONE_ROW, ASKED)}

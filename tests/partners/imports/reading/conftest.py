"""Rows that are read in memory, by the words with which the register begins."""

import json
from functools import cache

import pytest
from django.conf import settings

from krakow_intl.core.sorting import name_key
from krakow_intl.imports.reading.headings import Headings
from krakow_intl.sheets.messages import Row, Sheet
from partners.imports.planning.plan import Plan
from partners.imports.reading.rows import RowReader
from partners.imports.reading.vocabulary import Vocabulary, known_names


@cache
def words_of_the_fixtures():
    fields = [row["fields"] for row in json.loads((settings.FIXTURES_DIR / "12-sheet-aliases.json").read_text())]
    return [(one["about"], name_key(one["text"]), one["meaning"]) for one in fields if one["about"] != "column"]


def vocabulary_in_memory():
    vocabulary = Vocabulary(columns=known_names())
    vocabulary._load_choices()
    for about, key, meaning in words_of_the_fixtures():
        vocabulary.words[about][key] = meaning
    return vocabulary


@pytest.fixture(scope="session")
def read_in_memory():
    """(rows as they were understood, {key: Question}, the reader) of a sheet."""

    def read(header, *rows, decisions=None):
        vocabulary, plan = vocabulary_in_memory(), Plan()
        headings, _remarks = Headings(vocabulary).read(header)
        lines = [Row(number, list(row)) for number, row in enumerate(rows, 2)]
        reader = RowReader(Sheet("csv", header, lines, 1), headings, vocabulary, decisions or {}, plan.questions.ask)
        return reader.read(), plan.questions, reader

    return read

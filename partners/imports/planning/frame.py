"""What a person says of a sheet of agreements as a whole: what the names of its sheets mean."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.planning.frame import reading
from krakow_intl.sheets.messages import fill, listed
from krakow_intl.sheets.parts import SHEET_COLUMN
from partners.imports.reading.columns import BY_CODE

SHEETS = "sheets"  # the key of the question
NOT_READ = "-"


def meaning_of_sheets(decisions):
    """What the names of sheets mean, as part of a mapping of columns."""
    meaning = decisions.get(SHEETS)
    return {SHEET_COLUMN: f"{meaning}:en"} if isinstance(meaning, str) and meaning in BY_CODE else {}


def is_doubtful_header(plan, decisions):
    """Whether nobody said where the names stand, and few of those that were found are known."""
    return not reading(decisions)["header"] and 2 * len(plan.headings) < len(plan.samples)


def ask_about_sheets(plan, decisions):
    """Asks whether the names of the sheets say something of their rows, where they look like it."""
    sample = next((sample for sample in plan.samples if sample.name == SHEET_COLUMN and sample.code), None)
    if sample and decisions.get(SHEETS) is None and not any(heading.code == sample.code for heading in plan.headings):
        text = _("The sheets are called %(names)s. Is that “%(meaning)s”, for all rows of each?")
        meaning = BY_CODE[sample.code].both_names
        choices = [(sample.code, fill(_("yes, it is “%(meaning)s”"), meaning=meaning)), (NOT_READ, _("no"))]
        plan.questions.ask_of_file(SHEETS, fill(text, names=listed(sample.values), meaning=meaning), lambda: choices)

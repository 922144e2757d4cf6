"""The import of a list by the name of its noun: agreements by their own law, all others as they are declared."""

from krakow_intl.core.internal import hidden_columns
from krakow_intl.imports.books import ALL
from krakow_intl.imports.nouns import NOUNS
from krakow_intl.imports.planning.lists import plan_list
from krakow_intl.imports.writing.records import write_list
from krakow_intl.imports.writing.undo_units import WHOLE
from partners.imports.planning.planner import plan_import
from partners.imports.reading.columns import is_of_workbook
from partners.imports.reading.learnt import learnt_names
from partners.imports.reading.vocabulary import Vocabulary
from partners.imports.writing.writer import Writer
from partners.models import Agreement, SheetAlias

AGREEMENTS = "agreements"


def imports_seen_by(user, imports):
    """Of a queryset of imports those of lists that a person may see."""
    hidden = [noun.name for noun in NOUNS.values() if not noun.may_see(user)]
    others = [name for name in hidden if name != AGREEMENTS]
    return imports.exclude(noun__in=[*others, *([ALL] if hidden else [])])


def is_of_agreements(record):
    """Whether an import is of a list of agreements, as their own law has it, or of one that is no more."""
    return record.noun == AGREEMENTS or record.noun not in {*NOUNS, ALL}


def plan_noun(name, source, *, user=None, **options):
    """The plan of a list in a file; columns that `user` may not see are not read."""
    if name == AGREEMENTS:
        return plan_import(source, user=user, **options)
    noun = NOUNS[name]
    return plan_list(noun, source, user=user, learnt=learnt_names(noun), **options)


def write_plan(record, plan, stamp, progress=lambda share: None):
    """Writes the plan of an import; a workbook of all lists was written while it was planned."""
    if record.noun == ALL:
        return
    if is_of_agreements(record):
        Writer(plan, stamp).write(progress)
    else:
        write_list(plan, stamp)
        progress(1)


def words_of(record):
    """What the names of columns mean in the list of an import."""
    if is_of_agreements(record):
        vocabulary = Vocabulary.load()
        vocabulary.withhold(hidden_columns(record.uploaded_by, Agreement))
        if is_of_workbook(record.report.get("headers", ())):
            vocabulary.know_workbook()
        return vocabulary
    noun = NOUNS[record.noun]
    return noun.words(record.uploaded_by, learnt_names(noun))


def parts_of(record, of_agreements):
    """What an import wrote, as an undoing needs it; `of_agreements` is that of agreements."""
    if is_of_agreements(record):
        return of_agreements
    if record.noun == ALL:
        return {model: column for noun in NOUNS.values() for model, column in noun.parts.items()}
    return {SheetAlias: WHOLE} | NOUNS[record.noun].parts

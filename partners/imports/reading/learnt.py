"""What staff said of unknown columns of lists other than agreements, kept among the words in sheets: "cities: Land"."""

from krakow_intl.core.sorting import name_key
from krakow_intl.imports.nouns import NOUNS
from partners.models import SheetAlias

MAX_NAME_LENGTH = SheetAlias._meta.get_field("text").max_length


def learnt_names(noun):
    """{key of a name: (code, language)} of the columns of a list."""
    known = SheetAlias.objects.filter(about=SheetAlias.About.COLUMN, meaning__startswith=f"{noun.name}.")
    stem = f"{name_key(noun.name)} "
    return {
        key.removeprefix(stem): (meaning.partition(".")[2], language or "en")
        for key, meaning, language in known.values_list("key", "meaning", "language")
    }


def as_word(noun, name, code):
    """(text, meaning) of the word in sheets under which a name of a column is kept."""
    return f"{noun.name}: {name}"[:MAX_NAME_LENGTH], f"{noun.name}.{code}"


def is_of_a_list(text, meaning):
    """Whether a word in sheets names a column of a list: "cities: Land" means "cities.country"."""
    name, _dot, code = meaning.partition(".")
    return name in NOUNS and text.startswith(f"{name}: ") and code in NOUNS[name].resource.fields

"""What heads the page of an agreement: its title, with whom and of which year, unless the title says so itself."""

from django.utils.translation import override, pgettext

from krakow_intl.core.sorting import words

LETTERS_OF_AN_ENDING = 3
LETTERS_OF_A_STEM = 4
WORDS_FOR_THE_PARTIES = {"krakow", "city", "cities"}  # "of the two cities" takes no "with Fez" after it


def heading(title, city, year, language, *, is_of_institutions=False):
    """ "Co-operation agreement with Kyiv, 1976"; `year` may be None, the words are those of `language`."""
    with override(language):
        if not names_city(title, city):
            title = _with_city(title, city, is_of_institutions)
        if year and str(year) not in words(title):
            title = pgettext("heading", "%(title)s, %(year)s") % {"title": title, "year": year}
    return title


def names_city(title, city):
    """Whether every word of the city's name stands in the title, in whatever case: "Lipsk" in "Radą Miasta Lipska"."""
    return all(any(word.startswith(_stem(name)) for word in words(title)) for name in words(city))


def _with_city(title, city, is_of_institutions):
    if is_of_institutions or WORDS_FOR_THE_PARTIES.intersection(words(title)):
        return pgettext("heading", "%(title)s: %(city)s") % {"title": title, "city": city}
    return pgettext("heading", "%(title)s with %(city)s") % {"title": title, "city": city}


def _stem(word):
    return word[: max(LETTERS_OF_A_STEM, len(word) - LETTERS_OF_AN_ENDING)]

"""What a text names that is no single date: two dates, a date among words, ten years or a day that nobody knew."""

import re

NAMED, FIRST, LAST, SHARED = "named", "first", "last", "shared"  # which date counts, as a person may answer
MAX_SIGNS = 6  # that may stand between two dates; "1976-12-12 - 1981-12-12" has five
MAX_WORDS = 6  # of a date among others: "w dniu 12 grudnia 1976 roku"
# a day, or a day and a month, that nobody knew: the "00" of "00.12.1976", the "xx.xx" of "xx.xx.1976"
UNKNOWN = "(?:0{1,2}|[x?_]{1,2})"
# a date of which a part is not known: "00.12.1976", "xx.xx.1976", "1976-12-00"
PARTLY_UNKNOWN = re.compile(
    rf"{UNKNOWN}[./-](?:{UNKNOWN}|(?P<month>[0-9]{{1,2}}))[./-](?P<year>[0-9]{{4}})"
    rf"|(?P<year_>[0-9]{{4}})[./-](?:{UNKNOWN}|(?P<month_>[0-9]{{1,2}}))[./-]{UNKNOWN}",
    re.I,
)
# what stands between two dates: the "-" of "1976-1980", the " i " of "12 i 13 maja 1996"
BETWEEN_DATES = re.compile(r"\s*(?:[-–—/;]|\b(?:i|oraz|and|do|to|bis|lub|albo|or|und|oder|et)\b)\s*")
# the figures of a day: the "14" of "14.05.1996"
A_DAY = re.compile("^[0-9]{1,2}(?![0-9])")
# the year that ends a date, with what leads to it: the ".1996" of "14.05.1996"
LAST_YEAR = re.compile(r"[\s.,/-]*[0-9]{4}[^0-9]*$")
# four figures: a year among words
A_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
# ten years or a hundred: "lata 70.", "w latach 70. XX w.", "1970s", "XX wiek", "20th century"
DECADE = re.compile(
    r"(?:w\s+)?lata(?:ch)?\s+\S+.*|(?:the\s+)?(?:[0-9]{4}|[0-9]0)['’]?s|[XVI]+\s*(?:w\.?|wiek)|\S+\s+century", re.I
)


def partly_unknown(text):
    """The year or the month that a date of unknown day is known by, as ISO text; None of other texts."""
    if not (found := PARTLY_UNKNOWN.fullmatch(text)):
        return None
    year, month = (found[name] or found[f"{name}_"] for name in ("year", "month"))
    return f"{year}-{month:>02}" if month else year


def two_dates(text, certain):
    """{which counts: its date} of a text that names a first and a last date: "1976-1980", "12 i 13 maja 1996".

    `certain` reads the date that a text is, or gives None.
    """
    signs = list(BETWEEN_DATES.finditer(text))
    for sign in signs if len(signs) <= MAX_SIGNS else ():
        left, right = text[: sign.start()], text[sign.end() :]
        right = f"{left[-4:-2]}{right}" if len(right) == 2 and A_YEAR.search(left) else right
        last = certain(right)
        first = last and _first(left, right, certain)
        if first and first.is_before(last):
            shared = next((first[:length] for length in (7, 4) if first[:length] == last[:length]), None)
            return {FIRST: first, LAST: last} | ({SHARED: type(first)(shared)} if shared else {})
    return {}


def _first(left, right, certain):
    """The first of two dates, which may leave out what the last one says: "12", "30.04"."""
    year = LAST_YEAR.search(right)
    forms = (left, left + A_DAY.sub("", right), left + (year[0] if year else ""))
    return next(filter(None, map(certain, forms)), None)


def among_words(text, certain):
    """{NAMED: the date} that begins or ends a text: "12.12.1976 (Kraków)", "wiosna 1976"."""
    words = text.split()
    for cut in range(max(1, len(words) - MAX_WORDS), len(words)):
        for part, rest in ((words[:-cut], words[-cut:]), (words[cut:], words[:cut])):
            if not A_YEAR.search(" ".join(rest)) and (day := certain(" ".join(part).strip(",;:"))):
                return {NAMED: day}
    return {}

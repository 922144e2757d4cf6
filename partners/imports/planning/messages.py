"""What is said of a row, a column or a whole sheet of agreements that is not plain."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.planning.messages import ON_MANY_ROWS, REMARKS, remark

__all__ = ["ON_MANY_ROWS", "REMARKS", "remark"]

# codes of messages that say themselves of which rows they speak
ON_MANY_ROWS |= {
    *("title-from-kind", "title-in-one-language", "relation-from-kind", "number-given", "one-cell"),
    *("legend-row", "fill", "more-fills"),
}
REMARKS |= {
    # the file as a whole
    "machine-export": (
        "error",
        _(
            "This is the register’s export for programs, which holds computed dates. To correct agreements in a "
            "spreadsheet download the list as a sheet instead."
        ),
    ),
    "one-cell": (
        "warning",
        _("Rows in which nothing but the city or the number is filled in were left out: %(rows)s."),
    ),
    # what is said by form
    "legend-row": ("warning", _("Rows that explain the colours of the list were left out: %(rows)s.")),
    "struck-row": (
        "decision",
        _(
            "The row is struck through. If the agreement ended, write in the column “%(events)s” when. Say whether the "
            "row is left out or taken in as it stands."
        ),
    ),
    "struck-text": (
        "decision",
        _("“%(value)s” is struck through, at least in part. Without that it says “%(rest)s”. Say what counts."),
    ),
    "legend": (
        "decision",
        _(
            "The row is filled with a colour (%(colour)s), of which the legend says “%(words)s”. Say what becomes of "
            "it."
        ),
    ),
    "fill": (
        "warning",
        _("Rows are filled with a colour (%(colour)s), and the file does not say what that means: %(rows)s."),
    ),
    "more-fills": (
        "warning",
        _("Rows are filled with %(count)s other colours, and the file does not say what these mean: %(rows)s."),
    ),
    "comment": ("warning", _("Cell %(cell)s has a comment, taken note of but not read: “%(comment)s”.")),
    "not-asked": ("warning", _("Nothing asks “%(value)s” of this file, so that answer was not used.")),
    # one row
    "several-agreements": (
        "decision",
        _("“%(value)s” seems to speak of %(count)s agreements. Say whether each becomes a row of its own."),
    ),
    "row-divided": (
        "warning",
        _("It was read as several agreements (rows %(rows)s). What stands there once holds for each: %(columns)s."),
    ),
    # one cell
    "missing-value": ("error", _("“%(column)s” is empty, and a new agreement needs it.")),
    "missing-date": (
        "error",
        _("The date of signing is empty. Write it, or “not recorded” if nobody knows it."),
    ),
    "too-many-words": (
        "error",
        _(
            "“%(column)s” holds %(count)s different words that are not known. Check whether it is the right column, "
            "or write one of: %(known)s."
        ),
    ),
    "unknown-source": (
        "warning",
        _("“%(value)s” is no source of the register and is kept as the passage. The sources are: %(known)s."),
    ),
    "period-for-date": (
        "decision",
        _("“%(value)s” in “%(column)s” is a length of time. Say which one, or write it in the column “%(guess)s”."),
    ),
    "length-alone": (
        "warning",
        _("Of “%(value)s” the length alone was taken (months: %(months)s). Keep the rest in the notes."),
    ),
    "contradictory-term": (
        "error",
        _("“%(column)s” says “%(value)s” but “%(other)s” says “%(said)s”, which cannot both be. Correct one of them."),
    ),
    "before-the-city": ("error", _("%(value)s lies before 1257, when Kraków became a city.")),
    "verb-without-agreement": (
        "error",
        _("“%(column)s” says how agreements hang together, but the row names no earlier agreement."),
    ),
    "agreement-without-verb": (
        "error",
        _("The row names an earlier agreement but not what it does to it. Write one of: %(known)s."),
    ),
    "unequal-links": (
        "error",
        _("%(agreements)s earlier agreements but %(verbs)s links: write as many of both, divided by “;”."),
    ),
    "unknown-agreement": (
        "error",
        _("“%(value)s” names no agreement of the register or of this file. Write its number or its date of signing."),
    ),
    "ambiguous-agreement": (
        "error",
        _("“%(value)s” names several agreements: %(known)s. Write the number of the right one."),
    ),
    "later-agreement": ("warning", _("“%(value)s” was signed later than the agreement that rests on it.")),
    "circular-link": ("error", _("“%(value)s” already rests on this agreement: the link would close a circle.")),
    "months-or-years": (
        "decision",
        _("“%(column)s” does not say in what its numbers, such as %(value)s, count: months, years or days. Say which."),
    ),
    "how-days-count": (
        "decision",
        _("“%(value)s” are days, but the register counts in months. Say what becomes of it."),
    ),
    "days-in-notes": ("warning", _("“%(value)s” are no whole months: they were put into the internal notes.")),
    # cities
    "unknown-city": ("decision", _("The register knows no city “%(value)s”. Say which one it is.")),
    "own-city": (
        "decision",
        _(
            "“%(value)s” is Kraków itself. If this is a list of the partners of another city, do not bring it in; "
            "otherwise say which city is meant, or leave the row out."
        ),
    ),
    "not-a-city": (
        "decision",
        _("“%(value)s” is a county or a region, not a city. Say under which city the agreement is filed."),
    ),
    "ambiguous-city": ("decision", _("“%(value)s” may be %(known)s. Say which one it is.")),
    "other-country": (
        "decision",
        _(
            "The country of “%(value)s” is %(country)s in the register but %(said)s in the row. "
            "Say which city is meant."
        ),
    ),
    "unknown-country": ("decision", _("“%(value)s” is no country the register knows. Confirm that the city is right.")),
    # dates
    "future-date": ("decision", _("The agreement would be signed on %(value)s, which is still to come. Confirm it.")),
    "in-force-before-signing": (
        "warning",
        _("The agreement would be in force from %(value)s, before it was signed on %(signed)s."),
    ),
    "end-and-length": (
        "warning",
        _(
            "The agreement ends on %(end)s, but %(months)s months from its start on %(start)s (“%(since)s”) end on "
            "%(counted)s. The recorded end counts."
        ),
    ),
    "coarser-date": ("warning", _("The register knows this date more exactly: %(known)s.")),
    "no-date": ("warning", _("The agreement has no date of signing.")),
    # agreements
    "which-agreement": (
        "decision",
        _("The row may speak of an agreement the register holds: %(known)s. Say which one it is."),
    ),
    "same-but-for-kind": (
        "decision",
        _("The row says the same as row %(other)s but for the kind. Say whether it is an agreement of its own."),
    ),
    "number-of-another": (
        "decision",
        _("Agreement number %(value)s is %(known)s, but the row speaks of another city. Say which agreement it is."),
    ),
    "number-of-known-agreement": (
        "error",
        _("The register knows this agreement under the number %(known)s, not %(value)s. Correct the number."),
    ),
    "event-kept": (
        "warning",
        _("The register also knows “%(known)s”, which stays. If that is wrong, delete it in the register."),
    ),
    "event-twice": (
        "warning",
        _("“%(event)s” is listed more than once and was counted once. If it happened twice, add it in the register."),
    ),
    "later-than-source": (
        "warning",
        _("“%(event)s” came after “%(source)s” was written: no source is recorded for it. Add one in the register."),
    ),
    "not-read": (
        "warning",
        _(
            "“%(column)s” is not read: it follows from the source, from checks and from events. "
            "The register knows the agreement up to %(known)s, not “%(value)s”."
        ),
    ),
    "english-texts": (
        "decision",
        _("“%(column)s” names a column of Polish texts, but what stands in it is English. Say what is right."),
    ),
    "polish-texts": (
        "decision",
        _("“%(column)s” names a column of English texts, but what stands in it is Polish. Say what is right."),
    ),
    "language-at-odds": (
        "warning",
        _(
            "“%(column)s” seems to be in the other language than its name says, though that one has a column of its "
            "own. Look at both; what is wrong need not be read: say so under the columns."
        ),
    ),
    "how-it-ended": (
        "decision",
        _("It is not said how the agreement ended. Say it once for all such rows, or add a column to the list."),
    ),
    "contradictory-event": (
        "error",
        _("“%(column)s” says “%(value)s” but “%(other)s” says “%(said)s”, which cannot both be. Correct one of them."),
    ),
    "reason-without-event": (
        "error",
        _("“%(column)s” says why, but the row tells of no event. Write what happened, and when."),
    ),
    "not-a-full-day": (
        "error",
        _("“%(value)s” is no day. Write the day of the check in full, such as 31.12.2005."),
    ),
    "check-to-come": ("error", _("%(value)s is still to come: nobody can have checked anything on that day.")),
    "other-signatories": (
        "error",
        _("“%(column)s” and “%(other)s” name other people, or in another order. Write the same ones in both."),
    ),
    "state-kept": (
        "warning",
        _("“%(value)s” needs the right to publish, and that somebody who has it says so: the state stays as it is."),
    ),
    "not-published": ("warning", _("It is not published: the title is missing in one language.")),
    "contradiction": ("error", _("Rows %(rows)s speak of the same agreement but contradict each other.")),
    "earlier-row-refused": (
        "error",
        _("The earlier agreement in row %(other)s is not taken in, so this row cannot be."),
    ),
    # what was taken to be meant
    "title-from-kind": ("warning", _("No title (rows: %(rows)s); the kind of agreement was taken for it.")),
    "title-in-one-language": (
        "warning",
        _("A title in one language only (rows: %(rows)s); add the other in the register."),
    ),
    "number-given": (
        "warning",
        _("Rows with a number that the register does not know: %(rows)s. The new agreements get these numbers."),
    ),
    "relation-from-kind": (
        "warning",
        _("It is not said what the agreement establishes (rows: %(rows)s); it was taken from its kind."),
    ),
}

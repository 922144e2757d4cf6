"""What an agreement is and how long it lasts: the first columns of the lists of agreements."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.resources import Column, Data, ListResource
from partners import cells

NARROW, WIDEST = 9, 50


class AgreementTermResource(ListResource):
    """The columns of an agreement itself, up to its term and its status on a day."""

    number = Column(
        "Numer",
        "Number",
        "number",
        meaning=_("The agreement’s number in the register. Leave it empty for a new agreement."),
        write=lambda agreement, _language: agreement.number,
        data=Data("id", attrgetter("number"), _("number of the agreement in the register")),
        width=NARROW,
    )
    city = Column(
        "Miasto",
        "City",
        "city",
        meaning=_("The city abroad, under any name the register knows, with or without diacritics."),
        write=cells.city,
        data=Data(
            "city",
            attrgetter("city.slug"),
            _("address word of the city the agreement is filed under; the same as in the table of cities"),
        ),
        is_required=True,
    )
    country = Column(
        "Kraj",
        "Country",
        "country",
        meaning=_("The country’s name or its code of two letters; it tells cities of one name apart."),
        write=cells.country,
        data=Data("country", attrgetter("city.country"), _("country, two letters of ISO 3166-1")),
    )
    kind = Column(
        "Rodzaj aktu",
        "Kind",
        "choice",
        "kind",
        meaning=_("What the agreement is."),
        choices="kind",
        data=Data("kind", attrgetter("kind"), _("kind of the agreement: twinning, partnership, protocol and so on")),
        is_required=True,
    )
    level = Column(
        "Poziom",
        "Level",
        "choice",
        "level",
        meaning=_("Who concluded the agreement. Empty for a new agreement: the cities."),
        choices="level",
        data=Data("level", attrgetter("level"), _("who concluded it: cities, their councils or institutions")),
    )
    establishes = Column(
        "Ustanawia",
        "Establishes",
        "choice",
        "establishes",
        meaning=_("The relation the agreement creates. If it is empty, the kind of a new agreement says it."),
        choices="establishes",
        data=Data(
            "establishes",
            attrgetter("establishes"),
            _("the relation it creates between the two cities; empty: none"),
        ),
    )
    title = Column(
        "Tytuł",
        "Title",
        "text",
        "title",
        meaning=_("The agreement’s title, at most 300 characters. The other language may have a column of its own."),
        data=Data("title", attrgetter("title"), _("title, in the language of the file")),
        width=WIDEST,
        is_translated=True,
    )
    signed_on = Column(
        "Data podpisania",
        "Signed on",
        "date",
        "signed_on",
        meaning=_("A day, a month or a year: 12.12.1976, December 1976, 1976; or “not recorded”."),
        data=Data(
            "signed_on",
            attrgetter("signed_on"),
            _("day, month or year of signing, as far as it is known: 1993-02-19, 1993-02 or 1993"),
        ),
        is_required=True,
    )
    signed_at = Column(
        "Miejsce podpisania",
        "Signed at",
        "text",
        "signed_at",
        meaning=_("The place where the agreement was signed."),
        data=Data("signed_at", attrgetter("signed_at"), _("place of signing, in the language of the file")),
        is_translated=True,
    )
    valid_from = Column(
        "Obowiązuje od",
        "In force from",
        "date",
        "valid_from",
        meaning=_("Only if it differs from the day of signing."),
        data=Data(
            "valid_from",
            attrgetter("start"),
            _("from when it counts; the signing, if nothing else is recorded"),
        ),
    )
    valid_until = Column(
        "Obowiązuje do",
        "In force until",
        "date",
        "valid_until",
        meaning=_("The end of the first term, or a word such as “open-ended”."),
        data=Data("valid_until", attrgetter("end_of_first_term"), _("end of the (first) term")),
    )
    term_months = Column(
        "Okres (mies.)",
        "Term (months)",
        "months",
        "term_months",
        meaning=_("The first term in months: 60, or “5 years”."),
    )
    renewal = Column(
        "Przedłużanie",
        "Renewal",
        "term",
        meaning=_("How the agreement goes on when its term ends."),
        choices="term",
        write=cells.renewal,
        data=Data(
            "term",
            attrgetter("term"),
            _("how long it was concluded for: open-ended, fixed, tacitly renewed or not recorded"),
        ),
    )
    renewal_months = Column(
        "Okres przedłużenia (mies.)",
        "Renewal (months)",
        "months",
        "renewal_months",
        meaning=_("For how many months it is renewed each time."),
        data=Data("renewal_months", attrgetter("renewal_months"), _("for how many months it renews itself")),
    )
    notice_months = Column(
        "Okres wypowiedzenia (mies.)",
        "Notice (months)",
        "months",
        "notice_months",
        meaning=_("How many months before the end notice must be given."),
        data=Data("notice_months", attrgetter("notice_months"), _("notice period in months")),
    )
    status = Column(
        data=Data(
            "status",
            attrgetter("status"),
            _(
                "status on the day asked about: in force, suspended, not yet, expired, terminated, superseded "
                "or unknown"
            ),
        )
    )
    basis = Column(
        data=Data(
            "basis",
            cells.basis,
            _("how the status is known: on-record, by-its-terms or presumed; empty: not yet in force or unknown"),
        )
    )
    mark = Column(
        data=Data(
            "mark",
            cells.mark,
            _(
                "what leads to its end while it is in force: notice-running (notice has been given) or will-to-end "
                "(one side has declared that it will end it); empty: neither"
            ),
        )
    )
    term_until = Column(
        data=Data("term_until", attrgetter("term_until"), _("last day of the term that runs on that day"))
    )
    notice_by = Column(
        data=Data("notice_by", attrgetter("notice_by"), _("last day on which notice can be given for that term"))
    )
    status_on = Column(data=Data("status_on", attrgetter("status_on"), _("the day asked about")))

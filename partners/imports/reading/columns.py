"""The columns a sheet of agreements may have, by their names in Polish and English."""

from dataclasses import dataclass

from django.utils.translation import get_language

from krakow_intl.core.sorting import name_key


@dataclass(frozen=True, slots=True)
class Column:
    """`code` names it in reports, `attribute` the field of an agreement it fills, if it fills just one."""

    code: str
    pl: str
    en: str
    kind: str  # how its cells are read: number, city, choice, text, date, months, names, themes, agreements ...
    attribute: str = ""
    is_translated: bool = False  # then the language of its name is that of its texts
    is_required: bool = False

    @property
    def both_names(self):
        return f"{self.pl} / {self.en}"

    def name(self, language=None):
        return getattr(self, (language or get_language() or "pl")[:2])


COLUMNS = (
    Column("number", "Numer", "Number", "number"),
    Column("city", "Miasto", "City", "city", is_required=True),
    Column("country", "Kraj", "Country", "country"),
    Column("level", "Poziom", "Level", "choice", "level"),
    Column("kind", "Rodzaj aktu", "Kind", "choice", "kind", is_required=True),
    Column("establishes", "Ustanawia", "Establishes", "choice", "establishes"),
    Column("title", "Tytuł", "Title", "text", "title", is_translated=True),
    Column("signed_on", "Data podpisania", "Signed on", "date", "signed_on", is_required=True),
    Column("signed_at", "Miejsce podpisania", "Signed at", "text", "signed_at", is_translated=True),
    Column("valid_from", "Obowiązuje od", "In force from", "date", "valid_from"),
    Column("valid_until", "Obowiązuje do", "In force until", "date", "valid_until"),
    Column("term_months", "Okres (mies.)", "Term (months)", "months", "term_months"),
    Column("renewal", "Przedłużanie", "Renewal", "term"),
    Column("renewal_months", "Okres przedłużenia (mies.)", "Renewal (months)", "months", "renewal_months"),
    Column("notice_months", "Okres wypowiedzenia (mies.)", "Notice (months)", "months", "notice_months"),
    Column("home_party", "Strona krakowska", "Kraków party", "names", is_translated=True),
    Column("partner_party", "Strona partnerska", "Partner party", "names", is_translated=True),
    Column("themes", "Dziedziny współpracy", "Fields", "themes"),
    Column("resolution", "Uchwała", "Resolution", "text", "resolution"),
    Column("earlier_agreement", "Poprzedni akt", "Earlier agreement", "agreements"),
    Column("link", "Związek", "Link", "links"),
    Column("notes", "Uwagi", "Notes", "text", "internal_notes"),
    Column("source", "Źródło", "Source", "text", "source"),
    Column("version", "Wersja", "Version", "number"),
)
REASONS = {"pl": "Co poprawić", "en": "What to correct"}  # the column that is added to rows given back; it is not read
BY_CODE = {column.code: column for column in COLUMNS}
REQUIRED = tuple(column for column in COLUMNS if column.is_required)
CHOICES = {"level": "level", "kind": "kind", "establishes": "establishes", "renewal": "term"}  # column -> vocabulary


def known_names():
    """{key of a canonical name: (code, language)}."""
    return {
        name_key(getattr(column, language)): (column.code, language) for column in COLUMNS for language in ("en", "pl")
    }

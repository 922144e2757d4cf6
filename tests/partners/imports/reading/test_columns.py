import pytest
from django.utils.translation import override

from partners.imports.reading.columns import BY_CODE, COLUMNS, known_names
from partners.models import Agreement

CANONICAL = (
    "Numer / Number, Miasto / City, Kraj / Country, Rodzaj aktu / Kind, Poziom / Level, Ustanawia / Establishes, "
    "Tytuł / Title, Data podpisania / Signed on, Miejsce podpisania / Signed at, Obowiązuje od / In force from, "
    "Obowiązuje do / In force until, Okres (mies.) / Term (months), Przedłużanie / Renewal, "
    "Okres przedłużenia (mies.) / Renewal (months), Okres wypowiedzenia (mies.) / Notice (months), "
    "Strona krakowska / Kraków party, Strona partnerska / Partner party, "
    "Podpisali za Kraków / Signed for Kraków by, Podpisali za partnera / Signed for the partner by, "
    "Dziedziny współpracy / Fields, Czego dotyczy / What it covers, Uchwała / Resolution, "
    "Poprzedni akt / Earlier agreement, Związek / Link, Zdarzenia / Events, "
    "Wypowiedziana dnia / Notice given on, Zawieszona od / Suspended from, Wznowiona / Resumed, "
    "Zakończona dnia / Ended on, Sposób zakończenia / How it ended, Przyczyna / Reason, "
    "Uwagi / Notes, Źródło / Source, Miejsce w źródle / Passage, "
    "Data weryfikacji / Verified on, Publikacja / Publication, Znane do / Known to, Wersja / Version"
)


def test_the_columns_are_the_canonical_ones_in_their_order():
    assert ", ".join(column.both_names for column in COLUMNS) == CANONICAL
    assert [column.code for column in COLUMNS if column.is_required] == ["city", "kind", "signed_on"]


def test_no_name_means_two_columns():
    assert len(known_names()) == len({(column.code, name) for column in COLUMNS for name in (column.pl, column.en)})


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.attribute], ids=lambda column: column.code)
def test_a_column_fills_an_attribute_that_agreements_have(column):
    assert Agreement._meta.get_field(column.attribute)


def test_a_column_is_called_as_the_reader_calls_it():
    with override("en"):
        assert BY_CODE["kind"].name() == "Kind"
    assert BY_CODE["kind"].name("pl") == "Rodzaj aktu"

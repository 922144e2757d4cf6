"""What an import writes: the agreements of the programme as an office keeps them, parties and fields too."""

import json

import pytest
from django.conf import settings

from partners.imports.writing.applying import apply_import, plan_of, preview, store_upload
from partners.models import Agreement, AgreementLink, AgreementTheme, Party
from tests.partners.imports.conftest import said
from tests.spreadsheets import office

TOLD = (
    *("number", "city", "kind", "level", "establishes", "title_pl", "title_en", "signed_on", "signed_at_pl"),
    *(
        "signed_at_en",
        "term",
        "valid_from",
        "valid_until",
        "term_months",
        "renewal_months",
        "notice_months",
        "source",
        "passage",
    ),
)


def fixtures(model):
    """The entries of a model in the agreements of the programme."""
    files = sorted(settings.FIXTURES_DIR.glob("30-agreements-*.json"))
    return [e["fields"] for file in files for e in json.loads(file.read_text()) if e["model"] == f"partners.{model}"]


def as_fixture(agreement, name):
    value = getattr(agreement, name)
    return [value.slug] if name in ("city", "source") else value or None


@pytest.mark.parametrize("name", office.FORMS)
def test_the_agreements_of_the_programme_come_in_as_an_office_keeps_them(name, register_without_agreements):
    record = store_upload(office.FORMS[name](), name, None)
    preview(record)
    plan = plan_of(record)
    assert plan.counts == {"rows": 59, "new": 59, "changed": 0, "unchanged": 0, "doubtful": 0, "refused": 0}
    assert plan.sheet.header_row == 4
    warned = {(65, "total-row"), (66, "beside-the-list"), (62, "no-date"), (63, "no-date")}
    assert set(said(plan)) == warned
    assert apply_import(record, None).result == "applied"
    agreements = {agreement.slug: agreement for agreement in Agreement.objects.select_related("city")}
    told = {
        agreement["slug"]: {name: agreement.get(name) or None for name in TOLD} for agreement in fixtures("agreement")
    }
    assert {
        slug: {name: as_fixture(agreement, name) for name in TOLD} for slug, agreement in agreements.items()
    } == told
    assert parties() == sorted(
        (f["agreement"][0], f["side"], f["position"], f["name_pl"], f["name_en"]) for f in fixtures("party")
    )
    assert links() == sorted((f["agreement"][0], f["verb"], f["earlier"][0]) for f in fixtures("agreementlink"))
    covered = {
        (agreement["slug"], field) for agreement in fixtures("agreement") for [field] in agreement.get("themes", [])
    }
    assert set(AgreementTheme.objects.values_list("agreement__slug", "theme__slug")) == covered


def parties():
    rows = Party.objects.values_list("agreement__slug", "side", "position", "name_pl", "name_en")
    return sorted(rows)


def links():
    return sorted(AgreementLink.objects.values_list("agreement__slug", "verb", "earlier__slug"))


@pytest.mark.parametrize("name", office.FORMS)
def test_the_office_s_sheet_again_changes_nothing(name, register_without_agreements):
    for expected in ("new", "unchanged"):
        record = store_upload(office.FORMS[name](), name, None)
        preview(record)
        assert record.counts[expected] == 59
        apply_import(record, None)
    assert set(Agreement.objects.values_list("version", flat=True)) == {1}

import re
from datetime import date

import pytest

from krakow_intl.core.as_of import as_of
from partners.models import Agreement
from partners.spans import city_timeline
from tests.partners.factories import AgreementFactory, AgreementLinkFactory, CityFactory
from tests.programme.factories import SourceFactory
from tests.templates import render

pytestmark = pytest.mark.django_db

DAY = "2006-04-20"


def drawn(rf, template="{{ spans([(none, agreements)]) }}", language="en"):
    request = rf.get("/en/agreements/", {"on": DAY})
    agreements = Agreement.objects.with_status(as_of(request).day).select_related("city").with_chain().city_by_city()
    source = '{% from "drawings/spans.html" import spans %}' + template
    return render(source, language, request, agreements=agreements)


def test_each_span_is_a_link_that_says_how_the_agreement_stands(rf):
    AgreementFactory(slug="agreement", title_en="Protocol", signed_on="1997-07-09", term="fixed", valid_until="2001")
    page = drawn(rf)
    assert 'class="span span--expired" href="/en/agreements/agreement/?on=2006-04-20"' in page
    for words in ("Protocol", "expired", "9\xa0July\xa01997\xa0– 2001", 'class="span__over"', 'class="span__ends"'):
        assert words in page


def test_a_span_says_what_leads_to_the_end_of_its_agreement_even_under_a_heading(rf):
    AgreementFactory(events=[{"kind": "notice-given", "taken_on": "2006-03", "effective_on": "2006-12-31"}])
    page = drawn(rf)
    assert "span--in-force span--marked" in page
    assert "notice running</span>" in page
    assert "in force until 31 December 2006" in page.replace("\xa0", " ")
    Agreement.objects.get().events.all()[0].delete()
    assert "span--marked" not in drawn(rf)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "since 19 February 1993"),
        ([{"kind": "suspended", "taken_on": "2002-03-02"}], "since 2 March 2002"),
        ([{"kind": "suspended", "taken_on": "2002-03-02", "effective_on": "2002-04"}], "since April 2002"),
        (
            [
                {"kind": "suspended", "taken_on": "2002"},
                {"kind": "resumed", "taken_on": "2003"},
                {"kind": "suspended", "taken_on": "2005"},
                {"kind": "resumed", "taken_on": "2007"},
            ],
            "since 2005",
        ),
        ([{"kind": "suspended", "taken_on": "2002"}, {"taken_on": "2004-05"}], "19 February 1993 – May 2004"),
    ],
    ids=["in force", "suspended", "suspended from a month", "suspended again", "ended"],
)
def test_a_span_says_from_when_or_until_when_its_agreement_has_its_status(rf, events, words):
    AgreementFactory(signed_on="1993-02-19", events=events)
    assert f"<span>{words}</span></span>" in drawn(rf).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("known_to", "solid", "hatched"),
    [("2000-01-01", None, ("0", "55.148")), ("2005-01-01", "29.189", ("29.189", "55.148")), (DAY, "55.148", None)],
    ids=["not known in this term", "known to a day of it", "known to the day"],
)
def test_the_running_term_is_hatched_from_the_horizon_to_the_day(rf, known_to, solid, hatched):
    AgreementFactory(tacit=True, source=SourceFactory(known_to=known_to))
    page = drawn(rf, "{% from 'drawings/spans.html' import term_line %}{{ term_line(agreements[0]) }}")
    # the length of the solid bar, the "29.189" of width="29.189%", and both ends of the hatched one
    assert re.findall('class="span__in_force" y="22" width="(.*?)%"', page) == [solid] * bool(solid)
    # x1="29.189%" x2="55.148%"
    assert re.findall('class="span__beyond" x1="(.*?)%" x2="(.*?)%"', page) == [hatched] * bool(hatched)


def test_an_agreement_still_to_come_is_told_from_its_day(rf):
    AgreementFactory(signed_on="2010-05-01")
    assert "from 1\xa0May\xa02010" in drawn(rf)


def test_an_agreement_that_another_replaces_ends_the_day_before(rf):
    agreement = AgreementFactory(signed_on="1990-01-01")
    AgreementLinkFactory(agreement=AgreementFactory(signed_on="2000-01-01"), verb="replaces", earlier=agreement)
    page = drawn(rf)
    assert "span--superseded" in page
    assert "31\xa0December\xa01999" in page


def test_an_agreement_without_a_date_is_drawn_too(rf):
    AgreementFactory(undated=True)
    page = drawn(rf)
    assert 'class="span__undated"' in page
    assert "date not recorded" in page


def test_places_are_written_with_a_point_in_every_language(rf):
    AgreementFactory(tacit=True)
    assert "," not in "".join(part.split('"')[0] for part in drawn(rf, language="pl").split('x="')[1:])


def test_agreements_may_stand_under_headings(rf):
    AgreementFactory(city=CityFactory(slug="lviv", name_en="Lviv"))
    page = drawn(rf, "{{ spans(agreements|grouped('city'), level=2) }}")
    assert '<h2 class="spans__of"><a href="/en/partner-cities/lviv/?on=2006-04-20">Lviv</a></h2>' in page


def test_nothing_is_drawn_of_no_agreements(rf):
    assert drawn(rf).strip() == ""


def test_of_many_agreements_of_a_city_those_that_are_over_or_undated_are_folded():
    city = CityFactory()
    for number in range(7):
        AgreementFactory(city=city, slug=f"alive-{number}", signed_on=f"199{number}")
    AgreementFactory(city=city, slug="over", term="fixed", valid_until="1995")
    AgreementFactory(city=city, slug="undated", undated=True)
    agreements = list(Agreement.objects.with_status(date(2006, 4, 20)).with_later_links().in_order_of_time())
    drawn = city_timeline(agreements, {1985: 2}, date(2006, 4, 20))
    assert [row["agreement"].slug for row in drawn["rows"]] == [f"alive-{number}" for number in range(5)]
    assert {row["agreement"].slug for row in drawn["folded"]} == {"alive-5", "alive-6", "over", "undated"}
    assert drawn["axis"].first == 1985
    assert city_timeline(agreements[:5], {}, date(2006, 4, 20))["folded"] == []
    assert city_timeline([], {}, date(2006, 4, 20)) is None

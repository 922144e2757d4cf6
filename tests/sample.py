"""A small register with records of every kind, as the tests in a browser read it."""

from django.conf import settings

from krakow_intl.core.facts import load_file
from tests.organizations.factories import InvolvementFactory, MembershipFactory, OrganizationFactory
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AgreementLinkFactory,
    AgreementThemeFactory,
    AudienceFactory,
    BenefitFactory,
    CityFactory,
    InstitutionFactory,
    PartyFactory,
    ThemeFactory,
)
from tests.polonia.factories import CampaignFactory, CommunityFactory, EditionFactory
from tests.programme.factories import ChapterFactory, FigureFactory, GoalFactory, TaskFactory

PAGES = "90-pages.json"


def tell_everything():
    load_file(PAGES, (settings.FIXTURES_DIR / PAGES).read_bytes())
    lviv = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA", longitude="24.02900")
    CityFactory(slug="frankfurt", name_pl="Frankfurt nad Menem", name_en="Frankfurt am Main", longitude="8.68200")
    goal = GoalFactory(slug="thematic-a")
    tell_the_agreements(lviv)
    tell_a_history(lviv, goal)
    tell_the_programme(goal)
    tell_of_organizations_and_polonia(lviv, goal)


def tell_the_agreements(city):
    agreement = AgreementFactory(city=city, establishes="twin", signed_on="1995-10-23")
    renewed = AgreementFactory(slug="renewed", city=city, tacit=True, signed_on="2004-09")
    AgreementLinkFactory(agreement=renewed, earlier=agreement, verb="renews")
    AgreementFactory(city=city, term="fixed", signed_on="1997", valid_until="2001")
    AgreementFactory(city=city, undated=True)


def tell_a_history(city, goal):
    school, field = InstitutionFactory(slug="school", of_krakow=True), ThemeFactory()
    InstitutionFactory(city=city, kind="house")
    PartyFactory(agreement=AgreementFactory(city=city, tacit=True), institution=school)
    for state in ("done", "ongoing", "planned"):
        ActivityFactory(cities=[city], institutions=[school], themes=[field], goals=[goal], state=state, kind="visit")
    concert = ActivityFactory(slug="concert", cities=[city], kind="concert", starts_on="1998-05-03")
    BenefitFactory(slug="concert", city=city, activity=concert, giver_institution=school)
    schools = AudienceFactory(slug="schools", kinds=["school", school.kind], themes=[field], goals=[goal])
    AudienceFactory(
        slug="poles-abroad", lead_en="What there has been.", how_to_begin_en="<ol><li><p>Ask.</p></li></ol>"
    )
    for state in ("done", "ongoing", "planned"):
        ActivityFactory(cities=[city], institutions=[school], state=state, audiences=[schools])
    AgreementThemeFactory(agreement__city__name_en="Edinburgh", theme=field)
    BenefitFactory(city=city, direction="partner", amount=20_000, currency="EUR", given_on="2004")


def tell_the_programme(goal):
    chapter = ChapterFactory(slug="cities", body_en="<h2>Twin cities</h2><p>Four.</p><h2>Partner cities</h2><p>20.</p>")
    ChapterFactory(slug="goals")
    TaskFactory(goal=goal)
    whole = FigureFactory(slug="twin-cities", chapter=chapter, label_en="delegations", precision="about", year="2005")
    FigureFactory(chapter=chapter, value=21, part_of=whole, year="2005")
    FigureFactory(chapter=chapter, label_en="delegations", value=90, year="2006", about="city:lviv")


def tell_of_organizations_and_polonia(city, goal):
    organization = OrganizationFactory(slug="eurocities")
    MembershipFactory(organization=organization)
    InvolvementFactory(organization=organization, goals=[goal])
    EditionFactory(campaign=CampaignFactory(slug="easter", cities=[city], goals=[goal]))
    CommunityFactory(slug="vilnius", associations=[InstitutionFactory(kind="association")])

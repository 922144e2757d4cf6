"""Cities, agreements, institutions, activities and benefits, made up; traits for the situations the register knows."""

import factory
from factory.django import DjangoModelFactory

from partners.models import (
    Activity,
    ActivityAudience,
    ActivityCity,
    ActivityGoal,
    ActivityInstitution,
    ActivityTheme,
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementTheme,
    Assessment,
    Audience,
    AudienceGoal,
    AudienceKind,
    AudienceTheme,
    Benefit,
    CityName,
    Document,
    Institution,
    PartnerCity,
    Party,
    Relation,
    Side,
    Signatory,
    Theme,
)
from tests.programme.factories import DatedFactory, DepartmentFactory, NamedFactory, PublicFactory

SCAN = b"%PDF-1.7 heldback"  # words that would be found if the scan of a draft stood anywhere
LANGUAGES = ("de", "fr", "it", "es", "uk", "lt", "hu", "sv")


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name_pl = factory.LazyAttribute(lambda theme: f"Dziedzina {theme.slug}")
    name_en = factory.LazyAttribute(lambda theme: f"Field {theme.slug}")


class CityFactory(NamedFactory):
    class Meta:
        model = PartnerCity

    slug = factory.Sequence(lambda n: f"city-{n}")
    country = "DE"
    latitude, longitude = "49.45390", "11.07750"
    department = factory.SubFactory(DepartmentFactory)


class CityNameFactory(DjangoModelFactory):
    class Meta:
        model = CityName

    city = factory.SubFactory(CityFactory)
    name = factory.Sequence(lambda n: f"Alias {n}")
    language = "de"


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = Assessment

    city = factory.SubFactory(CityFactory)
    assessed_on = "2006-04-20"
    grade = Assessment.Grade.WEAK
    reason_pl, reason_en = "Powód oceny", "Reason of the grade"
    next_step_pl, next_step_en = "Następny krok", "The next step"


class InstitutionFactory(NamedFactory):
    class Meta:
        model = Institution

    class Params:
        of_krakow = factory.Trait(place_pl="Kraków", place_en="Kraków", country="PL", city=None)

    slug = factory.Sequence(lambda n: f"institution-{n}")
    kind = Institution.Kind.UNIVERSITY
    city = factory.SubFactory(CityFactory)


class AgreementFactory(PublicFactory):
    """`events` takes a list of what happened to it, each as the fields of an `AgreementEvent`."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    class Params:
        # Signed on 18 July 1973 for five years, renewed for five years at a time, six months' notice.
        tacit = factory.Trait(
            signed_on="1973-07-18",
            term=Agreement.Term.TACIT_RENEWAL,
            term_months=60,
            renewal_months=60,
            notice_months=6,
        )
        undated = factory.Trait(signed_on=None)
        twinning = factory.Trait(kind=Agreement.Kind.TWINNING, establishes=Relation.TWIN)

    slug = factory.Sequence(lambda n: f"paper-{n}")
    city = factory.SubFactory(CityFactory)
    kind = Agreement.Kind.PARTNERSHIP
    establishes = Relation.PARTNER
    title_pl = factory.LazyAttribute(lambda agreement: f"Umowa {agreement.slug}")
    title_en = factory.LazyAttribute(lambda agreement: f"Agreement {agreement.slug}")
    signed_on = "1991-12-06"
    term = Agreement.Term.OPEN_ENDED

    @factory.post_generation
    def events(self, create, events):
        for event in events or ():
            AgreementEventFactory(agreement=self, **event)


class AgreementThemeFactory(DjangoModelFactory):
    class Meta:
        model = AgreementTheme

    agreement = factory.SubFactory(AgreementFactory)
    theme = factory.SubFactory(ThemeFactory)


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = Party

    agreement = factory.SubFactory(AgreementFactory)
    side = Side.PARTNER
    position = factory.Sequence(lambda n: n + 1)
    name_pl = factory.Sequence(lambda n: f"Rada {n}")
    name_en = factory.Sequence(lambda n: f"Council {n}")


class SignatoryFactory(DjangoModelFactory):
    class Meta:
        model = Signatory

    agreement = factory.SubFactory(AgreementFactory)
    side = Side.HOME
    position = factory.Sequence(lambda n: n + 1)
    office_pl, office_en = "Prezydent Miasta Krakowa", "Mayor of Kraków"


class AgreementLinkFactory(DjangoModelFactory):
    class Meta:
        model = AgreementLink

    agreement = factory.SubFactory(AgreementFactory)
    verb = AgreementLink.Verb.CONFIRMS
    earlier = factory.SubFactory(AgreementFactory)


class AgreementEventFactory(DatedFactory):
    class Meta:
        model = AgreementEvent

    agreement = factory.SubFactory(AgreementFactory)
    kind = AgreementEvent.Kind.TERMINATED
    taken_on = "2004-05-06"


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    class Params:
        stored = factory.Trait(file=factory.django.FileField(data=SCAN, filename="umowa.pdf"))

    agreement = factory.SubFactory(AgreementFactory)
    language = factory.Sequence(lambda n: LANGUAGES[n % len(LANGUAGES)])
    title_pl, title_en = "Skan umowy", "Scan of the agreement"
    file = "documents/2006/agreement.pdf"


class ActivityFactory(PublicFactory):
    """`cities`, `institutions`, `themes`, `goals` and `audiences` take lists of records."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"activity-{n}")
    kind = Activity.Kind.VISIT
    title_pl = factory.LazyAttribute(lambda activity: f"Wizyta {activity.slug}")
    title_en = factory.LazyAttribute(lambda activity: f"Visit {activity.slug}")
    starts_on = "2004"

    @factory.post_generation
    def cities(self, create, cities):
        for city in cities or ():
            ActivityCity.objects.create(activity=self, city=city)

    @factory.post_generation
    def institutions(self, create, institutions):
        for institution in institutions or ():
            ActivityInstitution.objects.create(activity=self, institution=institution)

    @factory.post_generation
    def themes(self, create, themes):
        for theme in themes or ():
            ActivityTheme.objects.create(activity=self, theme=theme)

    @factory.post_generation
    def goals(self, create, goals):
        for goal in goals or ():
            ActivityGoal.objects.create(activity=self, goal=goal)

    @factory.post_generation
    def audiences(self, create, audiences):
        for audience in audiences or ():
            ActivityAudience.objects.create(activity=self, audience=audience)


class AudienceFactory(NamedFactory):
    """`kinds` takes a list of codes, `themes` and `goals` lists of records."""

    class Meta:
        model = Audience
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"audience-{n}")
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def kinds(self, create, kinds):
        for kind in kinds or ():
            AudienceKind.objects.create(audience=self, kind=kind)

    @factory.post_generation
    def themes(self, create, themes):
        for theme in themes or ():
            AudienceTheme.objects.create(audience=self, theme=theme)

    @factory.post_generation
    def goals(self, create, goals):
        for goal in goals or ():
            AudienceGoal.objects.create(audience=self, goal=goal)


class BenefitFactory(PublicFactory):
    class Meta:
        model = Benefit

    slug = factory.Sequence(lambda n: f"benefit-{n}")
    city = factory.SubFactory(CityFactory)
    direction = Side.HOME
    what_pl = factory.LazyAttribute(lambda benefit: f"Dar {benefit.slug}")
    what_en = factory.LazyAttribute(lambda benefit: f"Gift {benefit.slug}")

"""The cities, what binds them, who takes part and what came of it, for programs that read them."""

from krakow_intl.core.public_data import Collection, Part, enter, facts_of
from partners.activity_filters import ActivityFilter
from partners.benefit_filters import BenefitFilter
from partners.filters import AgreementFilter, CityFilter, InstitutionFilter
from partners.models import Activity, Agreement, Audience, Benefit, Institution, PartnerCity, Theme
from partners.resources import AgreementResource, CityResource
from programme.sourced import known_to

enter(
    Collection(name="themes", model=Theme),
    Collection(
        name="cities",
        model=PartnerCity,
        with_facts=lambda cities, day: cities.as_listed(day),
        filters=CityFilter,
        facts=facts_of(
            CityResource,
            relation="string",
            relation_basis="string",
            first_agreement_on="partial-date",
            agreements_in_force="integer",
            last_event_on="partial-date",
            has_undated="boolean",
        ),
        parts=(Part(name="names", noun="city-names"),),
    ),
    Collection(
        name="institutions",
        model=Institution,
        with_facts=lambda institutions, day: institutions.with_beginnings(day),
        filters=InstitutionFilter,
    ),
    Collection(
        name="agreements",
        model=Agreement,
        with_facts=lambda agreements, day: agreements.with_status(day),
        filters=AgreementFilter,
        facts=facts_of(
            AgreementResource,
            status="string",
            basis="string",
            mark="string",
            term_until="date",
            notice_by="date",
        ),
        parts=(
            Part(name="parties", noun="parties"),
            Part(name="signatories", noun="signatories"),
            Part(name="events", noun="agreement-events"),
            Part(name="links", noun="agreement-links"),
        ),
    ),
    Collection(name="audiences", model=Audience),
    Collection(
        name="activities",
        model=Activity,
        with_facts=lambda activities, _day: activities.annotate(known_to=known_to()),
        filters=ActivityFilter,
        parts=(Part(name="institutions", noun="activity-institutions", relation="institution_links"),),
    ),
    Collection(name="benefits", model=Benefit, filters=BenefitFilter),
)

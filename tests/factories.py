"""The factory of each kind of record that has pages of its own."""

from tests.organizations.factories import OrganizationFactory
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AudienceFactory,
    BenefitFactory,
    CityFactory,
    InstitutionFactory,
)
from tests.polonia.factories import CampaignFactory, CommunityFactory
from tests.programme.factories import ChapterFactory, GoalFactory, SourceFactory

FACTORIES = {
    "city": CityFactory,
    "agreement": AgreementFactory,
    "activity": ActivityFactory,
    "benefit": BenefitFactory,
    "audience": AudienceFactory,
    "institution": InstitutionFactory,
    "organization": OrganizationFactory,
    "campaign": CampaignFactory,
    "community": CommunityFactory,
    "goal": GoalFactory,
    "chapter": ChapterFactory,
    "source": SourceFactory,
}

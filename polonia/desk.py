"""What waits on the desk about Polish communities and campaigns: nothing but what waits about records of every kind."""

from krakow_intl.core.admin.desk import under_department
from krakow_intl.review.verifiable import verifiable
from polonia.models import Campaign, Community, Edition

under_department(Community, "city__department")
verifiable(Community, city="city")
verifiable(Campaign, city="city_links__city")
verifiable(Edition, city="campaign__city_links__city")

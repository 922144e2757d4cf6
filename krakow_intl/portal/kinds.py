"""The pages about the register, for whatever speaks of every kind of record."""

from krakow_intl.core.kinds import Kind, enter
from krakow_intl.models import Page

ADDRESSES = ("about", "data", "privacy", "contact")  # of the pages that have one in the address plan

enter(Kind(name="page", model=Page, is_page=True, with_facts=lambda pages, _day: pages.filter(slug__in=ADDRESSES)))

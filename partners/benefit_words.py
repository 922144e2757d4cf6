"""What one says of a gift where there is no room for more: which way it went, and how much it was."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.display import money, number, plain
from krakow_intl.core.records import Precision
from partners.models.institutions import Side

DIRECTIONS = {Side.HOME: _("Kraków received"), Side.PARTNER: _("Kraków gave")}
PROMISES = {Side.HOME: _("Promised to Kraków"), Side.PARTNER: _("Promised by Kraków")}


def words_of_direction(benefit):
    """Which way it went, or is to go: "Kraków received", "Promised by Kraków"."""
    return str((PROMISES if benefit.is_promised else DIRECTIONS)[benefit.direction])


def words_of_number(benefit):
    """How much it was: "over EUR 20,000", "124 cars"; "" if no number is recorded."""
    found = []
    if benefit.amount is not None:
        found.append(money(benefit.amount, benefit.currency))
    if benefit.quantity is not None:
        found.append(f"{number(benefit.quantity)} {plain(benefit, 'unit')}".strip())
    precision = "" if benefit.precision == Precision.EXACT else f"{Precision(benefit.precision).label} "
    return " · ".join(f"{precision}{words}" for words in found)

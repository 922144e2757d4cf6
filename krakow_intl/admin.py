"""Where Django looks for the staff's pages of the house."""

from krakow_intl.core.admin import accounts
from krakow_intl.portal import admin as portal
from krakow_intl.portal import reminders

__all__ = ["accounts", "portal", "reminders"]

"""Where Django looks for the staff's pages of the house."""

from django.utils.module_loading import autodiscover_modules

from krakow_intl.core.admin import accounts, desk_english, desk_pages, desk_records
from krakow_intl.portal import admin as portal
from krakow_intl.portal import reminders
from krakow_intl.review import reverting_pages, round_pages, what_changed_pages

__all__ = [
    "accounts",
    "desk_english",
    "desk_pages",
    "desk_records",
    "portal",
    "reminders",
    "reverting_pages",
    "round_pages",
    "what_changed_pages",
]

autodiscover_modules("desk")  # what each app has waiting for staff

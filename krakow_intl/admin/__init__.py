"""The staff side of the house."""

from krakow_intl.admin import accounts, house
from krakow_intl.admin.exports import Exports
from krakow_intl.admin.filters import CountryFilter
from krakow_intl.admin.public_records import PublicRecordAdmin
from krakow_intl.admin.records import PlainRecordAdmin, RecordAdmin, Table, TranslatedStack

__all__ = [
    "CountryFilter",
    "Exports",
    "PlainRecordAdmin",
    "PublicRecordAdmin",
    "RecordAdmin",
    "Table",
    "TranslatedStack",
    "accounts",
    "house",
]

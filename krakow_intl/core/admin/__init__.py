"""The staff side of the house."""

from krakow_intl.core.admin.exports import Exports
from krakow_intl.core.admin.filters import CountryFilter
from krakow_intl.core.admin.public_records import PublicRecordAdmin
from krakow_intl.core.admin.records import PlainRecordAdmin, RecordAdmin, RecordStackedInline, RecordTabularInline

__all__ = [
    "CountryFilter",
    "Exports",
    "PlainRecordAdmin",
    "PublicRecordAdmin",
    "RecordAdmin",
    "RecordStackedInline",
    "RecordTabularInline",
]

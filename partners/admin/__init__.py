"""The staff's pages of the cities, what binds them to Kraków, who takes part and what came of it, in this order."""

from partners.admin import cities  # isort: skip
from partners.admin import agreements  # isort: skip
from partners.admin import institutions, activities, assessments, audiences, sheets, imports  # isort: skip

__all__ = ["activities", "agreements", "assessments", "audiences", "cities", "imports", "institutions", "sheets"]

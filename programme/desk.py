"""What waits on the desk about the programme: its departments, and what each coordinates."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.desk import DEPARTMENTS, in_department, under_department
from krakow_intl.core.admin.desk_records import oddities
from krakow_intl.core.json_rows import localized_column
from krakow_intl.review.verifiable import verifiable, walk
from programme.models import Chapter, Department, Figure, Goal, Programme, Task

under_department(Department, "")
under_department(Task, "department")
walk("department", _("department"), Department, lambda records, department: in_department(records, department.slug))
for model in (Programme, Chapter, Goal, Task, Figure, Department):
    verifiable(model)


def departments():
    """(address word, name) of each department, by name."""
    named = Department.objects.published().annotate(shown=localized_column("name")).by_name()
    return named.values_list("slug", "shown")


DEPARTMENTS.append(departments)


@oddities(Department)
def of_departments(records):
    """All of them, for they are few."""
    return [(record, str(record), sentences) for record in records.order_by("pk") if (sentences := record.warnings())]

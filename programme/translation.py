"""Which texts of the programme exist in both languages."""

from krakow_intl.translation import translate
from programme.models import Chapter, Department, Figure, Goal, Programme, Source, Task

translate(Source, "name", "label", "issuer", "note", required=("name", "label"))
translate(Department, "name", "address", required=("name",))
translate(Programme, "name", "adopted_by", "strategy", "predecessor", "summary", required=("name",))
translate(Chapter, "name", "lead", "body", required=("name",))
translate(Goal, "name", "description", "adopted_wording", required=("name",))
translate(Task, "name", "planned_result", required=("name",))
translate(Figure, "label", "unit", required=("label",))

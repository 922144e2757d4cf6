"""The sources, departments and the programme as lists that go out and come back."""

from krakow_intl.imports.nouns import Noun, enter
from programme.models import Chapter, Department, Figure, Goal, Programme, Source, Task

SOURCED = ("source", "passage", "verified_on", "publication")  # what every public fact has in its list

enter(
    Noun(
        name="sources",
        model=Source,
        columns=(
            *("slug", "name", "label", "kind", "issuer", "issued_on", "known_to", "note", "website", "publication"),
        ),
    ),
    Noun(
        name="departments",
        model=Department,
        columns=("slug", "name", "email", "phone", "address", "delivery_address", "website", "is_general", *SOURCED),
    ),
    Noun(
        name="programmes",
        model=Programme,
        columns=(
            *("slug", "name", "starts_in", "ends_in", "adopted_by", "adopted_on", "strategy", "predecessor"),
            *("summary", *SOURCED),
        ),
    ),
    Noun(
        name="chapters",
        model=Chapter,
        columns=("slug", "programme", "parent", "number", "position", "name", "lead", "body", *SOURCED),
    ),
    Noun(
        name="goals",
        model=Goal,
        columns=(*("slug", "programme", "kind", "letter", "name", "area", "description", "adopted_wording", *SOURCED),),
    ),
    Noun(
        name="tasks",
        model=Task,
        columns=(*("slug", "goal", "name", "department", "starts_on", "ends_on", "state", "planned_result", *SOURCED),),
    ),
    Noun(
        name="figures",
        model=Figure,
        columns=(
            *("slug", "label", "precision", "value", "unit", "year", "chapter", "part_of", "about", "position"),
            *SOURCED,
        ),
    ),
)

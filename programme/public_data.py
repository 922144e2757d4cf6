"""The sources and the programme for programs that read them."""

from krakow_intl.core.public_data import Collection, enter
from programme.models import Chapter, Figure, Goal, Programme, Source, Task

enter(
    Collection(name="sources", model=Source),
    Collection(name="programmes", model=Programme),
    Collection(name="chapters", model=Chapter),
    Collection(name="goals", model=Goal),
    Collection(name="tasks", model=Task),
    Collection(name="figures", model=Figure, hidden=("about",)),
)

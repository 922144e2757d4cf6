"""Which state of publication an agreement comes to have by a row: a public one only where a person said so."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.records import BEFORE_THE_PUBLIC, Publication

PUBLICATION = "state:publication"  # the key of the question
AS_TOLD, LEAVE = "as-told", "leave"
CHOICES = [(LEAVE, _("leave new ones drafts, and others as they are")), (AS_TOLD, _("do as the sheet says"))]

ASKED = _(
    "Rows ask for another state of publication than the agreements have, or than new ones come in with. To publish, "
    "and to take back from the public, needs the right to publish."
)


class StateBuilder:
    """Mixin of an `AgreementBuilder`: the state that a row asks for beside that of the agreement."""

    def _take_state_of_new(self, planned, agreement):
        """The state that the row asks for, else that which was said of all; no page without a title in its language."""
        row, is_said_of_all = planned.row, planned.row.publication == agreement.publication == Publication.PUBLISHED
        if row.publication and self._may_become(row, agreement, Publication.DRAFT, is_said_of_all):
            planned.state = agreement.publication = row.publication
        if not (agreement.title_pl and agreement.title_en) and agreement.publication in BEFORE_THE_PUBLIC:
            agreement.publication = Publication.DRAFT

    def _change_state(self, planned, agreement):
        row, before = planned.row, agreement.publication
        if row.publication in (None, before) or not self._may_become(row, agreement, before):
            return
        column = self.names["publication"]
        if self.conflicts.allows(row, agreement, "publication", column, before, row.publication):
            planned.changes = planned.changes | {"publication": (before, row.publication)}

    def _may_become(self, row, agreement, before, is_said_of_all=False):
        """Whether the row's state may be taken; to publish, and to take back, a person must have said so."""
        titles = [row.facts.get(name) or getattr(agreement, name) for name in ("title_pl", "title_en")]
        if row.publication == Publication.PUBLISHED and not all(titles):
            self.say(row, "not-published", "publication", self.written(row, "publication"))
            return False
        if not {before, row.publication} & BEFORE_THE_PUBLIC or self.decisions.get(PUBLICATION) == AS_TOLD:
            return True
        if not is_said_of_all:
            self._tell_that_it_stays(row)
        return False

    def _tell_that_it_stays(self, row):
        told = Publication(row.publication).label
        self.say(row, "state-kept", "publication", self.written(row, "publication"), told=told)
        if self.decisions.get(PUBLICATION) != LEAVE:
            self.ask(row, PUBLICATION, ASKED, lambda: CHOICES)

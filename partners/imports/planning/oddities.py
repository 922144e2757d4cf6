"""What is odd about the agreements that rows make, as their forms and their records tell it too."""

from partners.imports.planning.events import together
from partners.models import AgreementLink, Relation
from partners.models.warnings import BEFORE_ITS_SIGNING, Surroundings, warnings_of

TITLES = ("title_pl", "title_en")  # of which the row may say none: many agreements are called after their kind


class Oddities:
    """Holds planned agreements against the register as it stands."""

    def __init__(self, register, vocabulary):
        self.register, self.cities = register, vocabulary.cities

    def of(self, planned):
        """Sentences about a planned agreement; that it counts before its signing is told of its cells."""
        agreement = planned.agreement
        sentences = warnings_of(agreement, self._around(planned, agreement))
        return [sentence for sentence in sentences if sentence is not BEFORE_ITS_SIGNING]

    def _around(self, planned, agreement):
        return Surroundings(
            events=together(self.register.events.get(agreement.pk, []), planned.events),
            replaced=[self._with_city(earlier) for verb, earlier, _link in planned.links if _replaces(verb, earlier)],
            of_city=self._of_same_title(agreement) if planned.row.facts.keys() & {*TITLES} else (),
            twinning=self._others_in_country(agreement) if agreement.establishes == Relation.TWIN else (),
        )

    def _with_city(self, agreement):
        agreement.city = self.cities[agreement.city_id]
        return agreement

    def _of_same_title(self, agreement):
        """The other agreements of its city that are called alike in some language."""
        keys = [(agreement.city_id, name, getattr(agreement, name)) for name in TITLES]
        found = {other.pk: other for key in keys if key[-1] for other in self.register.by_title.get(key, ())}
        return [other for other in found.values() if other.pk != agreement.pk]

    def _others_in_country(self, agreement):
        """Of a city that is new in the sheet too."""
        city = self.cities.get(agreement.city_id) or agreement.city
        others = (other for other in self.register.twinning if other.city_id != agreement.city_id)
        return [self._with_city(other) for other in others if self.cities[other.city_id].country == city.country]


def _replaces(verb, earlier):
    """An earlier agreement of the same sheet has no key yet; it stands under the same or a city that is told anyway."""
    return verb == AgreementLink.Verb.REPLACES and earlier.pk is not None

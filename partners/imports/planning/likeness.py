"""Whether a row can speak of an agreement of the same city, day and kind, by their titles, levels and parties.

Two titles agree if a word stands in both, in whatever form, that tells one agreement of a kind from another: not
"umowa", "współpraca", a city's name or "w dziedzinie". So do the names of parties of one side.
"""

from functools import cached_property

from krakow_intl.core.search.stems import stems
from krakow_intl.core.sorting import name_key
from partners.models import Agreement, Side

# what stands in titles and names of parties of any agreement
FRAME = (
    "a i o w z na do od ze we za po oraz między pomiędzy dnia roku rok sprawie dziedzinie zakresie obszarze rzecz "
    "and the of on in for to by at with between field fields area areas concerning year day "
    "umowa porozumienie protokół deklaracja akt list program "
    "agreement accord protocol declaration act letter programme "
    "współpraca współdziałanie partnerstwo przyjaźń co operation cooperation partnership friendship twinning "
    "miasto miasta miast miejska gmina stołeczne królewskie prezydent burmistrz city cities town municipality mayor "
    "kraków cracow krakow republika republic"
)


class Likeness:
    """Compares rows with agreements of a `RegisterSnapshot`."""

    def __init__(self, register, vocabulary):
        self.register, self.vocabulary = register, vocabulary

    def can_be_one(self, row, agreement):
        """Whether nothing that a row says of title, level or parties is at odds with an agreement."""
        level = row.facts.get("level")
        if level and level != agreement.level:
            return False
        titles = [row.facts.get(name) for name in ("title_pl", "title_en")]
        known = [agreement.title_pl, agreement.title_en]
        return self._agree(titles, known) and all(self._have_one_party(row, agreement, side) for side in Side.values)

    def _have_one_party(self, row, agreement, side):
        names = [name for (of, _language), named in row.parties.items() if of == side for name in named]
        parties = self.register.parties.get((agreement.pk, side), ())
        return self._agree(names, [name for party in parties for name in (party.name_pl, party.name_en)])

    def _agree(self, texts, known):
        texts, known = ({name_key(text) for text in some if text} for some in (texts, known))
        if not texts or not known or texts & known:
            return True
        told, told_before = map(self._telling_stems, (texts, known))
        return not told.isdisjoint(told_before) or not (told or told_before)

    def _telling_stems(self, texts):
        """The stems of the words of some texts that could not stand in any."""
        words = {word for text in texts for word in text.split()}
        return {stem for word in words if self.frame.isdisjoint(stems(word)) for stem in stems(word)}

    @cached_property
    def frame(self):
        kinds = " ".join(Agreement.Kind.values).replace("-", " ")
        words = {*name_key(f"{FRAME} {kinds}").split(), *" ".join(self.vocabulary.names).split()}
        return {stem for word in words for stem in stems(word)}

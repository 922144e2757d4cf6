"""The agreements of the register as they stand, with all that hangs on them, read at one go."""

from collections import defaultdict
from functools import cached_property
from sys import intern

from krakow_intl.imports.writing.bulk import in_parts
from partners.models import Agreement, AgreementEvent, AgreementLink, AgreementTheme, Party, Relation, Signatory
from programme.models import Source

# what no row tells: columns that are computed anew where an agreement is written, but for those that rules name
COMPUTED = ("search_words", "title_words", "ends_as", "carried_to", "recorded_to")
OFTEN_ALIKE = ("kind", "level", "establishes", "term", "publication", "passage")


class RegisterSnapshot:
    """`lock` keeps others from changing the agreements until the transaction ends."""

    def __init__(self, lock=False):
        agreements = Agreement.objects.order_by("pk").defer(*COMPUTED)
        self.agreements = {
            agreement.pk: agreement for agreement in (agreements.select_for_update() if lock else agreements)
        }
        sources = Source.objects.in_bulk()
        for agreement in self.agreements.values():
            agreement.source = sources.get(agreement.source_id)
            for name in OFTEN_ALIKE:  # one text for all, for the database tells each anew
                setattr(agreement, name, intern(getattr(agreement, name)))

    @cached_property
    def by_number(self):
        return {agreement.number: agreement for agreement in self.agreements.values()}

    @cached_property
    def by_slug(self):
        return {agreement.slug: agreement for agreement in self.agreements.values()}

    @cached_property
    def by_city(self):
        """{pk of a city: {year of signing, or None: its agreements}}."""
        found = defaultdict(lambda: defaultdict(list))
        for agreement in self.agreements.values():
            found[agreement.city_id][agreement.signed_on and agreement.signed_on[:4]].append(agreement)
        return found

    @cached_property
    def by_title(self):
        """{(pk of a city, "title_pl" or "title_en", title): its agreements that are called so}."""
        found = defaultdict(list)
        for agreement in self.agreements.values():
            for name in ("title_pl", "title_en"):
                found[agreement.city_id, name, getattr(agreement, name)].append(agreement)
        return found

    @cached_property
    def twinning(self):
        """The agreements that make a city a twin."""
        return [agreement for agreement in self.agreements.values() if agreement.establishes == Relation.TWIN]

    @cached_property
    def themes(self):
        """{pk of an agreement: {pk of a theme: AgreementTheme}}."""
        found = defaultdict(dict)
        for link in AgreementTheme.objects.all():
            found[link.agreement_id][link.theme_id] = link
        return found

    @cached_property
    def parties(self):
        """{(pk of an agreement, side): its parties in their order}."""
        return _by_side(Party)

    @cached_property
    def signatories(self):
        """{(pk of an agreement, side): those who signed in their order}."""
        return _by_side(Signatory)

    @cached_property
    def links(self):
        """{pk of an agreement: {pk of an earlier one: AgreementLink}}."""
        found = defaultdict(dict)
        for link in AgreementLink.objects.all():
            found[link.agreement_id][link.earlier_id] = link
        return found

    @cached_property
    def events(self):
        """{pk of an agreement: its events in the order of time}."""
        found = defaultdict(list)
        for event in AgreementEvent.objects.in_order_of_time().select_related("source"):
            found[event.agreement_id].append(event)
        return found

    @cached_property
    def known_to(self):
        """{pk of an agreement: the last day up to which it is known, or None}."""
        return dict(Agreement.objects.with_known_to().values_list("pk", "known_to"))

    def at_version(self, versions):
        """{pk: the act as it was}, for {pk: version}, as far as history knows it."""
        found = {}
        for keys in in_parts(list(versions)):
            for past in Agreement.history.filter(id__in=keys).order_by("history_id"):
                if past.version == versions[past.id]:
                    found[past.id] = past
        return found


def compatible(one, other):
    """Whether two partial dates may be the same day: "1996" and "1996-05-12"."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _by_side(model):
    found = defaultdict(list)
    for record in model.objects.order_by("agreement", "side", "position"):
        found[record.agreement_id, record.side].append(record)
    return found

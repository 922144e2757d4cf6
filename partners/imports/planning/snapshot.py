"""The acts of the register as they stand, with all that hangs on them, read at one go."""

from collections import defaultdict
from functools import cached_property

from partners.imports.writing.bulk import in_parts
from partners.models import ActLink, Agreement, AgreementField, Party


class RegisterSnapshot:
    """`lock` keeps others from changing the acts until the transaction ends."""

    def __init__(self, lock=False):
        acts = Agreement.objects.order_by("pk")
        self.acts = {act.pk: act for act in (acts.select_for_update() if lock else acts)}

    @cached_property
    def by_number(self):
        return {act.number: act for act in self.acts.values()}

    @cached_property
    def by_slug(self):
        return {act.slug: act for act in self.acts.values()}

    @cached_property
    def by_city(self):
        """{pk of a city: {year of signing, or None: its acts}}."""
        found = defaultdict(lambda: defaultdict(list))
        for act in self.acts.values():
            found[act.city_id][act.signed_on and act.signed_on[:4]].append(act)
        return found

    @cached_property
    def fields(self):
        """{pk of an act: {pk of a field: AgreementField}}."""
        found = defaultdict(dict)
        for link in AgreementField.objects.all():
            found[link.agreement_id][link.field_id] = link
        return found

    @cached_property
    def parties(self):
        """{(pk of an act, side): its parties in their order}."""
        found = defaultdict(list)
        for party in Party.objects.order_by("agreement", "side", "position"):
            found[party.agreement_id, party.side].append(party)
        return found

    @cached_property
    def links(self):
        """{pk of an act: {pk of an earlier one: ActLink}}."""
        found = defaultdict(dict)
        for link in ActLink.objects.all():
            found[link.act_id][link.earlier_id] = link
        return found

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

"""What waits on the desk about memberships: the fees of this year."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core.admin.desk import Group, Line, Section, form_of, section, under_department
from krakow_intl.core.admin.settling import settled, topic
from krakow_intl.core.display import money
from krakow_intl.review.verifiable import verifiable
from organizations.models import Involvement, Membership, Organization

CHANGE = "organizations.change_membership"
FEE = "fee"

under_department(Membership, "department")
under_department(Organization, "memberships__department")
under_department(Involvement, "organization__memberships__department")
for model in (Organization, Membership, Involvement):
    verifiable(model)


@section
class Fees(Section):
    name, title, group = "fees", gettext_lazy("Fees of memberships"), Group.CALENDAR
    about = gettext_lazy("The yearly fees of this year that nobody has said to be paid.")
    permission = CHANGE

    def rows(self, desk):
        due = Membership.objects.published().valid(desk.today).filter(fee__gt=0)
        paid = {key for _model, key, _field, year in settled(FEE) if year == str(desk.today.year)}
        return desk.within(due).exclude(pk__in=paid).select_related("organization").order_by("since", "pk")

    def lines(self, rows, desk):
        kind, year = ContentType.objects.get_for_model(Membership).pk, str(desk.today.year)
        for each in rows:
            why = "; ".join(filter(None, [money(each.fee, each.currency or "PLN"), each.fee_note]))
            question = {"topic": FEE, "kind": kind, "record": each.pk, "field": "fee", "state": year}
            button = _("Paid for %s") % year
            yield Line(str(each.organization), form_of(each), why, question=question, button=button)


@topic(FEE)
def may_settle(user, model, record, field, year):
    """A fee is paid for the year that runs, by word of who may write of memberships."""
    return model is Membership and user.has_perm(CHANGE) and year == str(timezone.localdate().year)

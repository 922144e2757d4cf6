"""What every public list of the partners shows of its records as of a day, and how a file says what it cannot read."""

from django.core.paginator import Paginator
from django.http import HttpResponseBadRequest

from krakow_intl.core.kinds import is_before_everything


class FirstPage(Paginator):
    """A list of which the first page was asked already, and its length."""

    def __init__(self, rows, per_page, count):
        super().__init__(list(rows), per_page)
        self.count = count


def read_on(records, day):
    """Those of a list that had happened or begun by an `AsOf`; as of today the list holds all there are."""
    return records if day.is_today else records.up_to(day.day)


def written_on(records, day):
    """The same of a file, which is empty on a day on which the page of the list says that nothing is recorded."""
    return records.none() if is_before_everything(day) else read_on(records, day)


def later_than(records, day):
    """How many of a list came later."""
    return 0 if day.is_today else records.after(day.day).count()


def page_of(records, request, on_a_page, total):
    """The page of a list of so many records that is asked for.

    Of one among several, the keys are found first: a database that sorts would work out all that each record of the
    list tells, those of the other pages too.
    """
    paginator = Paginator(records, on_a_page)
    paginator.count = total
    page = paginator.get_page(request.GET.get("page"))
    if page.has_other_pages():
        in_order = records.order_by(*records.query.order_by, "pk")  # so that no record stands on two pages
        keys = list(in_order.values_list("pk", flat=True)[page.start_index() - 1 : page.end_index()])
        page.object_list = list(in_order.filter(pk__in=keys))
    return page


def refused(day, filters):
    """A file has no room for a message: what could not be read is answered with instead of it."""
    errors = [f"{filters.form[name].label}: {error}" for name, found in filters.errors.items() for error in found]
    lines = [line for line in [str(day.error), *errors] if line]
    return HttpResponseBadRequest("\n".join(lines), content_type="text/plain; charset=utf-8")

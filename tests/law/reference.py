"""The law of agreements a second time, slowly: written from its sentences, an agreement is lived through day by day.

It shares nothing with `partners.terms`, not even how months are counted, so that one can be wrong without the other.
What it is given and what it answers is described in README.md beside it.
"""

from datetime import date, timedelta

LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ONE_DAY = timedelta(days=1)
ENDING = ("terminated", "withdrawn", "party-ceased")


def answer(agreement, day):
    """What the law says of an agreement on a day: {"status", "basis", "running_term", "notice_by"}."""
    status, began = live_until(agreement, day)
    term = None
    if status in ("in-force", "suspended"):
        term = next(((first, last) for first, last in terms_up_to(agreement, day) if first <= day <= last), None)
    return {
        "status": status,
        "basis": basis(agreement, day, status, began),
        "running_term": term and [each.isoformat() for each in term],
        "notice_by": notice_day(agreement, term),
    }


# --- the calendar -----------------------------------------------------------------------------------------------------


def length(year, month):
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else LENGTHS[month - 1]


def first_possible(text):
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_possible(text):
    known = [*map(int, text.split("-"))]
    year, month = (*known, 12)[:2]
    return date(year, month, known[2] if len(known) == 3 else length(year, month))


def months_away(day, count):
    """One month after another; at the end the day is put back, as far as the month has it."""
    year, month, step = day.year, day.month, 1 if count > 0 else -1
    for _each in range(abs(count)):
        month += step
        if month in (0, 13):
            year, month = year + step, 12 if month == 0 else 1
    return date(year, month, min(day.day, length(year, month)))


# --- terms ------------------------------------------------------------------------------------------------------------


def start_of(agreement):
    return agreement.get("valid_from") or agreement.get("signed_on")


def end_of_first_term(agreement):
    """(its last day, whether that is exact), or None."""
    start, until, months = start_of(agreement), agreement.get("until"), agreement.get("term_months")
    if until:
        return last_possible(until), len(until) == 10
    if start and months:
        return months_away(last_possible(start), months) - ONE_DAY, len(start) == 10
    return None


def terms_up_to(agreement, day):
    """The (first day, last day) of each term that has begun by a day, from the first on, as far as they can be told."""
    end, kind = end_of_first_term(agreement), agreement["term"]
    if not end or not start_of(agreement) or kind not in ("fixed", "tacit-renewal"):
        return
    last, is_exact = end
    if kind == "tacit-renewal" and not is_exact:
        return
    yield first_possible(start_of(agreement)), last
    renewal = agreement.get("renewal_months")
    anchor, number = last + ONE_DAY, 0
    while kind == "tacit-renewal" and renewal and months_away(anchor, number * renewal) <= day:
        following = months_away(anchor, (number + 1) * renewal)
        yield months_away(anchor, number * renewal), following - ONE_DAY
        number += 1


def notice_day(agreement, term):
    notice = agreement.get("notice_months")
    if agreement["term"] != "tacit-renewal" or notice is None or term is None:
        return None
    return months_away(term[1], -notice).isoformat()


# --- what happened ----------------------------------------------------------------------------------------------------


def events(agreement, *kinds):
    return [event for event in agreement.get("events", ()) if event["kind"] in kinds]


def takes_effect(event):
    return event.get("effective_on") or event.get("taken_on")


def notice_given(agreement):
    """(the day on which notice was first given, what was recorded of it), or None."""
    given = [
        (last_possible(event.get("taken_on") or event["effective_on"]), event)
        for event in events(agreement, "notice-given")
    ]
    return min(given, key=lambda each: each[0], default=None)


def end_by_notice(agreement):
    given = notice_given(agreement)
    if not given:
        return None
    on, event = given
    if event.get("effective_on"):
        return last_possible(event["effective_on"])
    if agreement["term"] != "tacit-renewal":
        return None
    notice = agreement.get("notice_months") or 0
    long_after = date(on.year + 250, 1, 1)
    in_time = (last for _first, last in terms_up_to(agreement, long_after) if months_away(last, -notice) >= on)
    return next(in_time, None)


def ends(agreement):
    """The (last day in force, status afterwards) of everything that ends it."""
    found = [(last_possible(takes_effect(event)), "terminated") for event in events(agreement, *ENDING)]
    if by_notice := end_by_notice(agreement):
        found.append((by_notice, "terminated"))
    if agreement["term"] == "fixed" and (end := end_of_first_term(agreement)):
        found.append((end[0], "expired"))
    return found


def rests_on(agreement, day):
    """(whether it is suspended, since when) by what had happened up to a day."""
    happened = [(first_possible(takes_effect(event)), True) for event in events(agreement, "suspended")]
    happened += [(last_possible(takes_effect(event)), False) for event in events(agreement, "resumed")]
    since, is_suspended = max((each for each in happened if each[0] <= day), default=(None, False))
    return is_suspended, since


def live_until(agreement, day):
    """(the status on a day, since when it has that status); day after day from its first."""
    if not start_of(agreement):
        return "unknown", None
    today, ending = first_possible(start_of(agreement)), ends(agreement)
    if day < today:
        return "not-yet", None
    starts = (start_of(later) for later in agreement.get("replaced_by", ()))
    replaced = min((first_possible(start) for start in starts if start), default=None)
    may_rest = bool(events(agreement, "suspended"))
    while True:
        over = {status for last, status in ending if last < today}
        if over:
            return ("terminated" if "terminated" in over else "expired"), today
        if replaced and replaced <= today:
            return "superseded", replaced
        if today == day:
            break
        today += ONE_DAY
    is_suspended, since = rests_on(agreement, day) if may_rest else (False, None)
    return ("suspended", since) if is_suspended else ("in-force", day)


# --- how it is known --------------------------------------------------------------------------------------------------


def known_to(record, *own_dates):
    """The later day of its source and its check; if it has neither, the day on which it happened."""
    known = [record[name] for name in ("known_to", "verified_on") if record.get(name)]
    if known:
        return date.fromisoformat(max(known))
    happened = next((text for text in own_dates if text), None)
    return happened and first_possible(happened)


def horizon(agreement):
    known = [known_to(agreement, agreement.get("signed_on"), agreement.get("valid_from"))]
    known += [
        known_to(event, event.get("taken_on"), event.get("effective_on")) for event in agreement.get("events", ())
    ]
    return max(filter(None, known), default=date.min)


def basis(agreement, day, status, began):
    if status in ("unknown", "not-yet"):
        return None
    known = horizon(agreement)
    if status == "superseded":
        later = [each for each in agreement["replaced_by"] if start_of(each)]
        known = max(known, horizon(min(later, key=lambda each: first_possible(start_of(each)))))
    if began <= known:
        return "on-record"
    if status != "in-force":
        return "by-its-terms"
    return "by-its-terms" if is_carried_to(agreement, day) else "presumed"


def is_carried_to(agreement, day):
    """Whether what was agreed or decided carries an agreement that nothing has ended to a day."""
    if ends(agreement):
        return True
    given, end, term = notice_given(agreement), end_of_first_term(agreement), agreement["term"]
    if given and given[0] < day:
        return False
    renews_itself = term == "tacit-renewal" and bool(agreement.get("renewal_months"))
    is_in_first_term = term == "tacit-renewal" and bool(end) and day <= end[0]
    return term == "open-ended" or renews_itself or is_in_first_term

"""What is done without anybody asking for it: since when, and by one alone where several processes could do it."""

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

SCHEDULER, DRILL = "run_scheduled", "drill"  # what `/readyz` tells of: whether it lives, and a backup that is proven


def note(name):
    """A job is done, now."""
    _jobs().update_or_create(name=name, defaults={"done_at": timezone.now()})


def last_done():
    """{job: when it was last done}."""
    return dict(_jobs().values_list("name", "done_at"))


def is_first_today(name, since):
    """Whether a job is due that is done once a day, from the hour `since` on; whoever hears so has to do it."""
    now = timezone.localtime()
    begins = now.replace(hour=since, minute=0, second=0, microsecond=0)
    if now < begins:
        return False
    _jobs().get_or_create(name=name)
    due = Q(done_at=None) | Q(done_at__lt=begins)
    return _jobs().filter(due, name=name).update(done_at=now) == 1


def _jobs():
    return apps.get_model("krakow_intl", "ScheduledJob").objects

"""The roles of the staff: each is a group of that name, and `fixtures/00-roles.json` says what it may."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    READER = (
        "reader",
        _("reader: reads all, drafts included, but internal notes, assessments and reports from the public"),
    )
    EDITOR = "editor", _("editor: writes, and hands in what the public is to see")
    REVIEWER = "reviewer", _("reviewer: writes, and publishes what others wrote")
    IMPORTER = "importer", _("importer: reads, and brings sheets of agreements in")
    ADMINISTRATOR = (
        "administrator",
        _("administrator: reads as a reader does, opens accounts and gives roles, and writes no texts"),
    )

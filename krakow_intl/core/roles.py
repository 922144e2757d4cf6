"""The roles of the staff: each is a group of that name, and `fixtures/00-roles.json` says what it may."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    READER = "reader", _("reader: reads all but internal assessments and reports from the public, drafts included")
    EDITOR = "editor", _("editor: writes and sends to review")
    REVIEWER = "reviewer", _("reviewer: writes and publishes")
    IMPORTER = "importer", _("importer: reads, and brings sheets of agreements in")
    ADMINISTRATOR = "administrator", _("administrator: does all of this and opens accounts")

"""Prints what a careful person and what the register get out of each office's file.

python -m tests.spreadsheets.offices
"""

import os

import django
from django.conf import settings
from django.db import connection

from tests.spreadsheets import (  # noqa: F401  they enter their files
    offices_english,
    offices_german,
    offices_polish,
    offices_polish_forms,
)
from tests.spreadsheets.careful import OFFICES


def line(case, plan):
    """What a careful person gets, what the register does, and for what it waits."""
    counts = plan.counts
    codes = sorted({message.code for message in plan.messages if message.level != "warning"})
    got = f"new {counts['new']}, asked {counts['doubtful']}, refused {counts['refused']}, left {counts['unchanged']}"
    got = f"refused as a whole, {len(plan.questions)} questions" if plan.is_refused else got
    return " | ".join([case.name, str(len(case.gets)), got, ", ".join(codes)])


def main():
    """From a register without agreements, which is made for it and thrown away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.partners.imports.conftest import load_cities

    settings.MIGRATION_MODULES = dict.fromkeys(app.label for app in django.apps.apps.get_app_configs())
    connection.creation.create_test_db(verbosity=0)
    load_cities()
    for case in OFFICES.values():
        print(line(case, case.plan()))


if __name__ == "__main__":
    main()

#!/usr/bin/env python
"""The door to the register's commands."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krakow_intl.settings")
    execute_from_command_line(sys.argv)

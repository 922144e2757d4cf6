"""Publishes what was approved for a day that has come; run it every few minutes."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from krakow_intl.review.decisions import carry_out_due


class Command(BaseCommand):
    help = "Publishes what is due; what changed since it was approved waits for review again."

    def handle(self, *args, **options):
        published, again = carry_out_due(timezone.now())
        for change in published:
            self.stdout.write(f"published: {change}")
        for change in again:
            self.stderr.write(f"waits again: {change}: {change.remark}")

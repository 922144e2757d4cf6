from django.db import migrations

from krakow_intl.search import find_anew


class Migration(migrations.Migration):
    """Records are found by their dates too, by whole figures, and by no word that only has a stem in common."""

    dependencies = [("programme", "0002_sort_quoted_names")]

    operations = [migrations.RunPython(find_anew("programme"), migrations.RunPython.noop)]

from django.db import migrations

from krakow_intl.search import find_anew


class Migration(migrations.Migration):
    """Records are found by their dates too, by whole figures, and by no word that only has a stem in common."""

    dependencies = [("partners", "0004_choices_by_language")]

    operations = [migrations.RunPython(find_anew("partners"), migrations.RunPython.noop)]

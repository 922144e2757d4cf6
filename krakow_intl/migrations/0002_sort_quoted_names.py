from django.db import migrations

from krakow_intl.keys import sort_names_anew


class Migration(migrations.Migration):
    """Quoted names sort by their first letter, not by the quotation mark."""

    dependencies = [("krakow_intl", "0001_initial")]

    operations = [migrations.RunPython(sort_names_anew("krakow_intl"), migrations.RunPython.noop)]

from django.db import migrations

from krakow_intl.keys import sort_names_anew


class Migration(migrations.Migration):
    """Quoted names sort by their first letter, not by the quotation mark."""

    dependencies = [("partners", "0002_imports")]

    operations = [migrations.RunPython(sort_names_anew("partners"), migrations.RunPython.noop)]

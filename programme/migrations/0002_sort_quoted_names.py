from django.db import migrations


class Migration(migrations.Migration):
    """Keys that `manage.py rebuild_keys` computes; this step once did it with the code of its day."""

    dependencies = [("programme", "0001_initial")]

    operations = []

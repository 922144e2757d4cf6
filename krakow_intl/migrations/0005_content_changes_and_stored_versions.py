from django.db import migrations, models


class Migration(migrations.Migration):
    """Machines learn of each other's changes, and keys tell by which rules they were computed."""

    dependencies = [("krakow_intl", "0004_brakes_and_reports")]

    operations = [
        migrations.CreateModel(
            name="ContentChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("machine", models.CharField(max_length=200, verbose_name="machine")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "change of public content",
                "verbose_name_plural": "changes of public content",
            },
        ),
        migrations.CreateModel(
            name="StoredVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=50, unique=True, verbose_name="name")),
                ("version", models.CharField(max_length=64, verbose_name="version")),
            ],
            options={"verbose_name": "stored version", "verbose_name_plural": "stored versions"},
        ),
    ]

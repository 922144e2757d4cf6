from django.db import migrations

LANGUAGES = ("pl", "en")


def _by_language(choices):
    """[[value, {language: label}]] as {language: [[value, label]]}."""
    return {language: [[value, labels[language]] for value, labels in choices] for language in LANGUAGES}


def order_by_language(apps, schema_editor):
    for record in apps.get_model("partners", "SheetImport").objects.exclude(report={}):
        record.report["lists"] = [_by_language(choices) for choices in record.report.get("lists", [])]
        record.save(update_fields=["report"])


class Migration(migrations.Migration):
    """The choices of a question stand in each language's own order; imports that wait for an answer follow."""

    dependencies = [("partners", "0003_sort_quoted_names")]

    operations = [migrations.RunPython(order_by_language, migrations.RunPython.noop)]

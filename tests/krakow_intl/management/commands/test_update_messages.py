import io

import pytest
from django.core.management import call_command
from jinja2.ext import babel_extract

from krakow_intl.management.commands import update_messages
from krakow_intl.management.commands.update_messages import JINJA, KEYWORDS, extract_template

TEMPLATES = {
    "tag": ("{% translate 'Search' %}", [("gettext", "Search")]),
    "double quotes": ('  <p class="x">{% translate "It’s" %}</p>', [("gettext", "It’s")]),
    "context": ('{% translate "partner" context "url" %}', [("pgettext", ("url", "partner"))]),
    "argument": ('{% include "a.html" with title=_("Title") only %}', [("_", "Title")]),
    "variable": (
        "\n  {% blocktranslate trimmed with name=a.b %}\n    The city of\n    {{ name }}\n  {% endblocktranslate %}",
        [("gettext", "The city of %(name)s")],
    ),
    "plural": (
        "{% blocktranslate count n=agreements %}{{ n }} agreement{% plural %}{{ n }} agreements{% endblocktranslate %}",
        [("ngettext", ("%(n)s agreement", "%(n)s agreements", None))],
    ),
    "what is no Python": ("  ((\n{ ' \" {% translate 'yes' %}\n   [", [("gettext", "yes")]),
    "comment": ("{% comment %}{% translate 'no' %}{% endcomment %}", []),
}


PUBLIC_TEMPLATES = {
    "function": ('<p class="x">{{ _("It’s") }}</p>', [("_", "It’s")]),
    "context": ('{{ pgettext("url", "partner") }}', [("pgettext", ("url", "partner"))]),
    "variable": (
        "{% trans name=a.b %}\n  The city of\n  {{ name }}\n{% endtrans %}",
        [("gettext", "The city of %(name)s")],
    ),
    "plural": (
        "{% trans n=agreements %}{{ n }} agreement{% pluralize %}{{ n }} agreements{% endtrans %}",
        [("ngettext", ("%(n)s agreement", "%(n)s agreements", None))],
    ),
    "comment": ('{# {{ _("no") }} #}', []),
}


@pytest.mark.parametrize(("template", "strings"), PUBLIC_TEMPLATES.values(), ids=PUBLIC_TEMPLATES)
def test_strings_of_a_public_template_are_found(template, strings):
    found = babel_extract(io.BytesIO(template.encode()), KEYWORDS, [], JINJA)
    assert [(function, message) for _, function, message, _ in found] == strings


@pytest.mark.parametrize(("template", "strings"), TEMPLATES.values(), ids=TEMPLATES)
def test_strings_of_a_template_are_found(template, strings):
    found = extract_template(io.BytesIO(template.encode()), KEYWORDS, [], {})
    assert [(function, message) for _, function, message, _ in found] == strings


def test_the_catalogue_gains_new_strings_and_loses_old_ones_and_settles(monkeypatch, tmp_path):
    catalogue = tmp_path / "django.po"
    catalogue.write_text('msgid ""\nmsgstr ""\n"Language: pl\\n"\n\nmsgid "Long gone and forgotten"\nmsgstr "Dawno"\n')
    monkeypatch.setattr(update_messages, "CATALOGUE", catalogue)
    call_command("update_messages", stdout=io.StringIO())
    updated = catalogue.read_text()
    assert 'msgid "partner city"' in updated
    assert "forgotten" not in updated
    call_command("update_messages", stdout=io.StringIO())
    assert catalogue.read_text() == updated

import re

import pytest
from django.core.management import call_command

from krakow_intl.core.stylesheets import JOINED, JoinedStylesheets

# where a module takes in another: 'from "../django_prose_editor/editor.9007e215f9e9.js"'
TAKEN_IN = re.compile(r'^import .+ from "(.+)";$', re.M)
OTHERS = ["admin", "import_export", "modeltranslation"]  # what takes long to pack


@pytest.mark.slow
@pytest.mark.once
def test_static_files_are_collected_under_names_that_change_with_them(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "krakow_intl.core.stylesheets.JoinedStylesheets"}
    }
    for _time in range(2):  # what was joined before is joined anew
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=OTHERS)
    files = JoinedStylesheets(location=tmp_path)
    joined = (tmp_path / files.stored_name(JOINED)).read_text()
    assert "@import" not in joined
    assert [joined.count(part) for part in ("@layer tokens {", "@layer layout {", "@layer print {")] == [1, 1, 1]
    module = tmp_path / files.stored_name("js/admin-prose.js")
    assert all((module.parent / name).resolve().exists() for name in TAKEN_IN.findall(module.read_text()))
    assert not [*tmp_path.glob("**/*.map.br")]

from django.core.management import call_command

from krakow_intl.core.stylesheets import JOINED, JoinedStylesheets


def test_the_stylesheets_are_collected_as_one_that_asks_for_no_other(tmp_path, settings):
    settings.STATIC_ROOT, settings.STATICFILES_FINDERS = tmp_path, settings.STATICFILES_FINDERS[:1]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "krakow_intl.core.stylesheets.JoinedStylesheets"}
    }
    for _time in range(2):  # what was joined before is joined anew
        call_command("collectstatic", interactive=False, verbosity=0)
        joined = (tmp_path / JoinedStylesheets(location=tmp_path).stored_name(JOINED)).read_text()
        assert "@import" not in joined
        assert [joined.count(part) for part in ("@layer tokens {", "@layer layout {", "@layer print {")] == [1, 1, 1]

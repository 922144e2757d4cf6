"""What every test may ask for: a clock, a small register, an editor, a browser, a page of it, and its faults by axe."""

import gc
import os
import shutil

import pytest
from django.conf import settings
from django.db import connection

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# what axe finds, without what it passed, which is a hundred times as long
VIOLATIONS = """options => axe.run(options).then(({violations}) =>
    violations.map(({id, impact, nodes}) => [id, impact, nodes.map(node => node.html)]))"""
OF_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
ALIKE = (["pl", "en"], ["xlsx", "ods", "csv"], ["xlsx", "ods"], ["ods", "csv"])  # what only the answer is written in
NOT_RUN = "Chromium is not installed (Debian: apt-get install chromium)"
MARKERS = {"browser": "browser", "facts": "slow"}  # by the fixture a test asks for


def pytest_report_header(config):
    left = config.option.markexpr
    return f"only tests that are {left}; -m '' runs the others too" if left else None


def pytest_collection_finish():
    """What was imported stays: to look through it for unused cycles again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(config, items):
    for item in items:
        for fixture in MARKERS.keys() & {*item.fixturenames}:
            item.add_marker(MARKERS[fixture])
    if not settings.DATABASE["ENGINE"].endswith("postgresql"):
        others = [item for item in items if item.get_closest_marker("postgresql")]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
    else:
        kept = [item for item in items if _depends_on_the_database(item) and not _is_asked_elsewhere(item)]
        config.hook.pytest_deselected(items=[*{*items} - {*kept}])
        items[:] = kept
    # what takes long comes first, so that no process waits for another at the end
    items.sort(key=lambda item: not any(map(item.get_closest_marker, MARKERS.values())))


def _depends_on_the_database(item):
    """Whether a test may end otherwise on PostgreSQL: what reads no table, and what a browser shows, is tried once."""
    if item.get_closest_marker("once") or item.get_closest_marker("browser"):
        return False
    if "reading" in item.path.parts:  # what cells mean is read in memory, from words that were loaded once
        return False
    asks = not OF_A_DATABASE.isdisjoint(item.fixturenames) or item.get_closest_marker("django_db")
    return asks or item.get_closest_marker("slow") is not None


def _is_asked_elsewhere(item):
    """Whether a test is asked of another such language or file first; the database knows of neither."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    asked = [mark.args[:2] for mark in item.iter_markers("parametrize") if mark.args[1] in ALIKE]
    return any(parameters.get(name, values[0]) != values[0] for name, values in asked)


def pytest_terminal_summary(terminalreporter):
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NOT_RUN in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"NOT RUN: {len(skipped)} tests in a browser; {NOT_RUN}.", yellow=True)


@pytest.fixture(scope="session", autouse=True)
def _no_other_machine():
    """Nobody asks the database once a second what others changed: tests count queries."""
    from krakow_intl.core import content_version

    content_version._known["asked_at"] = float("inf")


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_keepdb,
    django_db_use_migrations,
    django_db_modify_db_settings,
    django_db_blocker,
    tmp_path_factory,
    worker_id,
    testrun_uid,
):
    """Of several processes one migrates from nothing, which takes long, and all begin with copies of what it made."""
    if worker_id == "master" or not django_db_use_migrations or django_db_keepdb:
        yield django_db_keepdb
        return
    from tests import migrated

    place = tmp_path_factory.getbasetemp().parent, f"migrated_{testrun_uid}"
    with django_db_blocker.unblock():
        stands = migrated.copy(*place)
    yield stands
    with django_db_blocker.unblock():
        migrated.drop(*place)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the tests, which nobody uses any more when it is dropped, not even a thread that is late."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(scope="session", autouse=True)
def _empty_what_was_filled():
    """After a test with transactions of its own rows are deleted where some are, instead of every table flushed."""
    from django.test import TransactionTestCase

    from tests.emptying import empty_after_a_test

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: empty_after_a_test())
        yield


@pytest.fixture(scope="session", autouse=True)
def _context_of_public_pages():
    """The client of the tests tells what a public page was given, as it does of Django's templates."""
    from django.test.signals import template_rendered

    from krakow_intl.core.jinja import PublicPage

    render = PublicPage.render

    def render_and_tell(page, context=None, request=None):
        template_rendered.send(sender=page, template=page, context=context or {})
        return render(page, context, request)

    PublicPage.render = render_and_tell
    yield
    PublicPage.render = render


@pytest.fixture(scope="module")
def small_register(django_db_setup, django_db_blocker):
    """The register of `tests.sample`, told once for the tests of a module, which read it in a browser."""
    from tests.emptying import staying
    from tests.sample import tell_everything

    with django_db_blocker.unblock(), staying():
        tell_everything()
        yield


@pytest.fixture
def editor(client):
    """A client through which an editor has signed in."""
    from tests.staff import sign_in  # which needs the settings, as the pictures do not

    return sign_in(client, "editor")


@pytest.fixture
def clock(monkeypatch):
    """The clock of the register, which stands still until it is moved."""
    from tests.clock import Clock

    return Clock(monkeypatch)


@pytest.fixture(scope="session")
def browser():
    """A Chromium without a window, started once."""
    if not CHROMIUM:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NOT_RUN)
    from playwright.sync_api import sync_playwright  # here, for other tests need not wait for it

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop is no reason to refuse the database
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _static_files():
    """The live server lets a browser keep static files, which are the same for all tests; pages it asks for anew."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    serve = StaticFilesHandler.serve

    def serve_to_keep(handler, request):
        response = serve(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_to_keep)
        yield


@pytest.fixture(scope="session")
def _visits(browser, live_server, _static_files):
    """One visitor's browser for all tests, with a blank page that stays: the next one opens in a third of the time."""
    context = browser.new_context(base_url=live_server.url)
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def page(_visits, live_server):
    """An empty page of a browser that knows no more than static files; `page.goto("/pl/")` opens the register."""
    yield _visits.new_page()
    blank, *opened = _visits.pages
    for page in opened:
        page.close()
    _visits.clear_cookies()
    forget = _visits.new_cdp_session(blank)
    forget.send("Storage.clearDataForOrigin", {"origin": live_server.url, "storageTypes": "all"})
    forget.detach()


@pytest.fixture
def axe_faults():
    """Tells the accessibility faults of a page as [rule, where it stands], of all impacts or some; none: []."""
    from axe_playwright_python.base import AXE_SCRIPT

    def faults(page, options=ALL_RULES, impacts=None):
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE_SCRIPT)
        violations = page.evaluate(VIOLATIONS, options)
        found = [(rule, elements) for rule, impact, elements in violations if impacts is None or impact in impacts]
        return [[rule, html] for rule, elements in found for html in elements]

    return faults


@pytest.fixture
def signed_in(page, live_server):
    """Signs the page in: `signed_in("editor")`; what the page tells its console stands in `page.said`."""

    from django.test import Client

    from tests.staff import cookie_of, sign_in

    def with_role(role):
        page.context.add_cookies([cookie_of(sign_in(Client(), role), live_server)])
        return page

    page.said = []
    page.on("console", lambda message: message.type in {"error", "warning"} and page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    return with_role

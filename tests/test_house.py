"""The order of the house: arrows go one way, tests mirror the code, templates are used, nothing is left undone."""

import ast
import re
import subprocess
from fnmatch import fnmatch
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.management import call_command
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

from krakow_intl.management.commands.update_messages import read_catalogue, strings_of_sources, texts_of

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {  # a part of the house, and how high it stands: it imports what stands lower, or beside it on its own floor
    "krakow_intl": 0,
    "krakow_intl.core": 0,
    "krakow_intl.sheets": 1,
    "krakow_intl.review": 1,
    "krakow_intl.imports": 2,
    "programme": 3,
    "partners": 4,
    "organizations": 5,
    "polonia": 6,
    "krakow_intl.api": 7,
    "krakow_intl.portal": 7,
    "krakow_intl.admin": 7,
    "krakow_intl.management": 7,
    "krakow_intl.settings": 7,
    "krakow_intl.urls": 7,
    "krakow_intl.wsgi": 7,
}
HOUSE = ["krakow_intl", "programme", "partners", "organizations", "polonia"]
# what names something of an app: "partners.PartnerCity", "programme:goal_detail", "krakow_intl_page"
OF_AN_APP = re.compile(rf"\b(?:{'|'.join(HOUSE[1:])})[.:_]\w|\bkrakow_intl_|:krakow_intl|\w_detail\b")
# a condition on what is published: filter(publication="published"), Q(city__publication="published")
A_FILTER_ON_PUBLICATION = re.compile(r"__publication\b|\bpublication=(?:\"published|Publication\.P)")
PUBLIC_IS_SAID_IN = "krakow_intl/core/records.py"
# modules without a test file of their own: the file in tests/ that tests them
TESTED_IN = {
    "*/apps.py": "test_admin_pages.py",
    "*/desk.py": "krakow_intl/core/admin/test_desk.py",
    "*/kinds.py": "test_public_pages.py",
    "*/lists.py": "test_fixtures.py",
    "*/models.py": "test_fixtures.py",
    "*/display.py": "test_page_types.py",
    "*/templatetags/*.py": "test_admin_pages.py",
    "*/translation.py": "test_admin_pages.py",
    "*/urls.py": "test_links.py",
    "krakow_intl/admin.py": "krakow_intl/portal/test_admin.py",
    "krakow_intl/core/admin/assembled.py": "krakow_intl/core/admin/test_desk.py",
    "krakow_intl/core/admin/columns.py": "test_drafts.py",
    "*/public_data.py": "krakow_intl/api/test_views.py",
    "krakow_intl/api/*.py": "krakow_intl/api/test_views.py",
    "krakow_intl/core/calendars.py": "partners/test_calendars.py",
    "krakow_intl/core/places.py": "krakow_intl/core/admin/test_confirming.py",
    "krakow_intl/core/english.py": "test_drafts.py",
    "krakow_intl/core/impossible.py": "test_impossible_values.py",
    "krakow_intl/core/admin/desk_pages.py": "krakow_intl/core/admin/test_desk.py",
    "krakow_intl/core/admin/desk_records.py": "krakow_intl/core/admin/test_desk.py",
    "krakow_intl/core/admin/settling.py": "krakow_intl/core/admin/test_desk.py",
    "krakow_intl/core/admin/public_records.py": "krakow_intl/core/admin/test_publication.py",
    "krakow_intl/core/admin/scans.py": "partners/test_admin.py",
    "krakow_intl/core/admin/sign_in_form.py": "krakow_intl/core/admin/test_accounts.py",
    "krakow_intl/core/admin/sign_in_urls.py": "krakow_intl/core/admin/test_signing_in.py",
    "krakow_intl/core/admin/reminders.py": "krakow_intl/portal/test_reminders.py",
    "krakow_intl/core/backups.py": "krakow_intl/management/commands/test_restore.py",
    "krakow_intl/core/drawings.py": "test_page_types.py",
    "krakow_intl/core/dumps.py": "krakow_intl/management/commands/test_backup.py",
    "krakow_intl/core/facts.py": "krakow_intl/management/commands/test_load_register.py",
    "krakow_intl/core/markup.py": "krakow_intl/core/test_pasted.py",
    "krakow_intl/core/pasted_*.py": "krakow_intl/core/test_pasted.py",
    "krakow_intl/imports/*.py": "krakow_intl/imports/planning/test_lists.py",
    "krakow_intl/imports/planning/links.py": "krakow_intl/imports/planning/test_lists.py",
    "krakow_intl/imports/planning/messages.py": "partners/imports/planning/test_messages.py",
    "krakow_intl/imports/planning/plan.py": "partners/imports/planning/test_plan.py",
    "krakow_intl/imports/reading/words.py": "partners/imports/reading/test_vocabulary.py",
    "krakow_intl/imports/writing/undo*.py": "partners/imports/writing/test_undo.py",
    "krakow_intl/core/admin/submission.py": "krakow_intl/review/test_decisions.py",
    "krakow_intl/core/reviewing.py": "krakow_intl/core/admin/test_publication.py",
    "krakow_intl/review/*.py": "krakow_intl/review/test_decisions.py",
    "krakow_intl/review/belonging.py": "krakow_intl/review/test_what_changed.py",
    "krakow_intl/review/entries.py": "krakow_intl/review/test_what_changed.py",
    "krakow_intl/review/origins.py": "krakow_intl/review/test_what_changed.py",
    "krakow_intl/review/putting_back.py": "krakow_intl/review/test_restoring.py",
    "krakow_intl/review/reverting_pages.py": "krakow_intl/review/test_reverting.py",
    "krakow_intl/review/what_changed_pages.py": "krakow_intl/review/test_what_changed.py",
    "organizations/computed.py": "krakow_intl/core/admin/test_computed.py",
    "partners/admin/computed.py": "krakow_intl/core/admin/test_computed.py",
    "partners/aftermath.py": "partners/test_admin.py",
    "partners/import_origins.py": "krakow_intl/review/test_what_changed.py",
    "krakow_intl/management/commands/rebuild_keys.py": "krakow_intl/core/test_rebuilding.py",
    "krakow_intl/portal/navigation.py": "test_links.py",
    "krakow_intl/portal/schema.py": "krakow_intl/portal/test_sharing.py",
    "krakow_intl/review/verifiable.py": "krakow_intl/review/test_rounds.py",
    "krakow_intl/wsgi.py": "test_server.py",
    "partners/admin/*.py": "partners/test_admin.py",
    "partners/admin/import_*.py": "partners/admin/test_imports.py",
    "partners/admin/list_report.py": "partners/management/commands/test_import_list.py",
    "partners/desk_imports.py": "partners/test_desk.py",
    "partners/admin/sheets.py": "partners/imports/reading/test_vocabulary.py",
    "partners/imports/planning/listed_events.py": "partners/imports/planning/test_events.py",
    "partners/imports/planning/likeness.py": "partners/imports/planning/test_matching.py",
    "partners/management/commands/export_list.py": "partners/management/commands/test_import_list.py",
    "partners/management/commands/forget_imports.py": "partners/imports/writing/test_cleanup.py",
    "partners/term_resource.py": "partners/test_resources.py",
    "partners/models/imports.py": "partners/imports/writing/test_applying.py",
}
ERROR_PAGES = {"400.html", "403.html", "403_csrf.html", "404.html", "410.html", "500.html", "503.html"}
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
STATIC = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
# a block of rules, or what makes a comment, in a stylesheet: "{ color: red; }", "/* a list */"
NO_SELECTOR = re.compile(r"/\*.*?\*/|\{[^{}]*\}", re.DOTALL)
# a class in a selector: ".badge--partner"
A_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
# a word that may be the name of a class: "badge--partner"
A_NAME = re.compile(r"[\w-]+")
# the beginning of a class that a template completes: the "badge--" of "badge--{{ relation }}"
BEGINNING_OF_A_CLASS = re.compile(r"([\w-]+[-_])\{\{")


def code(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def name_of(path):
    return str(path.relative_to(ROOT))


def imports(path):
    """The dotted names a file imports, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            module = ".".join([*package, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def floor_of(dotted):
    """How high a module, or a name in it, stands; None for what is not of the house."""
    parts = dotted.split(".")
    parents = (".".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((FLOORS[parent] for parent in parents if parent in FLOORS), None)


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def against_the_arrows(path):
    """What a file imports although it stands higher."""
    here = floor_of(module_of(path))
    return [imported for imported in imports(path) if (floor_of(imported) or 0) > here]


def test_arrows_go_one_way():
    assert {name_of(path): found for path in code(*HOUSE) if (found := against_the_arrows(path))} == {}


def test_the_arrows_are_read_inside_functions_too(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    path = tmp_path / "programme" / "models.py"
    path.parent.mkdir()
    imports = "from partners.models import City", "from krakow_intl.portal import views", "import polonia"
    path.write_text("def function():\n    " + "; ".join(imports))
    assert list(against_the_arrows(path)) == ["partners.models.City", "krakow_intl.portal.views", "polonia"]


def test_foreign_keys_follow_the_arrows():
    fields = [f for app in HOUSE for m in apps.get_app_config(app).get_models() for f in m._meta.fields]
    ours = [f for f in fields if f.related_model and f.related_model._meta.app_label in HOUSE]
    assert [f for f in ours if rank(f.related_model) > rank(f.model)] == []


def rank(model):
    return FLOORS[model._meta.app_label]


def test_every_test_file_stands_where_the_file_it_tests_stands():
    tests = [path.relative_to(ROOT / "tests") for path in (ROOT / "tests").glob("*/**/test_*.py")]
    assert [str(test) for test in tests if not stands_beside(test)] == []


def stands_beside(test):
    """Whether tests/partners/test_terms.py has its partners/terms.py, a package of that name or a command."""
    folder, name = ROOT / test.parent, test.stem.removeprefix("test_")
    places = [folder / f"{name}.py", folder / name / "__init__.py", folder / "management" / "commands" / f"{name}.py"]
    return any(place.exists() for place in places)


def test_every_module_has_its_test_file_or_is_tested_in_another():
    without = [name_of(path) for path in code(*HOUSE) if says_something(path) and not mirrored(path).exists()]
    unknown = [name for name in without if not any(fnmatch(name, pattern) for pattern in TESTED_IN)]
    needless = [pattern for pattern in TESTED_IN if not any(fnmatch(name, pattern) for name in without)]
    missing = [name for name in TESTED_IN.values() if not (ROOT / "tests" / name).exists()]
    assert (unknown, needless, missing) == ([], [], [])


def says_something(path):
    """Whether a file is to be tested: no migration, and no file of a package that only hands on."""
    defines = any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.parse(path.read_text()).body)
    return "migrations" not in path.parts and (defines or path.name != "__init__.py")


def mirrored(path):
    """The test file that mirrors a file: partners/terms.py -> tests/partners/test_terms.py."""
    module = path.parent if path.name == "__init__.py" else path
    return ROOT / "tests" / module.parent.relative_to(ROOT) / f"test_{module.stem}.py"


GROUND_FLOOR = ("krakow_intl/core", "krakow_intl/sheets", "krakow_intl/imports", "krakow_intl/review")


@pytest.mark.parametrize("path", code(*GROUND_FLOOR), ids=name_of)
def test_the_ground_floor_names_nothing_of_an_app(path):
    """Strings go round imports: no model, address, table or permission of an app stands in one."""
    assert [text for text in strings(path) if OF_AN_APP.search(text)] == []


def strings(path):
    """The strings of a file that are no docstrings."""
    tree = ast.parse(path.read_text())
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings)
    return [node.value for node in constants if isinstance(node.value, str)]


@pytest.mark.parametrize("path", [path for path in code(*HOUSE) if name_of(path) != PUBLIC_IS_SAID_IN], ids=name_of)
def test_what_is_public_is_said_in_one_place(path):
    assert A_FILTER_ON_PUBLICATION.findall(path.read_text()) == []


def test_no_file_is_a_store_room():
    names = {"utils", "helpers", "common", "services", "misc"}
    assert [name_of(path) for path in code(*HOUSE, "tests") if path.stem in names] == []


def name_of_template(path):
    """The name by which its engine knows a template: "admin/login.html" of the staff's, "partners/compare.html"."""
    return str(path.relative_to(ROOT / "templates")).removeprefix("staff/")


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of_template)
def test_every_template_compiles(path):
    get_template(name_of_template(path))


def test_every_template_is_used():
    sources = "\n".join(path.read_text() for path in [*code(*HOUSE), *TEMPLATES]).replace("'", '"')
    names = [name_of_template(path) for path in TEMPLATES]
    unused = [name for name in names if f'"{name}"' not in sources and not is_found_by_name(name)]
    assert unused == []


@pytest.mark.parametrize("path", [path for path in STATIC if path.suffix == ".css"], ids=name_of)
def test_every_class_of_a_stylesheet_is_used(path):
    classes = {*A_CLASS.findall(NO_SELECTOR.sub("", path.read_text()))}
    names, beginnings = words_that_may_be_classes(of_the_admin=path.name.startswith("admin"))
    assert [name for name in sorted(classes - names) if not name.startswith(beginnings)] == []


@cache
def words_that_may_be_classes(of_the_admin):
    text = text_of([*TEMPLATES, *code(*HOUSE), *STATIC, *(files_of_the_admin() if of_the_admin else [])])
    return {*A_NAME.findall(text)}, tuple({*BEGINNING_OF_A_CLASS.findall(text)})


def text_of(files, kinds=(".html", ".js", ".py")):
    return "\n".join(path.read_text() for path in files if path.suffix in kinds)


def files_of_the_admin():
    """The files of Django and of libraries that make the pages of the admin."""
    folders = [app.path for app in apps.get_app_configs() if app.name not in HOUSE]
    return [path for folder in [*folders, Path(forms.__file__).parent] for path in Path(folder).rglob("*")]


def test_every_static_file_is_used():
    text = text_of([*TEMPLATES, *code(*HOUSE), *STATIC], (".html", ".js", ".py", ".css"))
    assert [name_of(path) for path in STATIC if path.name not in text] == []


def test_every_component_is_used():
    sources = {path: path.read_text() for path in TEMPLATES}
    # a component and its name: {% macro page_header(title, lead="") %}
    macros = {name for text in sources.values() for name in re.findall(r"{% macro (\w+)\(", text)}
    # one that the staff's pages call by name: {% component "notice" %}
    staff = re.findall(r'{% component "(\w+)"', "\n".join(sources.values()))
    pages = (text for path, text in sources.items() if path.name != "styleguide.html")
    # a call of one, which is no definition: {{ icon("search") }}
    calls = re.findall(r"(?<!macro )\b(\w+)\(", "\n".join(pages))
    assert macros - {*calls, *staff} == set()


def is_found_by_name(name):
    """Whether Django or a library asks for a template of this name: error pages, and what we put in place of theirs."""
    return name in ERROR_PAGES or any((folder / name).exists() for folder in get_app_template_dirs("templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of_template)
def test_templates_hold_no_style_or_script_inline(path):
    # style or script within a page: "<style", ' style="', ' onclick="', "<script>", "javascript:"
    inline = r"<style|\sstyle\s*=|\son[a-z]+\s*=|<script(?![^>]*(\ssrc=|json))|javascript:"
    # what a template computes: "{% if page %}", "{{ page }}"
    html = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text())
    assert not re.search(inline, html, re.IGNORECASE)


@pytest.mark.django_db
def test_migrations_are_complete():
    output = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=output)


def eager_names(tree):
    """The names by which a module calls what translates at once, in whatever language is spoken then."""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    names = (name for node in found if node.module == "django.utils.translation" for name in node.names)
    return {name.asname or name.name for name in names if name.name in {"gettext", "ngettext", "pgettext", "npgettext"}}


def called_on_import(node):
    """The calls that run while a module is imported: none within functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call):
            yield getattr(child.func, "id", "")
        yield from called_on_import(child)


def test_nothing_is_translated_while_a_module_is_imported():
    trees = {name_of(path): ast.parse(path.read_text()) for path in code(*HOUSE)}
    assert [name for name, tree in trees.items() if eager_names(tree) & {*called_on_import(tree)}] == []


def test_the_catalogue_holds_every_string_of_the_sources_and_no_other():
    used, known = (
        {(m.id, m.context) for m in messages if m.id} for messages in (strings_of_sources(), read_catalogue())
    )
    assert (used - known, known - used) == (set(), set())


def test_every_string_is_translated():
    messages = [message for message in read_catalogue() if message.id]
    assert [m.id for m in messages if m.fuzzy or not all(texts_of(m))] == []
    assert [str(error) for m in messages for error in m.check()] == []


@pytest.mark.parametrize("path", code(*HOUSE, "tests"), ids=name_of)
def test_a_comment_with_an_example_stands_over_every_regular_expression(path):
    lines = path.read_text().splitlines()
    bare = [line for line in lines_with_patterns(path) if not lines[line - 2].lstrip().startswith("# ")]
    assert bare == []


def lines_with_patterns(path):
    """The numbers of the lines on which a regular expression is written."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).startswith(("re.", "RegexValidator")):
            is_escaped = ast.unparse(node.func) == "re.escape"
            if isinstance(node.args[0], ast.Constant | ast.JoinedStr) and not is_escaped:
                yield node.lineno


def tracked_files():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_this_machine_or_a_package_index():
    # a path of a machine, and an address or an option of an index: what follows is written so that it is none itself
    machine = r"(?<![\w.:/])/(?:home|root|Users|work)/\w"
    index = r"index-ur[l]|find-link[s]|py[p]i\.org|files\.python[h]osted|registry\.npm[j]s"
    wrong = []
    for path in tracked_files():
        text = path.read_bytes().decode(errors="ignore")
        # either of the two: "/home" with a name behind it
        wrong += [f"{name_of(path)}: {match[0]}" for match in re.finditer(f"{machine}|{index}", text)]
    assert wrong == []

"""What holds the house up: read from the sources, so that no reviewer must remember."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from editorial.states import MOVES, Role, Status

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path
    for package in ("conditions", "editorial")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts and path.read_text().strip()
)
SETTINGS = ROOT / "editorial" / "settings.py"
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))

# Imports inside `editorial` run towards the left only.
FLOORS = (
    {
        "environment",
        "logs",
        "settings",
        "clock",
        "states",
        "refusals",
        "syllables",
        "sentences",
        "merkle",
        "kept_rows",
        "limits",
        "look_alikes",
        "locks",
        "patience",
        "wanted",
        "rights",
    },
    {"models", "guards", "mail", "sessions", "readability", "checks", "weaving"},
    {"rounds", "deliveries"},
    {"quotes", "anchors", "threads", "sending_back", "settling"},
    {
        "roles",
        "manuscript",
        "traces",
        "history",
        "telling",
        "merging",
        "log",
        "preflight",
    },
    {"changes"},
    {"dossier", "reporting", "soundness"},
    {"account_notes"},
    {"four_eyes", "frozen", "credentials", "accounts", "open_work"},
    {"reading", "concerned"},
    {"catalogue", "left_behind", "barring"},
    {"invitations", "identity"},
    {"rules"},
    {"demands"},
    {"reasons"},
    {"workflow"},
    {"writing", "publishing", "next_review", "handing_over", "commenting"},
    {"statement"},
    {"signoff", "adopting", "triage", "announcing", "printing"},
    {"importing", "exporting", "evidence", "backups", "verifying"},
    {"sample"},
    {"desk", "management", "templatetags", "reminders"},
)


def named(path):
    return str(path.relative_to(ROOT))


@cache
def tree(path):
    return ast.parse(path.read_text())


@cache
def walked(path):
    return tuple(ast.walk(tree(path)))


def imports(path):
    for node in walked(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor(room):
    return next((n for n, rooms in enumerate(FLOORS) if room in rooms), None)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_fits_its_room(path):
    text = path.read_text()

    assert ast.get_docstring(tree(path)), "no first sentence saying what it is for"
    assert text.count("\n") <= 250


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_function_is_longer_than_a_screen(path):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in walked(path)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 40
    ]

    assert long == []


def test_the_library_imports_nothing_from_the_newsroom():
    library = [path for path in MODULES if path.parts[len(ROOT.parts)] == "conditions"]

    assert [
        f"{named(path)}: {name}"
        for path in library
        for name in imports(path)
        if name.split(".")[0] == "editorial"
    ] == []


def test_the_only_key_out_of_the_library_is_to_the_author_in_history():
    keys = {
        (field.name, field.related_model._meta.label)
        for model in apps.get_app_config("conditions").get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model._meta.app_label != "conditions"
    }

    assert keys == {("history_user", settings.AUTH_USER_MODEL)}


def test_no_relation_leads_back_from_the_library_into_the_newsroom():
    back = {
        field.related_model._meta.label
        for model in apps.get_app_config("conditions").get_models()
        for field in model._meta.get_fields()
        if field.auto_created and not field.concrete
    }

    assert {label for label in back if label.startswith("editorial.")} == set()


def test_imports_in_the_newsroom_run_downwards():
    upwards = []
    for path in MODULES:
        parts = path.relative_to(ROOT).with_suffix("").parts
        here = floor(parts[1]) if parts[0] == "editorial" else None
        for name in imports(path):
            room = name.split(".")[1] if name.startswith("editorial.") else None
            there = floor(room)
            if here is not None and there is not None and there > here:
                upwards.append(f"{named(path)} imports {name}")

    assert upwards == []


def calls(path):
    """Yield what is called, as written: `Edition.objects.create`."""
    for node in walked(path):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize(
    ("made", "room"),
    [
        ("Edition.objects.create", "editorial/signoff.py"),
        ("SignOff.objects.create", "editorial/signoff.py"),
        ("Triage.objects.create", "editorial/triage.py"),
        ("Report.objects.get_or_create", "conditions/reports.py"),
        ("RefusedSigning.objects.create", "editorial/signoff.py"),
        ("SigningAttempt.objects.create", "editorial/signoff.py"),
        ("Publication.objects.create", "editorial/publishing.py"),
        ("Schedule.objects.create", "editorial/publishing.py"),
        ("LostText.objects.create", "editorial/writing.py"),
        ("WrittenReason.objects.create", "editorial/reasons.py"),
        ("Comment.objects.create", "editorial/commenting.py"),
        ("CommentAct.objects.create", "editorial/commenting.py"),
        ("Reading.objects.create", "editorial/reading.py"),
        ("LogEntry", "editorial/log.py"),
        ("Proof.objects.create", "editorial/log.py"),
        ("Indexed", "conditions/indexing.py"),
        ("NameWord.objects.bulk_create", "conditions/called.py"),
        ("Trigram.objects.bulk_create", "conditions/called.py"),
        ("Mail.objects.create", "editorial/mail.py"),
        ("MailChoice.objects.update_or_create", "editorial/mail.py"),
        ("Job.objects.update_or_create", "editorial/rounds.py"),
        ("AlteredEdition.objects.get_or_create", "editorial/soundness.py"),
        ("Summary", "editorial/writing.py"),
    ],
)
def test_a_row_is_made_in_one_room_alone(made, room):
    assert {named(path) for path in MODULES if made in calls(path)} == {room}


def test_rows_are_locked_in_one_room_alone():
    lockers = {
        named(path)
        for path in MODULES
        for call in calls(path)
        if call.endswith(".select_for_update")
    }

    assert lockers == {"editorial/locks.py"}


# The gate and the sign-off read under their own lock what the rules look at, and act by
# it; a row that they yielded is opened anew where nobody is asked for leave.
UNDER_LOCK = {
    "editorial/workflow.py": {"Dossier(lock(summary))", "Dossier(row)"},
    "editorial/signoff.py": {"Dossier(_held(summary))"},
    "editorial/publishing.py": set(),
}


def test_only_screens_hand_over_what_they_have_read():
    """A verb asks the rules anew under its lock, so that it never acts on old facts."""
    handing = {
        named(path)
        for path in MODULES
        for node in walked(path)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("rules.why_not", "why_not")
        and len(node.args) + len(node.keywords) > 3
    }

    of_verbs = {name for name in handing if not name.startswith("editorial/desk/")}
    assert handing - of_verbs
    assert of_verbs == set(UNDER_LOCK)
    for path in MODULES:
        opened = {
            ast.unparse(node)
            for node in walked(path)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Dossier"
        }
        assert named(path) not in UNDER_LOCK or opened == UNDER_LOCK[named(path)]


def assigned(path):
    """Yield the attributes that a module sets on anything but `self`."""
    for node in walked(path):
        targets = node.targets if isinstance(node, ast.Assign) else ()
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
                    yield part.attr


@pytest.mark.parametrize(
    ("attribute", "room"),
    [
        ("status", "editorial/workflow.py"),
        ("wrote_text", "editorial/workflow.py"),
        ("live_edition", "editorial/publishing.py"),
    ],
)
def test_an_attribute_is_set_in_one_room_alone(attribute, room):
    assert {named(p) for p in MODULES if attribute in assigned(p)} == {room}


def test_only_the_sample_moves_the_clock():
    users = {named(p) for p in MODULES if "clock.moved_to" in calls(p)}

    assert {name.split("/")[1] for name in users} <= {"sample"}


def test_nothing_marks_a_text_as_safe_by_hand():
    words = re.compile(r"mark_safe\(|\|\s*safe\b|autoescape off")

    assert [
        named(path)
        for path in (*MODULES, *TEMPLATES)
        if path.suffix in (".py", ".html", ".md") and words.search(path.read_text())
    ] == []


def test_nobody_writes_past_the_history_of_a_model():
    words = re.compile(r"skip_history_when|save_without_historical|_raw_delete\(")
    found = [named(path) for path in MODULES if words.search(path.read_text())]

    assert found == ["conditions/write_once.py"]  # which refuses it


def test_the_stock_history_screens_are_not_shipped():
    assert [p for p in MODULES if "SimpleHistoryAdmin" in p.read_text()] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_first_migration_of_the_newsroom_makes_the_user_alone():
    first = import_module("editorial.migrations.0001_user").Migration

    assert [operation.name for operation in first.operations] == ["User"]
    assert all(app != "conditions" for app, _ in first.dependencies)


def test_the_readmes_table_of_moves_is_the_one_that_runs():
    def words(states):
        names = [s.label.lower() for s in Status if s in states]
        return "any" if len(names) == len(Status) else ", ".join(names)

    table = [
        f"| `{move.name}` | {words(move.origins) or 'nothing, set aside'} "
        f"| {move.target.label.lower() if move.target else 'same'} "
        f"| {', '.join(role.label for role in Role if role in move.roles)} |"
        for move in MOVES.values()
    ]

    assert [
        line for line in (ROOT / "README.md").read_text().split("\n") if "| `" in line
    ][: len(table)] == table


def test_the_readme_names_every_setting():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', SETTINGS.read_text()))
    told = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.M)

    assert set(told) == read


def test_every_picture_that_the_readme_shows_is_there():
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text())

    assert len(shown) == 4
    assert [path for path in shown if not (ROOT / path).is_file()] == []

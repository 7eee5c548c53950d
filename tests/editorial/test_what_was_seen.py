"""Every act that writes a summary, and what of it is compared under the row's lock."""

import ast
import inspect
from pathlib import Path

import pytest

from editorial import publishing, workflow, writing
from editorial.models import LostText
from editorial.rules import MoveRefused
from tests.builders import BODY, Desk, fresh, make_writer

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent.parent / "editorial"

REVISION = "the revision that was seen"
# A text that loses is kept; a move that loses is told, with all that was typed for it.
PATHS = {
    "writing.start": "that no answer is there, or one set aside; else its text is kept",
    "writing._take_up": "as start, which alone calls it",
    "writing.revise": REVISION + "; else the text is kept",
    "writing.restore": REVISION,
    "writing.leave_out": REVISION + ", and that nothing settled the kept text",
    "writing.set_aside": REVISION,
    "workflow.assign": REVISION,
    "workflow.submit_for_review": REVISION,
    "workflow.recall": REVISION,
    "workflow.request_changes": REVISION,
    "workflow.start_revision": REVISION,
    "workflow.recheck": REVISION,
    "workflow.hand_over": "what the leaver has open, read again once it is held",
    "publishing.publish": REVISION + ", which every new edition raises",
    "publishing.withdraw": "nothing: a page that may harm is taken away at once",
    "publishing.reinstate": REVISION + ", which every new edition raises",
    "publishing.schedule": REVISION + ", which every new edition raises",
    "signoff._complete": "the hash of the text on the screen, and its evidence date",
}
# The gate and what it writes with; each is in front of one of the paths above.
GATE = {"workflow.moving", "workflow.knowing", "workflow.write"}


def writers():
    """Yield each function of the newsroom that writes a summary."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and _writes(node):
                name = path.relative_to(ROOT).with_suffix("").as_posix()
                yield f"{name.replace('/', '.')}.{node.name}"


def _writes(function):
    called = {
        ast.unparse(node.func).removeprefix("workflow.")
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }
    return bool(called & {"moving", "knowing", "write", "_record"})


def verbs():
    for name in PATHS:
        room, verb = name.split(".")
        module = {"writing": writing, "workflow": workflow, "publishing": publishing}
        if room in module and not verb.startswith("_"):
            yield verb, getattr(module[room], verb)


def test_every_path_that_writes_a_summary_has_a_row():
    found = {name for name in writers() if not name.startswith("exporting.")}

    assert found - GATE == set(PATHS)


def test_every_verb_that_compares_a_revision_takes_it():
    takes = {
        verb: {"seen", "against"} & inspect.signature(function).parameters.keys()
        for verb, function in verbs()
    }

    assert {f"{verb}" for verb, taken in takes.items() if not taken} == {
        name.split(".")[1]
        for name, what in PATHS.items()
        if not what.startswith(REVISION) and not name.split(".")[1].startswith("_")
    }


@pytest.fixture
def desk():
    return Desk()


# Each verb with a state in which it may be done, and what else it is told.
STALE = {
    "restore": ("draft", {"revision": 1}),
    "set_aside": ("draft", {"reason": "Doubled."}),
    "assign": ("draft", {"reviewer": None}),
    "submit_for_review": ("draft", {}),
    "recall": ("in_review", {"reason": "A slip."}),
    "request_changes": ("in_review", {"note": "More.", "reasons": ["wrong"]}),
    "start_revision": ("reviewed", {}),
    "recheck": ("reviewed", {}),
    "publish": ("reviewed", {}),
    "reinstate": ("withdrawn", {"reason": "Right."}),
    "schedule": ("draft", {"at": None}),
}


@pytest.mark.parametrize("verb", STALE)
def test_a_move_on_what_has_moved_since_is_refused_and_done_when_seen_anew(
    desk, settings, verb
):
    state, told = STALE[verb]
    settings.PUBLISH_ON_SIGN_OFF = verb != "publish"
    summary = getattr(desk, state)()
    if verb == "restore":
        summary = desk.revise(summary, "New words.")
    by = desk.reviewer if verb == "request_changes" else desk.editor
    on = "against" if verb == "restore" else "seen"
    act = dict(verbs())[verb]
    # It raises the revision and changes nothing that a rule asks for.
    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)
    now = fresh(summary).revision

    with pytest.raises(MoveRefused, match="Maren Holt changed this summary at"):
        act(summary, by=by, **told, **{on: now - 1})
    stood = fresh(summary).revision
    act(summary, by=by, **told, **{on: now})

    assert (stood, fresh(summary).revision) == (now, now + 1)


def test_a_page_is_withdrawn_whatever_was_seen(desk):
    summary = desk.live()
    desk.new_edition(summary, BODY + " More.")

    publishing.withdraw(summary, by=desk.editor, reason="r", note="We check a dose.")

    assert fresh(summary).move == "withdraw"


def test_a_text_for_an_answer_that_was_begun_meanwhile_is_kept_to_be_merged(desk):
    summary, late = desk.draft(), make_writer("lea", "Lea Brandt")

    with pytest.raises(writing.Conflict, match=r"has a summary already.*text is kept"):
        desk.draft(body="Late words.", by=late)

    lost = LostText.objects.get()
    assert (lost.summary, lost.by, lost.body) == (summary, late, "Late words.")
    assert (lost.against_revision, fresh(summary).revision) == (0, 1)


def test_an_answer_begun_meanwhile_loses_no_text_where_there_was_none(desk):
    desk.draft()

    with pytest.raises(MoveRefused, match="has a summary already"):
        writing.start(desk.condition, desk.question, by=desk.editor)

    assert not LostText.objects.exists()

"""Who has which text open, and the act that names somebody else."""

import pytest
from django.core.exceptions import PermissionDenied

from editorial import accounts, four_eyes, history, open_work, rules, workflow, writing
from editorial.dossier import Dossier
from editorial.models import Summary, User
from editorial.rules import MoveRefused
from editorial.states import HAND_OVER, Role
from tests.builders import (
    BODY,
    Desk,
    fresh,
    make_condition,
    make_reviewer,
    make_user,
    make_writer,
    page,
    sign,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def root():
    return make_user("root", superuser=True)


@pytest.fixture
def lena():
    return make_writer("lena", "Lena Okafor")


def another(desk, slug, *, by=None):
    """A draft of the same question, for a condition of its own."""
    condition = make_condition(desk.editor, slug=slug, name=slug, identifiers=[])
    by = by or desk.writer
    return writing.start(condition, desk.question, by=by, text=desk.text())


def writes_on(user):
    person = User.objects.filter(pk=user.pk)
    return set(Summary.objects.filter(open_work.written_by(person)))


def assigned(desk):
    return workflow.assign(desk.in_review(), by=desk.editor, reviewer=desk.reviewer)


def shut(user, root):
    accounts.set_active(user, False, by=root)


# Who has what


def test_whoever_wrote_a_text_writes_it_on(desk, lena):
    summary = desk.draft()

    assert (writes_on(desk.writer), writes_on(lena)) == ({summary}, set())


def test_whoever_is_named_writes_it_on_and_nobody_else(desk, root, lena):
    summary = desk.draft()

    workflow.hand_over(summary, by=root, part=Role.WRITER, to=lena, reason="x")

    assert (writes_on(desk.writer), writes_on(lena)) == (set(), {summary})


def test_a_named_writer_who_left_counts_as_nobody(desk, root, lena):
    summary = desk.draft()
    workflow.hand_over(summary, by=root, part=Role.WRITER, to=lena, reason="x")

    shut(lena, root)

    assert writes_on(desk.writer) == {summary}


def test_a_text_whose_writers_all_left_has_no_writer(desk, root):
    summary = desk.draft()
    before = Summary.objects.filter(open_work.no_writer()).exists()

    shut(desk.writer, root)

    assert not before
    assert Summary.objects.get(open_work.no_writer()) == summary


@pytest.mark.parametrize("leave", ["account", "role"])
def test_an_assigned_reviewer_who_left_counts_as_nobody(desk, root, leave):
    summary = assigned(desk)
    before = Summary.objects.filter(open_work.no_reviewer()).exists()

    if leave == "account":
        shut(desk.reviewer, root)
    else:
        desk.reviewer.groups.clear()

    assert not before
    assert Summary.objects.get(open_work.no_reviewer()) == summary


def test_open_work_is_counted_by_person(desk, root, lena):
    assigned(desk)
    two = another(desk, "second")
    workflow.hand_over(two, by=root, part=Role.WRITER, to=lena, reason="x")

    found = open_work.counts()

    assert found == {desk.reviewer.pk: 1, desk.writer.pk: 1, lena.pk: 1}


# The act


def test_only_who_looks_after_accounts_hands_work_over(desk, lena):
    summary = desk.draft()

    for by in (desk.editor, desk.writer, desk.reviewer):
        with pytest.raises(PermissionDenied):
            workflow.hand_over(summary, by=by, part=Role.WRITER, to=lena, reason="x")


def test_a_hand_over_changes_who_and_nothing_else(desk, root, lena):
    before = fresh(desk.in_review())

    workflow.hand_over(before, by=root, part=Role.WRITER, to=lena, reason="Gone.")

    after, expected = fresh(before).__dict__, before.__dict__
    changed = {n for n in expected if n[0] != "_" and expected[n] != after[n]}
    assert changed == {"assigned_writer_id", "move", "revision"}
    row = before.history.latest("revision")
    assert (row.move, row.wrote_text, row.history_user, row.history_change_reason) == (
        *(HAND_OVER, False),
        *(root, "Gone."),
    )


def test_a_hand_over_unlocks_no_text_and_hides_no_submitter(desk, root, lena):
    summary = desk.in_review()

    workflow.hand_over(summary, by=root, part=Role.WRITER, to=lena, reason="Gone.")

    summary = fresh(summary)
    assert rules.why_not("revise", summary, lena)
    assert Dossier(summary).submitted.history_user == desk.writer
    assert not rules.why_not("recall", summary, desk.writer)


def test_a_hand_over_makes_nobody_an_author(desk, root):
    summary = desk.in_review()
    both = make_reviewer("both", roles=[Role.WRITER])

    workflow.hand_over(summary, by=root, part=Role.WRITER, to=both, reason="Gone.")

    assert not four_eyes.own_words(Dossier(fresh(summary)), both)
    assert sign(fresh(summary), by=both).signer == both


@pytest.mark.parametrize("name", ["writer", "lapsed", "author", "shut"])
def test_a_review_goes_to_nobody_who_could_not_sign_it(desk, root, name):
    summary = desk.in_review()
    people = {
        "writer": desk.writer,
        "lapsed": make_reviewer("lapsed", days=-1),
        "author": make_reviewer("author", roles=[Role.WRITER]),
        "shut": make_reviewer("shut"),
    }
    summary = workflow.recall(summary, by=desk.writer, reason="One more word.")
    desk.revise(summary, BODY + " More.", by=people["author"])
    workflow.submit_for_review(summary, by=desk.writer)
    shut(people["shut"], root)

    with pytest.raises(MoveRefused):
        workflow.hand_over(
            summary,
            by=root,
            part=Role.MEDICAL_REVIEWER,
            to=people[name],
            reason="x",
        )


def test_a_text_goes_to_writers_alone(desk, root):
    with pytest.raises(MoveRefused, match="Ines Falk is not a writer"):
        workflow.hand_over(
            desk.draft(), by=root, part=Role.WRITER, to=desk.reviewer, reason="x"
        )


@pytest.mark.parametrize("verb", ["revise", "restore", "start"])
def test_another_persons_work_leaves_the_writer_named(desk, root, lena, verb):
    summary = desk.revise(desk.draft(), BODY + " More.")
    workflow.hand_over(summary, by=root, part=Role.WRITER, to=lena, reason="x")
    acts = {
        "revise": lambda: desk.revise(summary, BODY + " Other.", by=desk.editor),
        "restore": lambda: writing.restore(
            summary, by=desk.editor, revision=1, against=fresh(summary).revision
        ),
        "start": lambda: (
            writing.set_aside(summary, by=desk.editor, reason="Later."),
            writing.start(desk.condition, desk.question, by=desk.editor),
        ),
    }

    acts[verb]()

    assert fresh(summary).assigned_writer == lena


def give_back(summary, root, to=None):
    part = Role.MEDICAL_REVIEWER
    workflow.hand_over(summary, by=root, part=part, to=to, reason="Gone.")


def test_a_signature_counts_on_after_a_hand_over(root):
    desk = Desk(signatures=2)
    summary = assigned(desk)
    sign(summary, by=make_reviewer("first"))

    second = make_reviewer("second")
    give_back(summary, root, to=second)
    sign(fresh(summary), by=second)

    assert page(summary).live_edition.number == 1


def test_the_timeline_says_who_handed_over(desk, root):
    summary = assigned(desk)

    give_back(summary, root)

    newest = history.timeline(fresh(summary))[0]
    assert (newest.who, newest.what, newest.words) == (
        "Root",
        "handed over the work of a colleague",
        "Gone.",
    )


def test_a_recheck_is_recalled_to_reviewed_after_a_hand_over(desk, root):
    summary = workflow.recheck(desk.reviewed(), by=desk.editor)
    give_back(summary, root)

    assert workflow.recall(summary, by=desk.editor, reason="No.").status == "reviewed"

"""What becomes of a person's open work when they leave, or lose a role."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from editorial import (
    account_notes,
    accounts,
    clock,
    handing_over,
    open_work,
    publishing,
    workflow,
    writing,
)
from editorial.models import Schedule, Summary, User
from editorial.states import Role
from tests.builders import (
    BODY,
    Desk,
    fresh,
    make_condition,
    make_reviewer,
    make_user,
    make_writer,
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


def give(person, root, *, shut=True, seen=None, **who):
    if seen is None:
        seen = open_work.of(person, leaving=shut or not person.is_active).seen
    return handing_over.give(person, by=root, shut=shut, seen=seen, **who)


def assigned(desk, summary=None):
    summary = summary or desk.in_review()
    return workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)


def another(desk, slug, *, by=None):
    """A draft of the same question, for a condition of its own."""
    condition = make_condition(desk.editor, slug=slug, name=slug, identifiers=[])
    by = by or desk.writer
    return writing.start(condition, desk.question, by=by, text=desk.text())


def writes_on(user):
    return set(
        Summary.objects.filter(open_work.written_by(User.objects.filter(pk=user.pk)))
    )


def test_only_who_looks_after_accounts_hands_work_over(desk, lena):
    desk.draft()

    for by in (desk.editor, desk.writer, desk.reviewer):
        with pytest.raises(PermissionDenied):
            give(desk.writer, by, writer=lena)


def test_shutting_hands_over_in_one_go_with_notes(desk, root, lena):
    summary = assigned(desk)
    jonas = make_reviewer("jonas", "Jonas Adeyemi")

    told = give(desk.reviewer, root, reviewer=jonas)

    assert told == "1 review to Jonas Adeyemi"
    assert fresh(summary).assigned_reviewer == jonas
    assert not User.objects.get(pk=desk.reviewer.pk).is_active
    words = [note.change_message for note in account_notes.of(desk.reviewer)]
    assert words == ["Handed over: 1 review to Jonas Adeyemi.", "Shut the account."]
    assert [note.change_message for note in account_notes.of(jonas)] == [
        "Took over 1 review from Ines Falk."
    ]


def test_drafts_sent_back_texts_and_those_in_review_get_another_writer(
    desk, root, lena
):
    texts = [
        desk.changes_requested(),
        another(desk, "draft"),
        workflow.submit_for_review(another(desk, "review"), by=desk.writer),
    ]

    told = give(desk.writer, root, writer=lena)

    assert told == "3 texts to Lena Okafor"
    assert writes_on(lena) == set(texts)


def test_what_is_signed_or_set_aside_is_nobodys_open_work(desk, root):
    desk.live()
    aside = another(desk, "aside")
    writing.set_aside(aside, by=desk.writer, reason="Later.")

    assert not open_work.of(desk.writer, leaving=True)


def test_a_text_that_a_colleague_wrote_too_stays_with_them(desk, root, lena):
    summary = desk.revise(desk.draft(), BODY + " More.", by=lena)

    work = open_work.of(desk.writer, leaving=True)
    told = give(desk.writer, root, writer=make_writer("third"))

    assert (work.texts, work.shared, told) == ([], [summary], "")
    assert writes_on(lena) == {summary}


def test_with_nobody_named_a_text_waits_for_a_writer(desk, root):
    summary = desk.draft()

    told = give(desk.writer, root)

    assert (told, fresh(summary).revision) == ("", summary.revision)
    assert Summary.objects.get(open_work.no_writer()) == summary


def test_one_who_wrote_in_it_does_not_take_a_review_over(desk, root):
    first = desk.draft()
    other = workflow.submit_for_review(another(desk, "other"), by=desk.writer)
    author = make_reviewer("author", "Ada Author", roles=[Role.WRITER])
    desk.revise(first, BODY + " More.", by=author)
    first = workflow.submit_for_review(first, by=desk.writer)
    assigned(desk, first), assigned(desk, other)

    told = give(desk.reviewer, root, reviewer=author)

    assert told == "1 review to Ada Author; 1 review to nobody yet"
    assert (fresh(first).assigned_reviewer, fresh(other).assigned_reviewer) == (
        *(None, author),
    )


def test_publications_are_listed_and_given_to_nobody(desk, root):
    at = clock.now() + timedelta(days=2)
    signed = desk.sign(publishing.schedule(desk.in_review(), by=desk.editor, at=at))
    unsigned = publishing.schedule(another(desk, "later"), by=desk.editor, at=at)

    work = open_work.of(desk.editor, leaving=True)
    give(desk.editor, root)

    assert [(one.summary.pk, one.edition) for one in work.planned] == [
        (signed.pk, 1),
        (unsigned.pk, None),
    ]
    assert Schedule.objects.get().set_by == desk.editor


def test_kept_texts_of_theirs_are_listed(desk):
    summary = desk.draft()
    desk.revise(summary, BODY + " First.", by=desk.editor)
    with pytest.raises(writing.Conflict):
        writing.revise(
            summary, by=desk.writer, text=desk.text(BODY + " Second."), against=1
        )

    kept = open_work.of(desk.writer, leaving=True).kept

    assert [text.body for text in kept] == [BODY + " Second."]


def test_work_that_changed_since_it_was_shown_is_not_handed_over(desk, root):
    seen = open_work.of(desk.reviewer, leaving=True).seen
    summary = assigned(desk)

    with pytest.raises(ValidationError, match="changed a moment ago"):
        give(desk.reviewer, root, seen=seen)

    assert User.objects.get(pk=desk.reviewer.pk).is_active
    assert fresh(summary).assigned_reviewer == desk.reviewer


def test_a_refusal_in_the_middle_leaves_everything_as_it_was(desk, root):
    assigned(desk), another(desk, "draft", by=desk.editor)
    both = make_reviewer("both", roles=[Role.WRITER])
    summary = another(desk, "own", by=both)
    workflow.assign(summary, by=desk.editor, reviewer=both)

    # Not a writer: refused after the review was given.
    with pytest.raises(ValidationError, match="is not a writer"):
        give(both, root, reviewer=make_reviewer("jonas"), writer=desk.editor)

    assert User.objects.get(pk=both.pk).is_active
    assert fresh(summary).assigned_reviewer == both


def test_what_a_lost_role_leaves_is_handed_over_and_the_account_stays(desk, root):
    both = make_reviewer("both", "Bo Both", roles=[Role.WRITER])
    review = desk.in_review()
    workflow.assign(review, by=desk.editor, reviewer=both)
    draft = another(desk, "own", by=both)
    both.groups.remove(both.groups.get(name=Role.MEDICAL_REVIEWER.value))

    told = give(both, root, shut=False, reviewer=desk.reviewer)

    assert told == "1 review to Ines Falk"
    assert User.objects.get(pk=both.pk).is_active
    assert (fresh(review).assigned_reviewer, writes_on(both)) == (
        *(desk.reviewer, {draft}),
    )
    assert fresh(review).history.latest("revision").history_change_reason == (
        "Handed over from Bo Both, whose role was taken away."
    )


def test_reopening_tells_what_was_handed_over_last(desk, root):
    assigned(desk)
    give(desk.reviewer, root)

    told = handing_over.last_told(desk.reviewer)
    accounts.set_active(desk.reviewer, True, by=root)

    assert told == "1 review to nobody yet"
    assert handing_over.last_told(desk.reviewer) == ""


def test_whoever_signed_already_does_not_take_the_review_over(root):
    desk = Desk(signatures=2)
    summary, first = assigned(desk), make_reviewer("first", "First Signer")
    sign(summary, by=first)

    told = give(desk.reviewer, root, reviewer=first)

    assert told == "1 review to nobody yet"
    assert fresh(summary).assigned_reviewer is None

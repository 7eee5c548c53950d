"""One order of locks, all of them before the first record: nobody waits in a circle."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from conditions.models import Condition, Question, Reviewer, Source
from editorial import (
    accounts,
    adopting,
    catalogue,
    clock,
    commenting,
    credentials,
    handing_over,
    importing,
    locks,
    open_work,
    publishing,
    workflow,
    writing,
)
from editorial.models import ReviewerAccount, Summary, User
from editorial.states import Role
from tests.builders import BODY, Desk, fresh, make_condition, make_reviewer, make_user
from tests.builders import make_writer as writer
from tests.races.racing import Act, Race
from tests.saying import say

ORDER = (User, Condition, Question, Summary, Source, Reviewer, ReviewerAccount)
FILE = """\
---
condition:
  slug: progressive-osseous-heteroplasia
  name: progressive osseous heteroplasia
question:
  slug: research
  pattern: What are the most promising research directions for {condition}?
short_answer: A rare disorder.
sources:
- {key: gard-poh, title: A new title, kind: web, url: "https://example.org/poh"}
- {key: "pmid:11784876", title: Another new title, year: 2002}
---
It is rare [@gard-poh].
"""


class Watch:
    """What a transaction has locked and written so far, and what it did wrong."""

    def __init__(self):
        self.held, self.held_one, self.wrong = locks.held, locks.held_one, []
        self.forget()

    def forget(self):
        self.rows, self.rank, self.wrote, self.locked = set(), 0, "", []

    def lock(self, rows):
        found = self.held(rows)
        self.locks(rows.model, found)
        return found

    def lock_one(self, model, pk):
        found = self.held_one(model, pk)
        self.locks(model, [found])
        return found

    def locks(self, model, found):
        new = {(model, row.pk) for row in found} - self.rows
        if new:
            rank = ORDER.index(model)
            if rank < self.rank or self.wrote:
                self.wrong.append((model.__name__, self.locked, self.wrote))
            self.rank, self.rows = rank, self.rows | new
            self.locked = [*self.locked, model.__name__]

    def statement(self, execute, sql, *rest):
        within = connections["default"].in_atomic_block
        if within and sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.wrote = self.wrote or sql[:60]
        return execute(sql, *rest)


@pytest.fixture
def watch(committed, monkeypatch):
    connection, watch = connections["default"], Watch()
    commit = connection._commit

    def committed_now():
        commit()
        watch.forget()

    monkeypatch.setattr(connection, "_commit", committed_now)
    monkeypatch.setattr(locks, "held", watch.lock)
    monkeypatch.setattr(locks, "held_one", watch.lock_one)
    with connection.execute_wrapper(watch.statement):
        yield watch


def test_every_act_locks_in_one_order_and_before_it_writes(watch, tmp_path):
    desk, root = Desk(), make_user("root", superuser=True)
    jon, lea = make_reviewer("jon", "Jon Berg"), writer("lea", "Lea Brandt")
    (tmp_path / "poh.md").write_text(FILE)
    watch.wrong.clear()

    text = importing.bring_in(importing.read(tmp_path / "poh.md"), by=desk.editor)
    assert text.kind == "start", text.why
    (tmp_path / "poh.md").write_text(FILE.replace("rare", "very rare"))
    again = importing.bring_in(importing.read(tmp_path / "poh.md"), by=desk.editor)
    assert again.kind == "revise", again.why
    summary = text.summary
    writing.restore(summary, by=desk.writer, revision=1, against=2)
    desk.revise(summary, BODY)
    remark = say(summary, by=jon, suggestion="may keep joints moving")
    commenting.answer(remark, by=desk.writer, words="Yes.")
    adopting.adopt(remark, by=desk.writer, seen=fresh(summary).revision)
    commenting.reopen(remark, by=jon)
    commenting.resolve(remark, by=jon)
    workflow.submit_for_review(summary, by=desk.writer)
    workflow.assign(summary, by=desk.editor, reviewer=jon)
    open_to = open_work.of(jon, leaving=True)
    handing_over.give(
        jon, by=root, reviewer=desk.reviewer, shut=True, seen=open_to.seen
    )
    at = clock.now() + datetime.timedelta(days=1)
    publishing.schedule(summary, by=desk.editor, at=at)
    publishing.schedule(summary, by=desk.editor, at=None)
    desk.sign(summary)
    publishing.withdraw(summary, by=desk.editor, reason="r", note="n")
    publishing.reinstate(summary, by=desk.editor, reason="r")
    desk.new_edition(fresh(summary), BODY + " More.")
    accounts.change(
        desk.reviewer,
        first_name="Ines",
        last_name="Novak",
        email="ines.novak@example.org",
        roles=[Role.MEDICAL_REVIEWER],
        by=root,
    )
    account = ReviewerAccount.objects.get(user=desk.reviewer)
    until = clock.today() + datetime.timedelta(days=99)
    credentials.verify(account, by=root, expires_on=until)
    account.reviewer.affiliation = "Another hospital"
    catalogue.save(account.reviewer, by=desk.editor)
    jons = ReviewerAccount.objects.get(user=jon)
    accounts.set_active(jon, True, by=root)
    credentials.pair(jon, jons.reviewer, by=root)
    lists = writing.start(
        make_condition(desk.editor, slug="c", name="c", identifiers=[]),
        desk.question,
        by=lea,
    )
    writing.set_aside(lists, by=desk.editor, reason="Doubled.")

    assert watch.wrong == []
    assert fresh(summary).status == "reviewed"


def another(desk, slug):
    condition = make_condition(desk.editor, slug=slug, name=slug, identifiers=[])
    return writing.start(condition, desk.question, by=desk.writer, text=desk.text(BODY))


@pytest.mark.parametrize("seed", range(2))
def test_two_leavers_whose_texts_cross_hold_up_nobody(runners, seed):
    desk, root = Desk(), make_user("root", superuser=True)
    ann, bob = make_reviewer("ann", "Ann"), make_reviewer("bob", "Bob")
    for name, user in (("ann", ann), ("bob", bob)):
        accounts.change(
            user,
            first_name=name,
            last_name="",
            email=user.email,
            roles=[Role.MEDICAL_REVIEWER, Role.WRITER],
            by=root,
        )
    first, second = another(desk, "first"), another(desk, "second")
    for summary, reviewer, by in ((first, ann, bob), (second, bob, ann)):
        workflow.submit_for_review(summary, by=desk.writer)
        workflow.assign(summary, by=desk.editor, reviewer=reviewer)
        workflow.hand_over(summary, by=root, part=Role.WRITER, to=by, reason="r")

    def leave(person):
        seen = open_work.of(person, leaving=True).seen
        return lambda: handing_over.give(
            person, by=root, reviewer=None, writer=desk.writer, shut=True, seen=seen
        )

    acts = Race(runners, seed).run(Act("ann", leave(ann)), Act("bob", leave(bob)))

    assert [act.error for act in acts] == [None, None]
    for summary in map(fresh, (first, second)):
        assert summary.assigned_reviewer is None
        assert summary.assigned_writer == desk.writer


@pytest.mark.parametrize("seed", range(3))
def test_a_review_given_to_a_colleague_meanwhile_is_not_handed_over(runners, seed):
    desk, root = Desk(), make_user("root", superuser=True)
    ann, bob = make_reviewer("ann", "Ann"), make_reviewer("bob", "Bob")
    summary = workflow.assign(desk.in_review(), by=desk.editor, reviewer=ann)
    work = open_work.of(ann, leaving=True).seen

    def leave():
        told = {"reviewer": desk.reviewer, "shut": True, "seen": work}
        return handing_over.give(ann, by=root, **told)

    def assign():
        return workflow.assign(summary, by=desk.editor, reviewer=bob)

    left, given = Race(runners, seed).run(Act("leave", leave), Act("give", assign))

    # Whoever came second is the editor, who knew of it, or is told to look again.
    assert given.error is None
    assert fresh(summary).assigned_reviewer == bob
    assert left.error is None or isinstance(left.error, ValidationError)

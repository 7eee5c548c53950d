"""Everybody does anything at any time, and the laws must hold after every act.

Each example runs in a savepoint of a newsroom that was made once; the newsroom's clock
is moved on a little by every act, and far by some.
"""

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

from django.conf import settings as in_force
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conditions.models import Edition, Page, Publication
from editorial import (
    accounts,
    catalogue,
    clock,
    credentials,
    history,
    importing,
    publishing,
    roles,
    rules,
    workflow,
    writing,
)
from editorial.importing.draft import PREFIX, Draft, Given, Named
from editorial.manuscript import Manuscript
from editorial.models import LogEntry, LostText, Schedule, SignOff, Summary
from editorial.rules import MoveRefused
from editorial.states import MOVES, Role
from editorial.writing import Text
from tests import builders
from tests.builders import Desk, make_reviewer, make_user, sign
from tests.state_machine.model import (
    EDITABLE,
    EDITOR,
    LOCKED_FOR,
    REVIEW,
    REVIEWED,
    REVIEWER,
    WHO,
    WRITER,
    Kept,
    Model,
    Person,
)

STEPS_AN_EXAMPLE = 50
# How many times as many steps may be taken until each verb was done.
MORE = 4
BEGINNING = datetime(2024, 1, 1, 9, tzinfo=UTC)
NOTE = "Added the long-term results."
SHORTS = ("", "A rare disorder.", "A rare disorder of bone.")
BODIES = {
    "": frozenset(),
    "Nothing is cited here.": frozenset(),
    "It is rare [@gard-poh].": frozenset({"gard-poh"}),
    "Mostly inherited [@pmid:11784876].": frozenset({"pmid:11784876"}),
    "Both do [@pmid:11784876; @gard-poh].": frozenset({"pmid:11784876", "gard-poh"}),
    "Nobody knows it [@pmid:1].": frozenset({"pmid:1"}),
}
GOOD = (
    (SHORTS[1], [*BODIES][2]),
    (SHORTS[2], [*BODIES][4]),
    (SHORTS[1], [*BODIES][3]),
)
ASKED = tuple(name for name in MOVES if name not in ("revise", "restore"))
KNOWN = frozenset({"pmid:11784876", "gard-poh"})
NAMES = {
    "tomas": {WRITER},
    "lea": {WRITER},
    "bo": {WRITER, REVIEWER},
    "ines": {REVIEWER},
    "jon": {REVIEWER},
    "olga": {REVIEWER},  # whose credential lapses soon
    "vera": {REVIEWER},  # never verified
    "maren": {EDITOR},
    "eva": {EDITOR, REVIEWER},
    "people": set(),  # the superuser
    "root": {WRITER, REVIEWER, EDITOR},  # a superuser with every role
    "gone": {WRITER, REVIEWER},  # whose account is shut
    "guest": set(),
}
ALL_ROWS = "SELECT " + ", ".join(
    f"(SELECT COUNT(*) FROM {model._meta.db_table})"
    for model in (
        *(Summary.history.model, SignOff, Edition, Publication, LostText),
        *(Schedule, LogEntry),
    )
)
ROLES = {WRITER: Role.WRITER, REVIEWER: Role.MEDICAL_REVIEWER, EDITOR: Role.EDITOR}
people = st.sampled_from(sorted(NAMES))
# Those who can do something, more often than those who can do nothing.
writers = st.sampled_from(("tomas", "lea", "bo", "maren") * 4 + tuple(sorted(NAMES)))
reviewers = st.sampled_from(
    ("ines", "jon", "bo", "eva", "olga") * 4 + tuple(sorted(NAMES))
)
editors = st.sampled_from(("maren", "eva") * 8 + tuple(sorted(NAMES)))
typed = st.tuples(st.sampled_from(SHORTS[1:]), st.sampled_from([*BODIES][2:5])) | (
    st.tuples(st.sampled_from(SHORTS), st.sampled_from([*BODIES]))
)
# What chance alone would hardly come to: each needs more than one act before it.
SELDOM = ("leave_out", "publish", "recheck", "reinstate", "restore", "set_aside")
stale = st.sampled_from((0, 0, 0, 0, 1, 2))


class World:
    """One newsroom, made once; what every example begins with."""

    def __init__(self, visit):
        self.visit, self.steps, self.done = visit, 0, Counter()
        with clock.moved_to(BEGINNING - timedelta(days=1)):
            desk = self.desk = Desk()
            made = {u.username: u for u in (desk.writer, desk.editor, desk.reviewer)}
            days = {"olga": 20, "gone": 900, "root": 900}
            for name, held in NAMES.items():
                given = [ROLES[one] for one in sorted(held)]
                if name in made or name == "people":
                    continue
                if REVIEWER in held:
                    user = make_reviewer(
                        name,
                        name.title(),
                        roles=[r for r in given if r != Role.MEDICAL_REVIEWER],
                        days=days.get(name, 900),
                        verified=name != "vera",
                    )
                else:
                    user = make_user(name, *given)
                made[name] = user
            made["people"] = builders.User.objects.get(username="people")
            made["root"].is_superuser = True
            made["root"].save()
            made["gone"].is_active = False
            made["gone"].save()
        self.users = made
        self.two = builders.make_question(
            desk.editor,
            slug="two",
            pattern="Is {condition} rare?",
            signatures_required=2,
        )

    def model_people(self):
        found = {}
        for name, held in NAMES.items():
            account = getattr(self.users[name], "reviewer_account", None)
            found[name] = Person(
                name,
                frozenset(held),
                superuser=name in ("people", "root"),
                active=name != "gone",
                valid_until=account and account.verified_at and account.expires_on,
            )
        return found


class Newsroom(RuleBasedStateMachine):
    """`world` is set by whoever runs it."""

    world = None

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        world = self.world
        self.users, self.people = world.users, world.model_people()
        self.model, self.summary, self.hashes = Model(), None, []
        self.question = world.desk.question
        self.model.edits = [
            (entry, "maren", 0) for entry in ("condition", "question", *KNOWN)
        ]
        self.now, self.names = BEGINNING, Counter()
        self.publish_with_the_signature(True)
        self.clock = clock._moved_to.set(self.now)

    def teardown(self):
        try:
            self.history_is_whole_and_as_it_was_written()
            self.readers_see_the_live_edition()
        finally:
            clock._moved_to.reset(self.clock)
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    # How an act is done and told

    def act(self, verb, who, do, **told):
        """Do an act; compare what came of it with what the model says."""
        person = self.people[who]
        expected = self.model.foretell(verb, person, **told)
        before = self.rows()
        outcome = self.outcome(do)
        if outcome == "done" and expected == "same" and self.rows() == before:
            outcome = "same"
        self.world.done[verb, outcome] += 1
        assert outcome == expected, (verb, who, told, outcome, expected)
        if outcome != "done" and verb not in ("revise", "start", "sign_off"):
            assert self.rows() == before, (verb, who, "left something behind")
        return outcome == "done"

    def outcome(self, do):
        try:
            with transaction.atomic():
                self.value = do()
        except PermissionDenied:
            return "denied"
        except writing.Conflict as conflict:
            raise AssertionError("a conflict left its savepoint") from conflict
        except (MoveRefused, ValidationError):
            return "refused"
        return "done"

    def rows(self):
        """Return how much there is of everything that an act can write."""
        with connection.cursor() as cursor:
            cursor.execute(ALL_ROWS)
            return cursor.fetchone()

    def typed_late(self, do, who, words, against):
        """Do an act whose text is kept where it loses; say what became of it."""

        def kept_or_done():
            try:
                return do()
            except writing.Conflict as conflict:
                return conflict

        outcome = self.outcome(kept_or_done)
        if outcome == "done" and isinstance(self.value, writing.Conflict):
            outcome, lost = "refused", self.value.lost
            known = [one.number for one in self.model.kept]
            if lost.pk not in known:
                kept = Kept(lost.pk, who, against, words, self.model.at)
                self.model.kept.append(kept)
            assert (lost.short_answer, lost.body, lost.by.username) == (*words, who)
        return outcome

    # The acts

    @initialize(two=st.booleans())
    def choose_a_question(self, two):
        self.question = self.world.two if two else self.world.desk.question
        self.model.required = 2 if two else 1

    @rule(who=writers, words=st.none() | typed)
    def start(self, who, words):
        person, model = self.people[who], self.model
        expected = model.foretell("start", person)
        text = words and self.text(words)
        do = self.verb(
            writing.start, self.world.desk.condition, self.question, who, text=text
        )
        outcome = self.typed_late(do, who, words, 0)
        assert outcome == expected, ("start", who, outcome, expected)
        self.world.done["start", outcome] += 1
        if outcome == "done":
            self.summary, model.aside = self.value, False
            evidence = None if words else ...
            model.write("start", person, words=words, evidence=evidence)
            model.status = "draft"

    def verb(self, verb, *args, **told):
        *args, who = args
        return lambda: verb(*args, by=self.users[who], **told)

    def text(self, words):
        return Text(short_answer=words[0], body=words[1])

    def begun(self):
        return self.summary is not None

    @precondition(begun)
    @rule(who=writers, words=typed, late=stale)
    def revise(self, who, words, late):
        model, person = self.model, self.people[who]
        seen = max(model.revision - late, 0)
        expected = model.foretell("revise", person, typed=(words, None), seen=seen)
        before = self.rows()
        do = self.verb(
            writing.revise, self.summary, who, text=self.text(words), against=seen
        )
        outcome = self.typed_late(do, who, words, seen)
        if outcome == "done" and self.rows() == before:
            outcome = "same"
        assert outcome == expected, ("revise", who, outcome, expected)
        self.world.done["revise", outcome] += 1
        if outcome == "done":
            model.write("revise", person, words=words, evidence=None)
        if outcome == "refused":
            assert self.kept_somewhere(who, words), "a text is lost"

    def kept_somewhere(self, who, words):
        return any((one.by, one.words) == (who, words) for one in self.model.kept)

    @precondition(lambda self: self.model.kept and self.summary)
    @rule(who=writers, which=st.integers(0, 99), leave=st.booleans())
    def merge(self, who, which, leave):
        model, person = self.model, self.people[who]
        kept = model.kept[which % len(model.kept)]
        lost, seen = LostText.objects.get(pk=kept.number), model.revision
        if leave:
            do = self.verb(writing.leave_out, lost, who, against=seen, reason="Said.")
            if self.act("leave_out", who, do, kept=kept):
                said = history.leaving_out(lost, "Said.")
                model.write("revise", person, reason=said)
            return
        reason = history.merging(lost, "")
        text = self.text(kept.words)
        do = self.verb(
            writing.revise, self.summary, who, text=text, against=seen, reason=reason
        )
        told = {"typed": (kept.words, None), "seen": seen}
        if model.foretell("revise", person, **told) == "refused":
            return  # as `revise` shows
        if self.act("revise", who, do, **told):
            typed = {"words": kept.words, "evidence": None}
            model.write("revise", person, reason=reason, **typed)

    @precondition(begun)
    @rule(who=writers, number=st.integers(0, 99), late=stale)
    def restore(self, who, number, late):
        model = self.model
        number = number % model.revision + 1
        seen = max(model.revision - late, 0)
        do = self.verb(
            writing.restore, self.summary, who, revision=number, against=seen
        )
        if self.act("restore", who, do, number=number, seen=seen):
            words = model.revisions[number - 1].words
            model.write("restore", self.people[who], words=words)

    def move(self, verb, who, act, seen=None, foretold=(), **told):
        """Do one of the moves that write no words; say whether it was done."""
        model = self.model
        if seen is not None:
            told["seen"] = seen = max(model.revision - seen, 0)
        do = self.verb(act, self.summary, who, **told)
        return self.act(verb, who, do, seen=seen, **dict(foretold))

    @precondition(begun)
    @rule(who=writers, late=stale)
    def set_aside(self, who, late):
        if self.move("set_aside", who, writing.set_aside, late, reason="Doubled."):
            self.model.write("set_aside", self.people[who])
            self.model.aside = True

    @precondition(begun)
    @rule(who=reviewers, to=st.none() | people, late=stale)
    def assign(self, who, to, late):
        fore = {"to": self.people[to] if to else None}
        reviewer = self.users[to] if to else None
        if self.move("assign", who, workflow.assign, late, fore, reviewer=reviewer):
            self.model.write("assign", self.people[who])
            self.model.reviewer = to or ""

    @precondition(begun)
    @rule(who=writers, late=stale)
    def submit(self, who, late):
        model, act = self.model, workflow.submit_for_review
        fore = {"keys": self.keys, "known": KNOWN}
        if self.move("submit_for_review", who, act, late, fore):
            model.write("submit_for_review", self.people[who])
            model.round = []

    @property
    def keys(self):
        return BODIES[self.model.now.words[1]]

    @precondition(begun)
    @rule(who=people, late=stale)
    def recall(self, who, late):
        if self.move("recall", who, workflow.recall, late, reason="A slip."):
            self.model.recall(self.people[who], "A slip.")

    @precondition(begun)
    @rule(who=reviewers, late=stale)
    def request_changes(self, who, late):
        act = workflow.request_changes
        if self.move("request_changes", who, act, late, note="More."):
            self.model.write("request_changes", self.people[who], reason="More.")

    @precondition(begun)
    @rule(who=writers, late=stale)
    def start_revision(self, who, late):
        act = workflow.start_revision
        if self.move("start_revision", who, act, late):
            self.model.write("start_revision", self.people[who])

    @precondition(begun)
    @rule(who=editors, late=stale, searched=st.booleans())
    def recheck(self, who, late, searched):
        day = self.now.date() if searched else None
        act, told = workflow.recheck, {"evidence_searched_on": day}
        if self.move("recheck", who, act, late, **told):
            evidence = day if searched else ...
            self.model.write("recheck", self.people[who], evidence=evidence)
            self.model.round = []

    # Signing

    @precondition(begun)
    @rule(who=reviewers, wrong=st.sampled_from(("",) * 12 + ("text", "password")))
    def sign_off(self, who, wrong):
        model, person = self.model, self.people[who]
        told = self.told()
        sha256 = told["sha256"]
        shown = "0" * 64 if wrong == "text" else sha256
        password = "guessed" if wrong == "password" else builders.PASSWORD
        told["shown"] = shown
        expected = model.foretell("sign_off", person, **told)
        if self.is_locked(person):
            expected = "refused"
        elif wrong == "password":
            person.guesses.append(self.now)
            expected = "refused"
        # A guess stays written where the signature is refused: no savepoint here.
        try:
            given = sign(
                self.summary,
                by=self.users[who],
                password=password,
                note=NOTE,
                content_sha256=shown,
            )
            outcome = "done"
        except PermissionDenied:
            outcome = "denied"
        except MoveRefused:
            outcome = "refused"
        self.world.done["sign_off", outcome] += 1
        assert outcome == expected, ("sign_off", who, wrong, outcome, expected)
        if outcome == "done":
            assert given.signed_at == self.now, "the date is not the signature's"
            model.sign(
                person,
                sha256=sha256,
                keys=self.keys,
                now=self.now,
                note=NOTE,
                publishes=self.publishes,
            )

    @rule(on=st.booleans())
    def publish_with_the_signature(self, on):
        self.publishes = on
        in_force.PUBLISH_ON_SIGN_OFF = on

    # Publishing

    @precondition(begun)
    @rule(who=editors, late=stale)
    def publish(self, who, late):
        if self.move("publish", who, publishing.publish, late):
            self.model.make_live()
            self.model.write("publish", self.people[who])

    @precondition(begun)
    @rule(who=editors | reviewers)
    def withdraw(self, who):
        told = {"reason": "A mistake.", "note": "We check a dose."}
        if self.move("withdraw", who, publishing.withdraw, **told):
            self.model.withdraw()
            self.model.write("withdraw", self.people[who])

    @precondition(begun)
    @rule(who=editors, late=stale)
    def reinstate(self, who, late):
        if self.move("reinstate", who, publishing.reinstate, late, reason="Right."):
            self.model.make_live()
            self.model.write("reinstate", self.people[who])

    @precondition(begun)
    @rule(who=editors, late=stale, days=st.sampled_from((0, 1, 5)))
    def schedule(self, who, late, days):
        model = self.model
        at = self.now + timedelta(days=days) if days else None
        if self.move("schedule", who, publishing.schedule, late, at=at):
            model.not_before, model.setter = at, who
            newest = len(model.editions)
            if newest and not model.withdrawn and model.live != newest:
                model.plan = (newest, at, who) if at else None
            model.write("schedule", self.people[who])

    @rule()
    def worker(self):
        model, lines = self.model, publishing.publish_due()
        if not (model.plan and model.plan[1] <= self.now):
            assert lines == []
            return
        setter = self.people[model.plan[2]]
        assert len(lines) == 1
        if EDITOR in setter.roles:
            model.make_live()
            model.write("publish", setter)
        else:
            assert "not published" in lines[0]
            model.plan = None

    # The way that a text goes, so that every act is tried at every stage

    @rule(which=st.integers(0, 9))
    def go_on(self, which):
        model = self.model
        if not model.status or model.aside:
            self.start("tomas", GOOD[which % 2])
        elif model.status in EDITABLE and not BODIES[model.now.words[1]] & KNOWN:
            self.revise("lea", GOOD[which % 2], 0)
        elif model.status in EDITABLE:
            self.submit("tomas", 0)
        elif model.status == REVIEW:
            self.sign_off(("ines", "jon", "eva", "bo", "olga")[which % 5], "")
        else:
            self.after_signing(which)

    @rule(which=st.integers(0, 9))
    def go_further(self, which):
        self.go_on(which)

    @precondition(lambda self: self.model.status == REVIEWED)
    @rule(which=st.integers(0, 9))
    def after_signing(self, which):
        if which < 3:
            self.start_revision("tomas", 0)
        elif which < 5:
            self.recheck("maren", 0, which == 3)
        elif self.model.withdrawn:
            self.reinstate("maren", 0)
        elif self.model.live == len(self.model.editions):
            self.withdraw("jon")
        else:
            self.publish("maren", 0)

    # What may be done now, each verb as likely as another, and the rare ones more

    @rule(dice=st.integers(0, 9_999))
    def what_may_be_done(self, dice, verbs=tuple(WHO)):
        told = self.told()
        may = {verb: self.who_may(verb, told) for verb in verbs}
        verbs = [verb for verb, people in may.items() if people]
        if not verbs:
            return self.go_on(dice)
        verb = verbs[dice % len(verbs)]
        dice //= len(verbs)
        who = may[verb][dice % len(may[verb])]
        getattr(self, f"do_{verb}", partial(self.do, verb))(who, dice)

    @rule(dice=st.integers(0, 9_999))
    def what_is_seldom_done(self, dice):
        self.what_may_be_done(dice, SELDOM)

    @rule(dice=st.integers(0, 9_999))
    def what_else_is_seldom_done(self, dice):
        self.what_may_be_done(dice, SELDOM)

    def who_may(self, verb, told):
        """Return who may do it, and do more than write what stands already."""
        if not self.model.status and verb != "start":
            return []
        told = told | {"typed": None, "kept": None, "number": self.other_words()}
        if verb == "restore" and not told["number"]:
            return []
        return [
            name
            for name, person in sorted(self.people.items())
            if self.model.foretell(verb, person, **told) == "done"
            and not (verb == "sign_off" and self.is_locked(person))
        ]

    def do(self, verb, who, dice):
        told = {
            "assign": (None, 0),
            "recheck": (0, dice % 2),
            "schedule": (0, dice % 3),
            "sign_off": ("",),
            "withdraw": (),
        }
        act = "submit" if verb == "submit_for_review" else verb
        getattr(self, act)(who, *told.get(verb, (0,)))

    def do_start(self, who, dice):
        self.start(who, (None, *GOOD)[dice % 3])

    def do_revise(self, who, dice):
        self.revise(who, self.new_words(dice), 0)

    def do_restore(self, who, dice):
        self.restore(who, self.other_words() - 1, 0)

    def do_leave_out(self, who, dice):
        """Leave out a text that lost; where there is none, lose one first."""
        model = self.model
        if all(map(model.settled, model.kept)):
            self.revise(who, self.new_words(dice), 1)
        left = [n for n, kept in enumerate(model.kept) if not model.settled(kept)]
        self.merge(who, left[dice % len(left)], leave=True)

    def new_words(self, dice):
        """Return good words that stand neither now nor in the revision before."""
        old = [row.words for row in self.model.revisions[-2:]]
        new = [words for words in GOOD if words not in old]
        return new[dice % len(new)]

    def other_words(self):
        """Return the newest revision with other words than those that stand, or 0."""
        rows = enumerate(self.model.revisions, 1)
        return max((n for n, r in rows if r.words != self.model.now.words), default=0)

    # What the desk says beside each button, to everybody

    @precondition(begun)
    @rule(verb=st.sampled_from(ASKED))
    def ask(self, verb):
        summary, told = builders.fresh(self.summary), self.told() | {"asked": True}
        for name, person in self.people.items():
            expected = self.model.foretell(verb, person, **told)
            if verb == "sign_off" and self.is_locked(person) and expected == "done":
                expected = "refused"
            assert self.asked(verb, summary, self.users[name]) == expected, (verb, name)

    def told(self):
        """Return what the model has to know of the world around the text."""
        begun = self.summary is not None
        sha256 = Manuscript(builders.fresh(self.summary)).sha256 if begun else ""
        return {
            **{"today": self.now.date(), "keys": begun and self.keys, "known": KNOWN},
            **{"sha256": sha256, "shown": sha256, "people": self.people, "to": None},
        }

    def is_locked(self, person):
        lately = [one for one in person.guesses if one > self.now - LOCKED_FOR]
        return len(lately) >= 5

    def asked(self, verb, summary, user):
        if not roles.may(user, MOVES[verb]):
            return "denied"
        return "refused" if rules.why_not(verb, summary, user) else "done"

    # What goes on around a text

    @rule(who=editors | writers, entry=st.sampled_from(("condition", *sorted(KNOWN))))
    def edit_the_catalogue(self, who, entry):
        self.names[entry] += 1
        if entry == "condition":
            row = type(self.world.desk.condition).objects.get()
            row.synonyms = [f"name {self.names[entry]}"]
            may = EDITOR in self.people[who].roles
        else:
            row = type(self.world.desk.sources[0]).objects.get(key=entry)
            row.title = f"Title {self.names[entry]}"
            may = bool({EDITOR, WRITER} & self.people[who].roles)
        done = self.outcome(lambda: catalogue.save(row, by=self.users[who]))
        assert done == ("done" if may else "denied")
        if may:
            self.model.edits.append((entry, who, self.model.at))

    @rule(who=st.sampled_from(("tomas", "jon", "eva", "gone")), on=st.booleans())
    def shut_or_reopen(self, who, on):
        accounts.set_active(self.users[who], on, by=self.users["people"])
        self.people[who].active = on

    @rule(who=st.sampled_from(("olga", "jon")), days=st.sampled_from((5, 400)))
    def renew_a_credential(self, who, days):
        until = self.now.date() + timedelta(days=days)
        account = builders.ReviewerAccount.objects.get(user=self.users[who])
        people = self.users["people"]
        outcome = self.outcome(
            lambda: credentials.verify(account, by=people, expires_on=until)
        )
        holds = REVIEWER in self.people[who].roles
        assert outcome == ("done" if holds else "refused")
        if holds:
            self.people[who].valid_until = until

    @rule(who=st.sampled_from(("jon", "eva")))
    def change_a_byline(self, who):
        byline = builders.ReviewerAccount.objects.get(user=self.users[who]).reviewer
        self.names[who] += 1
        byline.affiliation = f"Hospital {self.names[who]}"
        catalogue.save(byline, by=self.users["maren"])
        self.people[who].valid_until = None

    @precondition(begun)
    @rule(part=st.sampled_from((Role.WRITER, Role.MEDICAL_REVIEWER)))
    def hand_over(self, part):
        people = self.people["people"]
        do = self.verb(
            *(workflow.hand_over, self.summary, "people"),
            **{"part": part, "to": None, "reason": "Left."},
        )
        assert self.outcome(do) == "done"
        self.model.write("hand_over", people)
        if part == Role.MEDICAL_REVIEWER:
            self.model.reviewer = ""

    @rule(days=st.sampled_from((0, 0, 1, 2, 30)), hours=st.integers(0, 20))
    def wait(self, days, hours):
        self.now += timedelta(days=days, hours=hours)
        clock._moved_to.set(self.now)

    @rule(who=writers, words=typed)
    def import_a_file(self, who, words):
        """A file is a text of its own; over a person's words it is left alone."""
        model, person = self.model, self.people[who]
        desk, slug = self.world.desk, {"slug": self.question.slug}
        draft = Draft(
            file="poh.md",
            reason=f"{PREFIX}poh.md.",
            subject=Named(Given({"slug": desk.condition.slug}, 1), Given(slug, 1)),
            text={"short_answer": words[0], "body": words[1]},
        )
        outcome = importing.bring_in(draft, by=self.users[who])
        expected = self.imported(person, words)
        self.world.done["import", str(outcome.kind)] += 1
        assert str(outcome.kind) == expected, (outcome, expected)
        if expected == "start":
            self.summary = outcome.summary
            model.write("start", person, words=words, evidence=None, reason=PREFIX)
            model.status = "draft"
        elif expected == "revise":
            model.write("revise", person, words=words, reason=PREFIX)

    def imported(self, person, words):
        model = self.model
        if not person.roles & {WRITER, EDITOR}:
            return "refused"
        if not model.status:
            return "start"
        if model.aside or model.status not in ("draft", "changes_requested"):
            return "left alone"
        if model.now.words == words:
            return "unchanged"
        moves = ("start", "revise", "restore")
        last = [row for row in model.revisions if row.move in moves][-1]
        return "revise" if last.reason.startswith(PREFIX) else "left alone"

    # The laws

    @invariant()
    def the_database_is_as_the_model_says(self):
        self.world.steps += 1
        self.model.at += 1
        self.now += timedelta(seconds=1)
        clock._moved_to.set(self.now)
        model = self.model
        if not self.summary:
            return
        fields = ("status", "set_aside", "revision", "short_answer", "body")
        row = Summary.objects.values_list(*fields).get()
        assert row == (model.status, model.aside, model.revision, *model.now.words)
        found = Page.objects.values_list("live_edition__number", flat=True)
        assert (next(iter(found), None) or 0) == model.live
        while len(self.hashes) < model.revision:
            self.hashes.append(self.hashed(len(self.hashes) + 1))

    def hashed(self, number):
        row = self.summary.history.filter(revision=number).values().get()
        return hashlib.sha256(json.dumps(row, default=str).encode()).hexdigest()

    def history_is_whole_and_as_it_was_written(self):
        if not self.summary:
            return
        rows = self.summary.history.order_by("revision").values()
        numbers = [row["revision"] for row in rows]
        assert numbers == list(range(1, self.model.revision + 1))
        written = [
            hashlib.sha256(json.dumps(row, default=str).encode()).hexdigest()
            for row in rows
        ]
        assert written == self.hashes
        for row, told in zip(rows, self.model.revisions, strict=True):
            assert (row["move"], row["wrote_text"]) == (told.move, told.wrote)
        bodies = {row["body"] for row in rows}
        assert {one.words[1] for one in self.model.kept} <= bodies | set(
            self.summary.lost_texts.values_list("body", flat=True)
        )
        assert Edition.objects.count() == len(self.model.editions)
        for plan in Schedule.objects.filter(failure="").select_related("edition"):
            assert (plan.edition.number, plan.publish_at) == self.model.plan[:2]

    @rule()
    def read(self):
        self.readers_see_the_live_edition()

    def readers_see_the_live_edition(self):
        """Laws 1 and 2, through the application itself."""
        desk = self.world.desk
        address = f"/conditions/{desk.condition.slug}/{self.question.slug}/"
        answer = self.world.visit(f"{address}review.json")
        assert answer.status == self.model.public()
        if answer.status == 200:
            said = json.loads(answer.body)
            edition = Edition.objects.get(number=self.model.live)
            signed = SignOff.objects.filter(edition_number=edition.number).last()
            day = signed.signed_at.date().isoformat()
            assert said["content_sha256"] == edition.content_sha256
            words = edition.read_content()
            assert (words["short_answer"], words["body"]) == self.model.editions[
                edition.number - 1
            ].words
            assert (said["last_updated"], said["record"]["signed_on"]) == (day, day)


def run(world, steps, *, phases=(Phase.generate,), seed=None):
    """Run the machine for about so many steps; raise what it finds."""
    machine = type("Machine", (Newsroom,), {"world": world})
    if seed is not None:
        machine._hypothesis_internal_use_seed = seed
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(steps // STEPS_AN_EXAMPLE, 1),
            stateful_step_count=STEPS_AN_EXAMPLE,
            deadline=None,
            report_multiple_bugs=False,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def run_until_each_is_done(world, steps):
    """Run it; then go on, with other seeds, while some verb was never yet done."""
    run(world, steps)
    for seed in range(1, MORE + 1):
        if not undone(world):
            return
        run(world, steps, seed=seed)


def undone(world):
    return {verb for verb in WHO if not world.done[verb, "done"]}


def table(world):
    """Yield a line for each verb: how often it was done, refused and denied."""
    yield f"{'':<18}{'done':>7}{'same':>7}{'refused':>9}{'denied':>8}"
    for verb in WHO:
        done, same, refused, denied = (
            world.done[verb, what] for what in ("done", "same", "refused", "denied")
        )
        yield f"{verb:<18}{done:>7}{same:>7}{refused:>9}{denied:>8}"

"""The way that a text goes, so that every act is tried at every stage."""

from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.state_machine.editors import Editors
from tests.state_machine.reviewers import Reviewers
from tests.state_machine.terms import EDITABLE, EDITOR, REVIEW, REVIEWED, WHO
from tests.state_machine.words import AT_WORK, BODIES, GOOD, KNOWN, NAMES
from tests.state_machine.writers import Writers

# What chance alone would hardly come to: each needs more than one act before it.
SELDOM = ("leave_out", "publish", "recheck", "reinstate", "restore")
throws = st.lists(st.integers(0, 9_999), min_size=1, max_size=5)


class Leading(Writers, Reviewers, Editors):
    """What is to be done next, or may be: chance alone would come to little of it."""

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

    @precondition(lambda self: self.model.status == REVIEW)
    @rule(who=st.sampled_from(("eva", "bo")), entry=st.sampled_from(sorted(KNOWN)))
    def sign_after_changing_an_entry(self, who, entry):
        """Whoever changes what a text cites has written a part of it."""
        self.edit_the_catalogue(who, entry)
        self.sign_off(who, "")

    @precondition(lambda self: self.model.status == REVIEW)
    @rule(by_account=st.booleans())
    def sign_after_one_who_may_not_any_more(self, by_account):
        """Of two signatures the first counts no longer when the second is given."""
        self.sign_off("jon", "")
        if by_account:
            self.shut_or_reopen("jon", False)
        else:
            self.change_a_byline("jon")
        self.sign_off("ines", "")
        self.shut_or_reopen("jon", True)
        self.renew_a_credential("jon", 400)

    @precondition(lambda self: self.model.status == REVIEWED)
    @rule(which=st.integers(0, 2))
    def sign_own_words_that_came_back(self, which):
        """Who wrote words does not sign them, though a colleague restored them."""
        self.to_the_next_edition("bo", GOOD[which])
        number = self.model.revision
        self.to_the_next_edition("lea", GOOD[which - 1])
        if number < self.model.revision:
            self.start_revision("tomas", 0)
            self.restore("lea", number - 1, 0)
            self.submit("tomas", 0)
            self.sign_off("bo", "")

    def to_the_next_edition(self, who, words):
        self.start_revision("tomas", 0)
        self.revise(who, words, 0)
        self.submit("tomas", 0)
        for signer in ("ines", "jon")[: self.model.required]:
            self.sign_off(signer, "")

    @rule(throws=throws)
    def what_may_be_done(self, throws):
        for dice in throws:
            self.one_that_may_be_done(dice, tuple(WHO))

    @rule(throws=throws)
    def what_is_seldom_done(self, throws):
        for dice in throws:
            self.one_that_may_be_done(dice, SELDOM)

    def one_that_may_be_done(self, dice, verbs):
        """Do one of the verbs that somebody may do now, each as likely as another."""
        told = self.told()
        may = {verb: self.who_may(verb, told) for verb in verbs}
        verbs = [verb for verb, people in may.items() if people]
        if not verbs:
            return self.go_on(dice)
        verb = verbs[dice % len(verbs)]
        dice //= len(verbs)
        who = may[verb][dice % len(may[verb])]
        getattr(self, f"do_{verb}", partial(self.do, verb))(who, dice)

    @rule(throws=throws)
    def what_is_refused(self, throws):
        for dice in throws:
            self.one_that_is_refused(dice)

    def one_that_is_refused(self, dice):
        """Do one of the verbs that nobody with the role may do now."""
        told = self.told()
        verbs = [verb for verb in WHO if not self.who_may(verb, told)]
        verb, who = verbs[dice % len(verbs)], (*AT_WORK, *NAMES)
        if self.model.status and (verb != "leave_out" or self.model.kept):
            name = who[dice // len(verbs) % len(who)]
            getattr(self, f"do_{verb}", partial(self.do, verb))(name, dice)

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

    def do_assign(self, who, dice):
        may_give = EDITOR in self.people[who].roles
        to = (who, None, "ines", "jon")[dice % (4 if may_give else 2)]
        self.assign(who, to, 0)

    def do_restore(self, who, dice):
        self.restore(who, self.other_words() - 1, 0)

    def do_leave_out(self, who, dice):
        """Leave out a text that lost; where there is none, lose one first."""
        model = self.model
        if all(map(model.settled, model.kept)) and model.status in EDITABLE:
            self.revise(who, self.new_words(dice), 1)
        left = [n for n, kept in enumerate(model.kept) if not model.settled(kept)]
        self.merge(who, left[dice % len(left)] if left else dice, leave=True)

    def new_words(self, dice):
        """Return good words that stand neither now nor in the revision before."""
        old = [row.words for row in self.model.revisions[-2:]]
        new = [words for words in GOOD if words not in old]
        return new[dice % len(new)]

    def other_words(self):
        """Return the newest revision with other words than those that stand, or 0."""
        rows = enumerate(self.model.revisions, 1)
        return max((n for n, r in rows if r.words != self.model.now.words), default=0)

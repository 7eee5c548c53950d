"""What editors do with a signed text, and the worker in their name."""

from datetime import timedelta

from django.conf import settings as in_force
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from editorial import publishing
from tests.state_machine.acting import Acting, begun
from tests.state_machine.terms import EDITOR
from tests.state_machine.words import editors, reviewers, stale


class Editors(Acting):
    """They publish, plan, withdraw and put back."""

    @rule(on=st.booleans())
    def publish_with_the_signature(self, on):
        self.publishes = on
        in_force.PUBLISH_ON_SIGN_OFF = on

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

"""What goes on around a text: catalogue, accounts, credentials, and time."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from editorial import accounts, catalogue, clock, credentials, workflow
from editorial.states import Role
from tests import builders
from tests.state_machine.acting import Acting, begun
from tests.state_machine.terms import EDITOR, REVIEWER, WRITER
from tests.state_machine.words import KNOWN, editors, writers


class Surroundings(Acting):
    """What changes who may sign, and writes no word of the text."""

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

"""The workflow once more, as plain as it can be said: no database, no code of ours.

`foretell` says what becomes of an act: "denied" without the role, "refused" by a rule,
"same" where nothing is to be written, else "done". Written from the design alone.
"""

from dataclasses import dataclass, field

from tests.state_machine.terms import (
    DRAFT,
    EDITOR,
    REVIEWED,
    REVIEWER,
    TARGET,
    WHO,
    Revision,
    Signed,
)


@dataclass
class Model:
    required: int = 1
    status: str = ""  # "": nobody has begun the answer
    aside: bool = False
    at: int = 0  # counts the acts, for what came before what
    revisions: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    round: list = field(default_factory=list)  # (signer, hash of the text signed)
    editions: list = field(default_factory=list)
    live: int = 0
    withdrawn: bool = False
    acts: int = 0  # of publication
    not_before: object = None
    setter: str = ""
    plan: tuple | None = None
    reviewer: str = ""
    edits: list = field(default_factory=list)  # (entry, by, at)

    @property
    def revision(self):
        return len(self.revisions)

    @property
    def now(self):
        return self.revisions[-1]

    def settled(self, kept):
        """Say whether a revision merged a kept text, left it out, or has all of it."""
        return self.settled_in(kept) > 0

    def settled_in(self, kept):
        said = f"kept text no. {kept.number}."
        for number, row in enumerate(self.revisions, 1):
            same = (row.words, row.evidence) == (kept.words, kept.evidence)
            if (said in row.reason and row.move == "revise") or (
                same and number >= kept.against
            ):
                return number
        return 0

    # Law 4

    def other_edition(self):
        """The newest edition with other words than those that stand."""
        others = [one for one in self.editions if one.words != self.now.words]
        return others[-1] if others else None

    def wrote(self, person, keys):
        """Say whether a person wrote any part of what would be signed now."""
        last = self.other_edition()
        after, since = (last.read, last.at) if last else (0, 0)
        if any(row.move == "restore" for row in self.revisions[after:]):
            after = 0
        if self.wrote_since(person, after):
            return True
        for kept in self.kept:
            mine = kept.by == person
            if mine and (kept.at > since or self.settled_in(kept) > after):
                return True
        signed = last.keys if last else frozenset()
        return any(
            by == person
            and (entry in ("condition", "question") or entry in keys)
            and (at > since or (entry in keys and entry not in signed))
            for entry, by, at in self.edits
        )

    def wrote_since(self, person, revision):
        return any(
            row.by == person and (row.wrote or row.move in ("revise", "restore"))
            for row in self.revisions[revision:]
        )

    # What becomes of an act

    def foretell(self, verb, person, **told):
        people, states = WHO[verb]
        if not person.roles & people:
            return "denied"
        if verb == "start":
            return "done" if not self.status or self.aside else "refused"
        if verb == "revise" and told["typed"] == (self.now.words, self.now.evidence):
            return "same"
        if self.aside or self.status not in states:
            return "refused"
        if told.get("seen") not in (None, self.revision):
            return "refused"
        rule = getattr(self, f"_{verb}", None)
        return "done" if rule is None or rule(person, **told) else "refused"

    def _restore(self, person, *, number, **told):
        return self.revisions[number - 1].words != self.now.words

    def _leave_out(self, person, *, kept, **told):
        return kept is None or not self.settled(kept)

    def _set_aside(self, person, **told):
        mine = EDITOR in person.roles or self.wrote_since(person.name, 0)
        return mine and not self.editions

    def _assign(self, person, *, to, **told):
        editor = EDITOR in person.roles
        free = editor or self.reviewer in ("", person.name)
        fits = to is None or REVIEWER in to.roles
        return free and fits and (editor or to is None or to is person)

    def _submit_for_review(self, person, *, keys, known, **told):
        # How many sources there must be is for preflight, which tests switch off.
        short, body = self.now.words
        return bool(short and body and keys <= known)

    def _recall(self, person, **told):
        return EDITOR in person.roles or self.sent().by == person.name

    def sent(self):
        return self.revisions[self.sent_in() - 1]

    def sent_in(self):
        moves = ("submit_for_review", "recheck")
        return max(n for n, r in enumerate(self.revisions, 1) if r.move in moves)

    def _sign_off(
        self, person, *, today, keys, sha256, shown, people, asked=False, **told
    ):
        if not self._eligible(person, today, keys) or shown != sha256:
            return False
        given = [who for who, text in self.round if text == sha256]
        if person.name in given:
            return False
        # Who only asks is not told whether the earlier signatures still count.
        last_one = not asked and len(given) + 1 >= self.required
        return not last_one or all(
            self._eligible(people[who], today, keys) for who in given
        )

    def _eligible(self, person, today, keys):
        valid = person.valid_until is not None and today <= person.valid_until
        return REVIEWER in person.roles and valid and not self.wrote(person.name, keys)

    def _publish(self, person, **told):
        newest = len(self.editions)
        return bool(newest) and not self.withdrawn and self.live != newest

    def _withdraw(self, person, **told):
        return bool(self.live)

    def _reinstate(self, person, **told):
        return self.withdrawn

    # What an act leaves behind

    def write(self, verb, person, *, words=None, evidence=..., reason=""):
        before = self.now if self.revisions else None
        old = (before.words, before.evidence) if before else (("", ""), None)
        words = old[0] if words is None else words
        self.revisions.append(
            Revision(
                by=person.name,
                move=verb,
                words=words,
                evidence=old[1] if evidence is ... else evidence,
                wrote=words != old[0],
                reason=reason,
            )
        )
        self.status = TARGET.get(verb, self.status)

    def recall(self, person, reason):
        was, sent = self.sent_in() - 1, self.sent().move
        evidence = self.revisions[was - 1].evidence if sent == "recheck" else ...
        self.write("recall", person, evidence=evidence, reason=reason)
        self.status = REVIEWED if sent == "recheck" else DRAFT

    def sign(self, person, *, sha256, keys, note, now, publishes):
        self.round.append((person.name, sha256))
        given = [who for who, text in self.round if text == sha256]
        if len(given) < self.required:
            return
        read = self.revision
        self.editions.append(Signed(self.now.words, sha256, read, self.at, keys))
        self.round, self.plan = [], None
        if self.not_before and self.not_before > now and not self.withdrawn:
            self.plan = (len(self.editions), self.not_before, self.setter)
        elif publishes and not self.withdrawn:
            self.make_live()
        self.write("sign_off", person, reason=note)
        self.status = REVIEWED

    def make_live(self):
        self.live, self.withdrawn = len(self.editions), False
        self.acts, self.plan, self.not_before = self.acts + 1, None, None

    def withdraw(self):
        self.live, self.withdrawn = 0, True
        self.acts, self.plan, self.not_before = self.acts + 1, None, None

    def public(self):
        if self.live:
            return 200
        return 410 if self.withdrawn else 404

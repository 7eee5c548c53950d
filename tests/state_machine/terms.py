"""The words of the model: roles, states, who may do what in which, and its rows."""

from dataclasses import dataclass, field
from datetime import timedelta

WRITER, REVIEWER, EDITOR = "writer", "reviewer", "editor"
DRAFT, REVIEW, CHANGES, REVIEWED = "draft", "in_review", "changes_requested", "reviewed"
EDITABLE, ANY = (DRAFT, CHANGES), (DRAFT, REVIEW, CHANGES, REVIEWED)
# verb: who may, and in which states
WHO = {
    "start": ({WRITER, EDITOR}, ANY),
    "revise": ({WRITER, EDITOR}, EDITABLE),
    "leave_out": ({WRITER, EDITOR}, EDITABLE),
    "restore": ({WRITER, EDITOR}, EDITABLE),
    "set_aside": ({WRITER, EDITOR}, (DRAFT,)),
    "assign": ({REVIEWER, EDITOR}, ANY),
    "schedule": ({EDITOR}, ANY),
    "submit_for_review": ({WRITER, EDITOR}, EDITABLE),
    "recall": ({WRITER, REVIEWER, EDITOR}, (REVIEW,)),
    "request_changes": ({REVIEWER}, (REVIEW,)),
    "sign_off": ({REVIEWER}, (REVIEW,)),
    "start_revision": ({WRITER, EDITOR}, (REVIEWED,)),
    "recheck": ({REVIEWER, EDITOR}, (REVIEWED,)),
    "publish": ({EDITOR}, ANY),
    "withdraw": ({REVIEWER, EDITOR}, ANY),
    "reinstate": ({EDITOR}, ANY),
}
TARGET = {
    "submit_for_review": REVIEW,
    "request_changes": CHANGES,
    "start_revision": DRAFT,
    "recheck": REVIEW,
}
LOCKED_FOR = timedelta(minutes=15)


@dataclass
class Person:
    name: str
    held: frozenset
    superuser: bool = False
    active: bool = True
    valid_until: object = None  # a day, or None without a verified credential
    guesses: list = field(default_factory=list)  # wrong passwords

    @property
    def roles(self):
        return self.held if self.active and not self.superuser else frozenset()


@dataclass
class Revision:
    by: str
    move: str
    words: tuple  # short answer and body
    evidence: object
    wrote: bool
    reason: str = ""


@dataclass
class Kept:
    number: int
    by: str
    against: int
    words: tuple
    at: int
    evidence: object = None


@dataclass
class Signed:
    words: tuple
    sha256: str
    read: int  # the revision
    at: int
    keys: frozenset

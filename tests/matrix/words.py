"""Who asks, in which state the text stands, and every way in which an answer can turn.

A rule is a row of clauses; the first that fits a person and a state says what comes.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

# Who asks
ANONYMOUS, SHUT = "anonymous", "shut account"
NO_ROLE = "no role"
WRITER, COLLEAGUE = "its writer", "another writer"
REVIEWER, LAPSED = "reviewer", "lapsed reviewer"
EDITOR, PEOPLE = "editor", "superuser"
OUTSIDERS = (ANONYMOUS, NO_ROLE, SHUT)
WRITERS = (WRITER, COLLEAGUE)
WRITING = (*WRITERS, EDITOR)
REVIEWERS = (REVIEWER, LAPSED)
JUDGING = (*REVIEWERS, EDITOR)
NEWSROOM = (*WRITERS, *REVIEWERS, EDITOR)
STAFF = (*NEWSROOM, PEOPLE)
EVERYBODY = (*OUTSIDERS, *STAFF)

# Where the text stands
DRAFT, REVIEW, CHANGES = "draft", "in review", "changes requested"
LIVE, UNPUBLISHED, WITHDRAWN = "reviewed, live", "reviewed, unpublished", "withdrawn"
ASIDE, NONE = "set aside", "no such row"
EDITABLE, SIGNED = (DRAFT, CHANGES), (LIVE, UNPUBLISHED, WITHDRAWN)
TEXTS = (DRAFT, REVIEW, CHANGES, *SIGNED, ASIDE)
STATES = (*TEXTS, NONE)
# What has no state: it is there, or it is not.
THERE = DRAFT
ONE, EITHER = (THERE,), (THERE, NONE)

# How it is asked
GET, HEAD, POST, UNTOKENED = "GET", "HEAD", "POST", "POST without a token"
PUT, DELETE, OPTIONS = "PUT", "DELETE", "OPTIONS"
METHODS = (GET, HEAD, POST, UNTOKENED, PUT, DELETE, OPTIONS)

# What comes
OPENS = "opens"  # 200, and nothing is written
ACTS = "acts"  # something is written
MOVES = "moves"  # a redirect, and nothing is written
LOGIN = "asks to log in"
REFUSED, NO_TOKEN = "refused", "refused: no token"  # both 403
NOT_FOUND, NOT_ALLOWED = "not found", "not allowed"  # 404 and 405
TELLS = "tells how it may be asked"  # 204, and no text
CONFLICT, GONE = "conflict", "gone"  # 409 and 410
NOT_TAKEN = "not taken"  # 400, with what to do
# What shows a text: no other answer may hold one word of any draft.
SHOWING = (OPENS, ACTS, CONFLICT)


class Clause(NamedTuple):
    word: str
    roles: tuple = EVERYBODY
    states: tuple = STATES


Rule = tuple[Clause, ...]


def expected(rule, role, state):
    return next(c.word for c in rule if role in c.roles and state in c.states)


@dataclass(frozen=True)
class Row:
    """One address of the resolver, as it stands there, and what GET and POST bring.

    `typed` are the fields of the POST and `query` those of the GET, both filled in
    with the facts of the place; `fill` names what its parameters are filled with.
    """

    pattern: str
    get: Rule
    post: Rule
    typed: dict = field(default_factory=dict)
    fill: dict = field(default_factory=dict)
    states: tuple = ONE
    query: str = ""
    token: bool = True  # False: a reader's, which asks for none
    options: str = NOT_ALLOWED

    def expects(self, method, role, state):
        match method:
            case "GET" | "HEAD":
                return expected(self.get, role, state)
            case "POST":
                return expected(self.post, role, state)
            case "POST without a token" if self.token:
                return NO_TOKEN
            case "POST without a token":
                return expected(self.post, role, state)
            case "OPTIONS":
                return self.options
        return NOT_ALLOWED

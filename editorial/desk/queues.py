"""The queues: what waits for whom, each a question to the list of summaries. No query.

The home counts them and the list shows them whole, by the same words of an address.
"""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from editorial.desk.filters import ASKED, PersonFilter
from editorial.states import Role

WRITERS, REVIEWERS, EDITORS = (
    frozenset({role}) for role in (Role.WRITER, Role.MEDICAL_REVIEWER, Role.EDITOR)
)


@dataclass(frozen=True, eq=False)
class Queue:
    """One question: its name, its words on a tile and on a row, and for whom it is.

    `dated` is the column of `rows` that says since when, or when; `screen` is where a
    row of it leads.
    """

    name: str
    label: str
    badge: str
    colour: str
    asks: dict[str, str]
    roles: frozenset
    dated: str
    screen: str = "review"

    @property
    def address(self):
        """Return where the whole of it is listed."""
        return address(self.asks)

    @property
    def query(self):
        return urlencode(self.asks)

    def chosen(self, user):
        """Return its condition on `rows.rows()`, for who asks."""
        words = (ASKED[name].chosen(word, user) for name, word in self.asks.items())
        return reduce(and_, words, Q(set_aside=False))


def _texts(name, label, badge, colour, asks, roles, screen="review"):
    return Queue(name, label, badge, colour, asks, roles, "entered_at", screen)


def _due(name, label, badge, colour, asks, roles=EDITORS, dated="due_on"):
    return Queue(name, label, badge, colour, asks, roles, dated)


_IN_REVIEW, _SENT_BACK = {"state": "in_review"}, {"state": "changes_requested"}
_ME, _NOBODY = PersonFilter.ME, PersonFilter.NOBODY
QUEUES = (
    _due("overdue", "reviews overdue", "Overdue", "bad", {"due": "overdue"}),
    _due(
        *("signed_overdue", "signed by you, overdue", "Overdue", "bad"),
        {"due": "overdue", "signer": _ME},
        REVIEWERS,
    ),
    _texts(
        *("sent_back", "sent back to you", "Sent back to you", "warn"),
        {**_SENT_BACK, "writer": _ME},
        WRITERS,
        "change",
    ),
    _texts(
        *("assigned", "assigned to you", "Assigned to you", "warn"),
        {**_IN_REVIEW, "reviewer": _ME},
        REVIEWERS,
    ),
    _texts(
        *("unassigned", "without a reviewer", "Without a reviewer", ""),
        {**_IN_REVIEW, "reviewer": _NOBODY},
        REVIEWERS | EDITORS,
    ),
    _texts("in_review", "in review", "In review", "warn", _IN_REVIEW, EDITORS),
    _texts(
        *("changes", "waiting on writers", "Changes requested", "warn"),
        _SENT_BACK,
        EDITORS,
    ),
    _texts(
        *("writerless", "without a writer", "Without a writer", "warn"),
        {"writer": _NOBODY},
        EDITORS,
        "change",
    ),
    _texts(
        *("drafts", "drafts of yours", "Your draft", ""),
        {"state": "draft", "writer": _ME},
        WRITERS,
        "change",
    ),
    _due(
        *("withdrawn", "withdrawn", "Withdrawn", "bad"),
        {"public": "withdrawn"},
        dated="withdrawn_at",
    ),
    _due(
        *("lapsing", "with a statement that lapses", "Statement lapses", "warn"),
        {"lapsing": "90"},
        dated="lapses_on",
    ),
    _due(
        *("signed_due_soon", "signed by you, due in 90 days", "Due soon", ""),
        {"due": "90", "signer": _ME},
        REVIEWERS,
    ),
    _due("due_30", "due in 30 days", "Due in 30 days", "", {"due": "30"}),
    _due("due_60", "due in 60 days", "Due in 60 days", "", {"due": "60"}),
    _due("due_90", "due in 90 days", "Due in 90 days", "", {"due": "90"}),
)


def address(asks):
    """Return where the list answers such a question."""
    return f"{reverse('admin:editorial_summary_changelist')}?{urlencode(asks)}"


def of(roles):
    """Return the queues of these roles."""
    return [queue for queue in QUEUES if queue.roles & set(roles)]


def asked_for(asked, roles):
    """Return the queue that an address asks for, whatever it is ordered by, or None."""
    words = {name: word for name, word in asked.items() if name in ASKED}
    rest = {"q", "aside"} & set(asked)
    return next((one for one in of(roles) if one.asks == words and not rest), None)

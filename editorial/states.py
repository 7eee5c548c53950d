"""The four states of a summary and the moves between them: data only.

         start
           │
           ▼    submit_for_review
┌────── draft ──────────────────────► in review ──── sign_off ───► reviewed
│ revise, ▲ ▲ ◄────── recall ──────────┤  ▲  ▲                       │  │
│ restore │ └──────────────────────────┼──┼──┼──── start_revision ───┘  │
└─────────┘                            │  │  └──────── recheck ─────────┘
                       request_changes │  │ submit_for_review
                                       ▼  │
                               changes requested ◄─┐
                                       └───────────┘ revise, restore
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    REVIEWED = "reviewed", "Reviewed"


class Role(TextChoices):
    """A role's value is the name of the group that gives it."""

    WRITER = "Writers", "writer"
    MEDICAL_REVIEWER = "Medical reviewers", "medical reviewer"
    EDITOR = "Editors", "editor"


@dataclass(frozen=True)
class Move:
    """One verb: where it may start, where it leads (None: stays) and who may do it."""

    name: str
    label: str
    origins: frozenset[Status]
    target: Status | None
    roles: frozenset[Role]


def _move(
    name: str,
    label: str,
    origins: Iterable[Status],
    target: Status | None,
    *roles: Role,
) -> Move:
    return Move(name, label, frozenset(origins), target, frozenset(roles))


_EDITABLE = (Status.DRAFT, Status.CHANGES_REQUESTED)
_WRITING = (Role.WRITER, Role.EDITOR)
_JUDGING = (Role.EDITOR, Role.MEDICAL_REVIEWER)

MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        _move("start", "Start", (), Status.DRAFT, *_WRITING),
        _move("revise", "Save", _EDITABLE, None, *_WRITING),
        _move("restore", "Restore this text", _EDITABLE, None, *_WRITING),
        _move("set_aside", "Set aside", (Status.DRAFT,), None, *_WRITING),
        _move("assign", "Assign a reviewer", Status, None, *_JUDGING),
        _move("schedule", "Set a publication time", Status, None, Role.EDITOR),
        _move(
            "submit_for_review",
            "Submit for review",
            _EDITABLE,
            Status.IN_REVIEW,
            *_WRITING,
        ),
        # A medical reviewer takes back the recheck that they sent, nothing else.
        _move("recall", "Recall", (Status.IN_REVIEW,), Status.DRAFT, *Role),
        _move(
            "request_changes",
            "Request changes",
            (Status.IN_REVIEW,),
            Status.CHANGES_REQUESTED,
            Role.MEDICAL_REVIEWER,
        ),
        _move(
            "sign_off",
            "Sign off",
            (Status.IN_REVIEW,),
            Status.REVIEWED,
            Role.MEDICAL_REVIEWER,
        ),
        _move(
            "start_revision",
            "Start a revision",
            (Status.REVIEWED,),
            Status.DRAFT,
            *_WRITING,
        ),
        _move(
            "recheck",
            "Send to recheck",
            (Status.REVIEWED,),
            Status.IN_REVIEW,
            *_JUDGING,
        ),
        _move("publish", "Publish", Status, None, Role.EDITOR),
        _move("withdraw", "Withdraw from readers", Status, None, *_JUDGING),
        _move("reinstate", "Put back", Status, None, Role.EDITOR),
    )
}

# Those that send a text to the reviewers.
INTO_REVIEW = tuple(
    name for name, move in MOVES.items() if move.target == Status.IN_REVIEW
)

# No verb: part of looking after accounts, which gives nobody a say over a text.
HAND_OVER = "hand_over"
# What the history calls the act that wrote a revision.
LABELS = {**{name: move.label for name, move in MOVES.items()}, HAND_OVER: "Hand over"}

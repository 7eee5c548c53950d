"""What to do first, or instead, where a move does not fit the state: sentences only."""

from editorial.states import Move, Status

_IS = {
    Status.DRAFT: "a draft",
    Status.IN_REVIEW: "in review",
    Status.CHANGES_REQUESTED: "waiting for changes",
    Status.REVIEWED: "reviewed",
}
_AS_IT_IS = "It can be changed as it is."
_RECALL = "Its submitter or an editor recalls it first."
_REVISE = "A writer or an editor starts a revision first."
_SUBMIT = "A writer or an editor submits it first."
_RECHECK = "An editor or a medical reviewer sends it to recheck first."
_SHUT = {Status.IN_REVIEW: _RECALL, Status.REVIEWED: _REVISE}
# Where a move does not fit the state: what is done first, or instead, and by whom.
_INSTEAD = {
    "revise": _SHUT,
    "restore": _SHUT,
    "submit_for_review": {
        Status.IN_REVIEW: "A medical reviewer reads it next.",
        Status.REVIEWED: _REVISE,
    },
    "set_aside": {
        Status.IN_REVIEW: _RECALL,
        Status.CHANGES_REQUESTED: "Submit it and recall it: that makes it a draft.",
        Status.REVIEWED: "An editor or a medical reviewer withdraws the page instead.",
    },
    "recall": {
        Status.DRAFT: _AS_IT_IS,
        Status.CHANGES_REQUESTED: _AS_IT_IS,
        Status.REVIEWED: _REVISE,
    },
    "request_changes": {
        Status.DRAFT: _SUBMIT,
        Status.CHANGES_REQUESTED: "The writers have a reviewer’s note already.",
        Status.REVIEWED: _RECHECK,
    },
    "sign_off": {
        Status.DRAFT: _SUBMIT,
        Status.CHANGES_REQUESTED: _SUBMIT,
        Status.REVIEWED: _RECHECK,
    },
    "start_revision": {
        Status.DRAFT: _AS_IT_IS,
        Status.IN_REVIEW: _RECALL,
        Status.CHANGES_REQUESTED: _AS_IT_IS,
    },
    "recheck": {
        Status.DRAFT: "It is submitted and signed first.",
        Status.IN_REVIEW: "A medical reviewer can sign it now.",
        Status.CHANGES_REQUESTED: "It is submitted and signed first.",
    },
}


def does_not_fit(move: Move, status: Status) -> str:
    """Return why the move cannot be made from this state, and what comes first."""
    wanted = " or ".join(_IS[state] for state in Status if state in move.origins)
    return (
        f"This summary is {_IS[status]}; “{move.label}” needs one that is {wanted}. "
        f"{_INSTEAD[move.name][status]}"
    )

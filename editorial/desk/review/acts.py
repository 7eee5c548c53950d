"""What each verb of the desk asks, what it will do and what it says when it is done.

Data only; `moves` shows it and calls the verbs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from editorial import publishing, workflow, writing
from editorial.desk.review import move_forms as forms
from editorial.desk.review.reason_fields import Submit


@dataclass(frozen=True)
class Act:
    """One verb on the desk: what it asks, what it will do, and what it says after."""

    verb: Callable[..., Any]
    form: type[forms.MoveForm]
    effect: str
    done: str


ACTS = {
    "submit_for_review": Act(
        workflow.submit_for_review,
        Submit,
        "The medical reviewers read it next. Until they answer, or until you recall "
        "it, the text is locked for everyone, for you too.",
        "Submitted for review.",
    ),
    "recall": Act(
        workflow.recall,
        forms.Recall,
        "The text leaves the review and can be changed again. A text that was only "
        "being rechecked stays reviewed.",
        "Recalled from review.",
    ),
    "request_changes": Act(
        workflow.request_changes,
        forms.RequestChanges,
        "The text goes back to its writers with your note. Nothing is signed.",
        "Sent back to the writers with your note.",
    ),
    "start_revision": Act(
        workflow.start_revision,
        forms.OptionalReason,
        "The text becomes a draft that can be changed. Readers go on seeing the live "
        "edition until the next one is signed.",
        "The text is open for changes.",
    ),
    "recheck": Act(
        workflow.recheck,
        forms.Recheck,
        "The same text, unchanged, goes to be read and signed again.",
        "Sent to recheck.",
    ),
    "assign": Act(
        workflow.assign,
        forms.Assign,
        "This steers the queues only: every eligible reviewer may still sign.",
        "The assignment is noted.",
    ),
    "schedule": Act(
        publishing.schedule,
        forms.Schedule,
        "The next signed edition, or the one that is signed and waiting, goes live at "
        "this time and not before.",
        "The publication time is noted.",
    ),
    "publish": Act(
        publishing.publish,
        forms.OptionalReason,
        "{edition} becomes what everybody reads at {address}, at once.",
        "Published: {edition} is live.",
    ),
    "withdraw": Act(
        publishing.withdraw,
        forms.Withdraw,
        "From that moment every address of the page, {address} and all below it, "
        "answers “410 Gone” with your note instead of the text. The signed editions "
        "are kept, and an editor can put the page back.",
        "Withdrawn: readers see your note now.",
    ),
    "reinstate": Act(
        publishing.reinstate,
        forms.Reinstate,
        "{edition}, the newest one signed, is what everybody reads at {address} again, "
        "at once.",
        "Put back: {edition} is live.",
    ),
    "set_aside": Act(
        writing.set_aside,
        forms.SetAside,
        "The draft leaves the lists. Nothing is lost: who starts the same answer again "
        "takes it up where it stands.",
        "Set aside.",
    ),
}

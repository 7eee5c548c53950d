"""The live pages that a reviewer signed last, whose review falls due. Reads only."""

from django.urls import reverse

from editorial import clock
from editorial.desk import rows
from editorial.desk.home.waiting import SOON, Group, Row
from editorial.states import Status

GROUPS = (
    # name, label of the tile, badge, colour, question to the list
    (
        *("signed_overdue", "signed by you, overdue", "Overdue", "bad"),
        "due=overdue&signer=%3Ame",
    ),
    (
        *("signed_due_soon", "signed by you, due in 90 days", "Due soon", ""),
        "due=soon&signer=%3Ame",
    ),
)


def groups(user):
    """Return both groups by name; what falls due first stands first in each."""
    listed = reverse("admin:editorial_summary_changelist")
    overdue, soon = [], []
    for summary in _due(user):
        late = summary.due_on < clock.today()
        (overdue if late else soon).append(_row(summary))
    return {
        name: Group(name, label, badge, colour, f"{listed}?{query}", waiting)
        for (name, label, badge, colour, query), waiting in zip(
            GROUPS, (overdue, soon), strict=True
        )
    }


def _due(user):
    until = clock.today() + SOON
    signed = rows.rows().filter(signed_by=user.pk, due_on__lte=until)
    return signed.defer("short_answer", "body").order_by("due_on", "pk")


def _row(summary):
    state = Status(summary.status)
    return Row(
        what=str(summary),
        address=reverse("admin:editorial_summary_review", args=(summary.pk,)),
        since=summary.due_on,
        said="" if state == Status.REVIEWED else f"its text is {state.label.lower()}",
    )

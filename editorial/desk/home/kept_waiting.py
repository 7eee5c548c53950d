"""The texts of a person that lost a save conflict and wait to be merged. Reads only."""

from django.urls import reverse
from django.utils.formats import date_format

from editorial import clock, settling
from editorial.desk.home.waiting import Group, Row
from editorial.models import LostText
from editorial.states import MOVES


def kept(user):
    """Return the person's texts that lost a save conflict and are not merged yet."""
    texts = LostText.objects.filter(by=user, summary__set_aside=False)
    waiting = settling.with_settlement(texts).filter(settled_in=None)
    named = waiting.select_related("summary__condition", "summary__question")
    words = "kept from a conflict", "Not merged yet", "warn"
    found = [_kept_row(text) for text in named.order_by("pk")]
    return Group("kept", *words, rows=found)


def _kept_row(text):
    summary, at = text.summary, date_format(clock.local(text.at), "j F Y, H:i")
    locked = summary.status not in MOVES["revise"].origins
    state = f"; the text is {summary.get_status_display().lower()} now"
    return Row(
        what=f"Your text of {at}: {summary}",
        address=reverse("admin:editorial_summary_kept", args=(summary.pk, text.pk)),
        since=text.at,
        said=f"typed against revision {text.against_revision}{state if locked else ''}",
    )

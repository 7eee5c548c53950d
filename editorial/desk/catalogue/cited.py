"""Where a source is cited, on its own page: every text and live page, and what to do.

Reads only.
"""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html

from editorial import frozen
from editorial.desk import rows
from editorial.desk.catalogue import left_behind
from editorial.desk.site import roles_here
from editorial.models import Summary


def beside(request, source, live):
    """Return the places that cite the source; `live` as `frozen.live_pages` has it."""
    texts = frozen.summaries_citing(source)
    return {
        "citing": texts,
        "places": _places(texts, live),
        "warned": _warned(request, source),
    }


def tell_of_retraction(request, before, source):
    """Say on which pages readers are warned, where a source was just retracted."""
    if not source.retracted_on or (before and before.retracted_on):
        return False
    pages = frozen.warned(source)
    if not pages:
        messages.info(request, "No live page cites it: no reader needs a warning.")
        return True
    where = "1 live page" if len(pages) == 1 else f"{len(pages)} live pages"
    sentence = format_html(
        "Readers of {} are warned of the retraction from now on. "
        '<a href="{}">See what to do</a>',
        where,
        reverse("admin:editorial_summary_left_behind"),
    )
    messages.warning(request, sentence)
    return True


def _places(texts, live):
    """Return one place a text: its state, whether it cites, and the edition that does.

    A live edition may cite what its text in work cites no more, or not yet.
    """
    found = {text.pk: {"summary": text, "cites": True} for text in texts}
    missing = [page.summary_pk for page, _ in live if page.summary_pk not in found]
    named = Summary.objects.select_related("condition", "question")
    for pk, summary in named.in_bulk(missing).items():
        found[pk] = {"summary": summary, "cites": False}
    for page, differs in live:
        edition = page.live_edition.number
        found[page.summary_pk] |= {"page": page, "edition": edition, "differs": differs}
    for place in found.values():
        summary = place["summary"]
        place["state"] = rows.state_badge(summary.status, set_aside=summary.set_aside)
    return sorted(found.values(), key=lambda place: str(place["summary"]))


def _warned(request, source):
    pages, held = frozen.warned(source), roles_here(request)
    summaries = Summary.objects.in_bulk([page.summary_pk for page in pages])
    return [
        {
            "asked": page.question.asked_of(page.condition),
            "page": page,
            "state": rows.state_badge(summaries[page.summary_pk].status),
            "acts": left_behind.acts(summaries[page.summary_pk], held, withdraw=True),
        }
        for page in pages
    ]

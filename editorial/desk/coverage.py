"""The coverage grid: every condition by every question, each cell its state.

Reads only: a cell leads to its summary, an empty one to the form that starts it.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from conditions import alphabet, wording
from conditions.models import LANGUAGE, Condition, Question
from editorial import clock
from editorial.desk import rows
from editorial.desk.site import roles_here
from editorial.states import MOVES, Status

A_PAGE = 100  # conditions


@dataclass(frozen=True)
class Kind:
    """One state of a cell: its letter, its words and its colour."""

    letter: str
    words: str
    colour: str = ""


DRAFT, IN_REVIEW = Kind("D", "draft"), Kind("R", "in review", "warn")
CHANGES = Kind("C", "changes requested", "warn")
SIGNED = Kind("S", "signed, not live", "warn")
LIVE, OVERDUE = Kind("L", "live", "ok"), Kind("O", "review overdue", "bad")
WITHDRAWN = Kind("W", "withdrawn", "bad")
EMPTY = Kind("+", "no summary yet: start one")
KINDS = (LIVE, OVERDUE, IN_REVIEW, CHANGES, DRAFT, SIGNED, WITHDRAWN)
IN_WORK = {
    Status.DRAFT: DRAFT,
    Status.IN_REVIEW: IN_REVIEW,
    Status.CHANGES_REQUESTED: CHANGES,
}


@dataclass(frozen=True)
class Cell:
    """One answer; `is_live` where readers see an edition while the text is in work."""

    kind: Kind
    address: str = ""
    is_live: bool = False


def urls(site):
    """Return the address of the grid."""
    return [path("coverage/", site.admin_view(show), name="coverage")]


@require_safe
def show(request):
    """Show a page of conditions: of all, or of those under one letter."""
    held = roles_here(request)
    if not held:
        raise PermissionDenied("This is for writers, medical reviewers and editors.")
    conditions = _conditions()
    letters = Counter(alphabet.letter(one.name) for one in conditions)
    letter = request.GET.get("letter", "")
    chosen = [c for c in conditions if letter in ("", alphabet.letter(c.name))]
    shown = Paginator(chosen, A_PAGE).get_page(request.GET.get("p"))
    questions = list(Question.objects.all())
    may_start = bool(held & MOVES["start"].roles)
    grid = _grid(shown.object_list, questions, held)
    request.current_app = admin.site.name
    context = {
        **admin.site.each_context(request),
        "title": "Coverage",
        "subtitle": None,
        "letters": sorted(letters.items(), key=_in_order),
        "letter": letter,
        "conditions": len(conditions),
        "shown": shown,
        "questions": [(one, one.slug.replace("-", " ")) for one in questions],
        "grid": grid,
        "legend": _counted(grid),
        "may_start": may_start,
        "before": _page(letter, shown.number - 1) if shown.has_previous() else "",
        "after": _page(letter, shown.number + 1) if shown.has_next() else "",
    }
    return TemplateResponse(request, "editorial/coverage.html", context)


def _conditions():
    """Return all conditions as a dictionary orders them, without what is not shown."""
    found = Condition.objects.only("name", "abbreviation")
    return sorted(found, key=lambda one: (alphabet.folded(one.name), one.pk))


def _in_order(letter):
    return letter[0] != alphabet.OTHER, letter[0]


def _page(letter, number):
    return "?" + urlencode({**({"letter": letter} if letter else {}), "p": number})


def _grid(conditions, questions, held):
    """Return each condition with its cells, in the order of the questions."""
    there = _cells(conditions, held)
    may_start = held & MOVES["start"].roles
    start = reverse("admin:editorial_summary_add") if may_start else ""
    return [
        (
            one,
            wording.sentence_start(one.name),
            [
                there.get((one.pk, asked.pk)) or _empty(start, one.pk, asked.pk)
                for asked in questions
            ],
        )
        for one in conditions
    ]


def _cells(conditions, held):
    """Return the cells that have a summary, by condition and question."""
    found = rows.rows().filter(
        condition__in=[one.pk for one in conditions],
        language=LANGUAGE,
        set_aside=False,
    )
    asked = ("condition_id", "question_id", "pk", "status", "public", "due_on")
    return {
        (condition, question): _cell(pk, status, public, due_on, held)
        for condition, question, pk, status, public, due_on in (
            found.order_by().values_list(*asked)
        )
    }


def _cell(pk, status, public, due_on, held):
    screen = rows.screen(status, held)
    address = reverse(f"admin:editorial_summary_{screen}", args=(pk,))
    is_live = public == rows.LIVE
    if kind := IN_WORK.get(status):
        return Cell(kind, address, is_live)
    if public == rows.WITHDRAWN:
        return Cell(WITHDRAWN, address)
    if not is_live:
        return Cell(SIGNED, address)
    late = due_on and due_on < clock.today()
    return Cell(OVERDUE if late else LIVE, address)


def _empty(start, condition, question):
    asked = urlencode({"condition": condition, "question": question})
    return Cell(EMPTY, f"{start}?{asked}" if start else "")


def _counted(grid):
    """Return each kind with how many cells of it are shown."""
    counts = Counter(cell.kind for *_, cells in grid for cell in cells)
    return [(kind, counts[kind]) for kind in (*KINDS, EMPTY)]

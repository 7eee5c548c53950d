"""What a screen shows of comments: each with its place, and what its reader may do.

Reads only. Beside a text the open ones stand in its order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from editorial import adopting, commenting, four_eyes, threads
from editorial.anchors import Place, Text
from editorial.dossier import Dossier
from editorial.models import Field, User
from editorial.states import MOVES
from editorial.threads import Thread

# So many open ones stand beside a text; the comments' own page has all, in parts.
BESIDE, A_PAGE = 30, 100
ORDER = {name: place for place, name in enumerate(Field.values)}


@dataclass(frozen=True)
class Shown:
    """A thread with its place in the text as it stands, and what this person may do."""

    thread: Thread
    place: Place | None
    stands: str = ""  # the words that stand at the place now
    why_not_resolved: str = ""
    may_adopt: bool = False
    why_not_adopted: str = ""
    # What came of a press that was refused: why, and the words that were typed.
    refused: str = ""
    typed: str = ""

    @property
    def comment(self) -> Any:
        return self.thread.comment

    @property
    def key(self) -> str:
        return str(self.comment.pk)

    @property
    def about(self) -> str:
        return threads.on(self.comment)

    @property
    def gone(self) -> bool:
        """Whether the words are there no longer, or are others now."""
        return bool(self.comment.quote) and (not self.place or self.place.changed)

    @property
    def address(self) -> str:
        comment = self.comment
        return reverse(
            "admin:editorial_summary_comment", args=(comment.summary_id, comment.pk)
        )


@dataclass(frozen=True)
class Refused:
    """A press on a comment that did nothing: on which one, why, and what was typed."""

    number: int = 0
    why: str = ""
    typed: str = ""


class Discussion:
    """All that was said of one text, as one person sees it."""

    def __init__(
        self, known: Dossier, by: User, refused: Refused | None = None
    ) -> None:
        self.known, self.by = known, by
        self._refused = refused or Refused()
        summary = known.summary
        self._texts = {name: Text(getattr(summary, name)) for name in commenting.QUOTED}

    @property
    def all(self) -> list[Thread]:
        return self.known.threads

    @cached_property
    def open(self) -> list[Thread]:
        return [thread for thread in self.all if thread.is_open]

    @property
    def resolved(self) -> int:
        return len(self.all) - len(self.open)

    @property
    def blocking(self) -> int:
        return sum(thread.blocks for thread in self.open)

    @cached_property
    def beside(self) -> list[Shown]:
        """The open ones in the order of the text; of too many, those that block."""
        first = sorted(self.open, key=lambda thread: not thread.blocks)[:BESIDE]
        return sorted(self.shown(first), key=_in_text)

    @property
    def more(self) -> int:
        """How many open ones do not stand beside the text."""
        return max(0, len(self.open) - BESIDE)

    def shown(self, chosen: Iterable[Thread]) -> list[Shown]:
        """Return threads as they are shown, in their own order."""
        return [self._shown(thread) for thread in chosen]

    def _shown(self, thread: Thread) -> Shown:
        said = self._refused
        mine = said.number == thread.comment.pk
        offered = self._may_write and thread.is_open and not thread.adopted
        offered = bool(offered and thread.comment.suggestion)
        place = self._place(thread)
        return Shown(
            thread,
            place,
            self._stands(thread, place),
            self._why_not_resolved(thread),
            may_adopt=offered,
            why_not_adopted=self._why_not_adopted(thread) if offered else "",
            refused=said.why if mine else "",
            typed=said.typed if mine else "",
        )

    def _why_not_adopted(self, thread: Thread) -> str:
        return adopting.why_not_adopted(thread, self.known.summary, self.by)

    def _why_not_resolved(self, thread: Thread) -> str:
        comment = thread.comment
        if not thread.blocks or comment.by_id == self.by.pk:
            return ""
        return commenting.why_not_resolved(thread, self.known, self.by, self._wrote)

    @cached_property
    def _wrote(self) -> bool:
        return four_eyes.wrote_in(self.known, self.by)

    def _place(self, thread: Thread) -> Place | None:
        if not thread.comment.quote:
            return None
        return self._texts[thread.comment.field].find(thread.passage)

    def _stands(self, thread: Thread, place: Place | None) -> str:
        source = self._texts[thread.comment.field].source if place else ""
        return source[place.start : place.end] if place else ""

    @cached_property
    def _may_write(self) -> bool:
        return bool(self.known.roles_of(self.by) & MOVES["revise"].roles)


def _in_text(shown: Shown) -> tuple[int, bool, int, int]:
    start = shown.place.start if shown.place else 0
    comment = shown.comment
    lost = bool(comment.quote) and not shown.place
    return ORDER[comment.field], lost, start, comment.pk

"""Law 4 as `editorial.four_eyes` has it, asked again at the moment of each sign-off.

By the rows alone: of an edit or a kept text counts what the log had before that moment.
"""

import operator
from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from conditions import markup
from conditions.models import Condition, Question, Source
from editorial import settling
from editorial.models import Drafting, LostText
from editorial.verifying.reading import Values
from editorial.verifying.rows import Ledger

WRITES = ("revise", "restore")
THINGS = {
    Condition: "the condition’s entry",
    Question: "the question",
    Source: "a source that it cites",
}
# What a writer types: a revision that has all of it settles a kept text.
TYPED = operator.itemgetter(
    *("short_answer", "body", "evidence_searched_on", "drafting", "drafting_note")
)
NOTED = operator.itemgetter("drafting", "drafting_note", "evidence_searched_on")


class Last(NamedTuple):
    """The last sign-off of a text with other words: from it law 4 counts."""

    edition: int = 0
    sign_off: int = 0
    revision: int = 0
    at: datetime | None = None
    words: str = ""
    cited: frozenset[str] = frozenset()


NONE = Last()


class Edit(NamedTuple):
    """An entry of the catalogue as somebody wrote it."""

    place: int
    user: int
    at: datetime
    key: str


class Edits:
    """The entries that people who sign edited; of the others nothing is kept."""

    def __init__(self, signers: set[int]) -> None:
        self._signers = signers
        self._edits: dict[tuple[Any, int], list[Edit]] = {}
        self._sources: dict[int, set[int]] = defaultdict(set)

    def see(self, model: Any, place: int, values: Values) -> None:
        """Look at one history row, after the older ones of its entry."""
        if model not in THINGS:
            return
        user, pk = values["history_user_id"], values["id"]
        if user in self._signers:
            self._edits.setdefault((model, pk), [])
            if model is Source:
                self._sources[user].add(pk)
        # From there on everybody's: a source is cited by the key that it had then.
        if (edits := self._edits.get((model, pk))) is not None:
            key = values.get("key", "")
            edits.append(Edit(place, user, values["history_date"], key))

    def thing(self, user: int, place: int, values: Values, last: Last) -> str:
        """Return what of the text's entries the user edited, or ""."""
        for model in (Condition, Question):
            pk = values[f"{model._meta.model_name}_id"]
            if self._edited((model, pk), user, place, last.at):
                return THINGS[model]
        if pks := self._sources.get(user):
            cited = _cited(values["body"])
            for pk in pks:
                key = self._key(pk, place)
                # One that was not signed before counts from its first word.
                since = last.at if key in last.cited else None
                if key in cited and self._edited((Source, pk), user, place, since):
                    return THINGS[Source]
        return ""

    def _edited(
        self, entry: tuple[Any, int], user: int, place: int, since: datetime | None
    ) -> bool:
        return any(
            one.user == user and one.place < place and (not since or one.at > since)
            for one in self._edits.get(entry, ())
        )

    def _key(self, pk: int, place: int) -> str:
        edits = [one for one in self._edits[Source, pk] if one.place < place]
        return edits[-1].key if edits else ""


def _cited(body: str) -> list[str]:
    try:
        return markup.citations(body)
    except markup.MarkupError:
        return []


class Wrote(NamedTuple):
    """A revision with words of its writer, or with a note or a date."""

    revision: int
    user: int
    move: str


class KeptText:
    """A text that lost a save, as far as it says who wrote what stands."""

    def __init__(self, place: int, values: Values) -> None:
        self.place, self.by, self.at = place, values["by_id"], values["at"]
        self._against, self._typed = values["against_revision"], hash(TYPED(values))
        self._told = [
            said.format(values["id"]) for said in (settling.MERGED, settling.LEFT_OUT)
        ]
        self.settled_in = 0

    def counts(self, user: int, place: int, after: int, last: Last) -> bool:
        """Say whether a colleague may have merged it since the last sign-off."""
        since = not last.at or self.at > last.at or self.settled_in > after
        return self.by == user and self.place < place and since

    def see(self, values: Values) -> None:
        """Look whether a revision settles it; the first that does counts."""
        reason = values["history_change_reason"] or ""
        said = values["move"] == "revise" and any(one in reason for one in self._told)
        same = values["revision"] >= self._against and self._typed == hash(
            TYPED(values)
        )
        if not self.settled_in and (said or same):
            self.settled_in = values["revision"]


class Text:
    """One summary's revisions as they pass, and who put words into them."""

    def __init__(self, kept: list[KeptText]) -> None:
        self._kept = kept
        self._stood: tuple[Any, ...] = (Drafting.PERSON, "", None)
        self._wrote: list[Wrote] = []
        self._signed: list[Last] = []

    def see(self, values: Values) -> None:
        """Look at the next revision."""
        stood, self._stood = self._stood, NOTED(values)
        typed = values["move"] == "start" and stood != self._stood
        if values["wrote_text"] or values["move"] in WRITES or typed:
            names = ("revision", "history_user_id", "move")
            self._wrote.append(Wrote(*(values[name] for name in names)))
        for text in self._kept:
            text.see(values)

    def signed(self, last: Last) -> None:
        """Remember a sign-off that belongs to an edition."""
        self._signed.append(last)

    def before(self, edition: int, words: str) -> Last:
        """Return the last sign-off, for an older edition, of other words."""
        others = (
            last
            for last in self._signed
            if last.edition < edition and last.words != words
        )
        return max(others, key=lambda last: (last.edition, last.sign_off), default=NONE)

    def broken(self, user: int, place: int, last: Last) -> str:
        """Return the kind of what the user put into the text since then, or ""."""
        after = last.revision
        if any(one.move == "restore" and one.revision > after for one in self._wrote):
            after = 0  # old words came back, whoever wrote them
        if any(one.user == user and one.revision > after for one in self._wrote):
            return "four_eyes"
        if any(text.counts(user, place, after, last) for text in self._kept):
            return "four_eyes_kept"
        return ""


def kept_texts(ledger: Ledger) -> dict[int, list[KeptText]]:
    """Return the texts that lost a save by the summary that they are for."""
    kept: dict[int, list[KeptText]] = defaultdict(list)
    for _, place, values in ledger.read(LostText, "id"):
        kept[values["summary_id"]].append(KeptText(place, values))
    return kept

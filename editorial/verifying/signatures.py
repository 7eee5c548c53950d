"""Sign-offs: each with the log's root before it, of a revision, by one who might."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from editorial import clock
from editorial.models import SignOff
from editorial.verifying.entries import GRACE
from editorial.verifying.found import Found
from editorial.verifying.four_eyes import Edits, Last, Text, kept_texts
from editorial.verifying.people import Signers
from editorial.verifying.reading import Values
from editorial.verifying.rows import Ledger, what


class Read(Protocol):
    """What is asked of an edition here; `editions` reads them."""

    place: int
    content: str
    signatures: list[str]
    cited: frozenset[str]
    signed_on: date | None


class Signed(NamedTuple):
    """What is remembered of a sign-off."""

    name: str
    what: str
    place: int
    key: int
    summary: int
    number: int
    signer: int
    content: str
    signature: str
    at: datetime
    day: date
    byline: str


@dataclass
class Signatures:
    """Sign-offs by the text that they are for, and by the revision that was read."""

    of_edition: dict[tuple[int, int], list[Signed]] = field(
        default_factory=lambda: defaultdict(list)
    )
    of_revision: dict[int, list[Signed]] = field(
        default_factory=lambda: defaultdict(list)
    )
    # By name: the words of the revision that was read.
    words: dict[str, str] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)


def check(ledger: Ledger) -> Signatures:
    """Check every sign-off by itself."""
    signatures, before = Signatures(), ledger.log.before
    last: dict[int, datetime] = {}
    for name, place, values in ledger.read(SignOff, "id"):
        told, found = what(values), ledger.found
        if before.get(name, values["root"]) != values["root"]:
            found.add("sign_off_root", name, what=told)
        said, at = _parsed(values["signature"]), values["signed_at"]
        if (printed := _time_in(said)) != at.replace(microsecond=0):
            found.add("sign_off_time", name, what=told, said=at, wanted=printed)
        _look_at_the_clock(found, name, values, last)
        signed = Signed(
            *(name, told, place, values["id"]),
            *(values["summary_id"], values["edition_number"], values["signer_id"]),
            *(values["content_sha256"], values["signature"], at),
            *((printed or at).date(), str(said.get("reviewer"))),
        )
        signatures.people.add(signed.signer)
        signatures.of_edition[signed.summary, signed.number].append(signed)
        signatures.of_revision[values["revision_read_id"]].append(signed)
    return signatures


def _parsed(signature: str) -> dict[str, Any]:
    try:
        return dict(json.loads(signature))
    except (ValueError, TypeError):
        return {}


def _time_in(said: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(said["at"])
    except (ValueError, TypeError, KeyError):
        return None


def _look_at_the_clock(
    found: Found, name: str, values: Values, last: dict[int, datetime]
) -> None:
    """A clock that was wrong breaks no rule, but the date that readers see is wrong."""
    at, summary = values["signed_at"], values["summary_id"]
    if at > clock.now() + GRACE:
        found.note("signed_ahead", name, f"{name} ({what(values)}) is of {at}: ahead.")
    elif at < last.get(summary, at):
        found.note(
            "signed_back",
            name,
            f"{name} ({what(values)}) is dated {at}, before the one before it.",
        )
    last[summary] = at


class Readings:
    """The revisions that were read and signed, as they pass in their order."""

    def __init__(
        self,
        ledger: Ledger,
        signatures: Signatures,
        editions: Mapping[tuple[int, int], Read],
        edits: Edits,
        signers: Signers,
    ) -> None:
        """`editions` are by summary and number; history of all else was seen."""
        self._found, self._before = ledger.found, ledger.log.before
        self._all, self._editions = signatures, editions
        self._edits, self._signers = edits, signers
        self._kept = kept_texts(ledger)
        self._summary: int | None = None

    def see(self, name: str, place: int, values: Values) -> None:
        """Look at one revision of a summary, after all those before it."""
        if values["id"] != self._summary:
            self._summary = values["id"]
            self._text = Text(self._kept.pop(values["id"], []))
        self._text.see(values)
        words = values["short_answer"] + "\0" + values["body"]
        for one in self._all.of_revision.pop(values["history_id"], ()):
            self._all.words[one.name] = words
            if one.summary != values["id"]:
                self._found.add("sign_off_revision", one.name, what=one.what)
                continue
            edition = self._editions.get((one.summary, one.number))
            self._judge(one, edition, values, words)
            if edition and edition.content == one.content:
                told = one.number, one.key, values["revision"], one.at
                self._text.signed(Last(*told, words, edition.cited))

    def _judge(
        self, one: Signed, edition: Read | None, values: Values, words: str
    ) -> None:
        """Ask who signed, at the sign-off and again when the edition was written."""
        moments = [(one.place, one.day)]
        if edition and one.signature in edition.signatures:
            moments.append((edition.place, edition.signed_on or one.day))
        self._law_4(one, max(place for place, _ in moments), values, words)
        if self._before.get(one.name, "") == "":
            self._cannot_tell(one)
            return
        asked, user = self._signers, one.signer
        were = [asked.role_missing(user, place) for place, _ in moments]
        if None in were:
            self._cannot_tell(one)
        elif were := list(filter(None, were)):
            self._found.add("sign_off_role", one.name, what=one.what, said=were[0])
        for place, day in moments:
            if why := asked.credential_missing(user, place, day, one.byline):
                told = {"what": one.what, "why": why}
                self._found.add("sign_off_credential", one.name, **told)
                break

    def _law_4(self, one: Signed, place: int, values: Values, words: str) -> None:
        last = self._text.before(one.number, words)
        if kind := self._text.broken(one.signer, place, last):
            self._found.add(kind, one.name, what=one.what)
        elif thing := self._edits.thing(one.signer, place, values, last):
            self._found.add("four_eyes_entry", one.name, what=one.what, thing=thing)

    def _cannot_tell(self, one: Signed) -> None:
        self._found.note(
            "signed_before",
            one.name,
            f"{one.name} ({one.what}) is older than what the log says of roles: it "
            "cannot tell whether its signer held theirs.",
        )

    def close(self) -> None:
        """Name the sign-offs whose revision is not there."""
        for some in self._all.of_revision.values():
            for one in some:
                self._found.add("sign_off_revision", one.name, what=one.what)

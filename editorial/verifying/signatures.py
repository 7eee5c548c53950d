"""Sign-offs: each with the log's root before it, of a revision, by no writer of it."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from editorial import clock
from editorial.models import SignOff
from editorial.verifying.entries import GRACE
from editorial.verifying.found import Found
from editorial.verifying.reading import Values
from editorial.verifying.rows import Ledger, what

WRITES = ("revise", "restore")


class Signed(NamedTuple):
    """What is remembered of a sign-off."""

    name: str
    what: str
    summary: int
    number: int
    signer: int
    content: str
    signature: str


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


def check(ledger: Ledger) -> Signatures:
    """Check every sign-off by itself."""
    signatures, before = Signatures(), ledger.log.before
    last: dict[int, datetime] = {}
    for name, _, values in ledger.read(SignOff, "id"):
        told, found = what(values), ledger.found
        if before.get(name, values["root"]) != values["root"]:
            found.add("sign_off_root", name, what=told)
        said = _time_in(values["signature"])
        if said != values["signed_at"].replace(microsecond=0):
            at = values["signed_at"]
            found.add("sign_off_time", name, what=told, said=at, wanted=said)
        _look_at_the_clock(found, name, values, last)
        signed = Signed(
            name,
            told,
            *(values["summary_id"], values["edition_number"], values["signer_id"]),
            *(values["content_sha256"], values["signature"]),
        )
        signatures.of_edition[signed.summary, signed.number].append(signed)
        signatures.of_revision[values["revision_read_id"]].append(signed)
    return signatures


def _time_in(signature: str) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads(signature)["at"])
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
        self, found: Found, signatures: Signatures, contents: dict[Any, str]
    ) -> None:
        """`contents` are the hashes of editions by summary and number."""
        self._found, self._all, self._contents = found, signatures, contents
        self._summary: int | None = None

    def see(self, name: str, place: int, values: Values) -> None:
        """Look at one revision of a summary, after all those before it."""
        if values["id"] != self._summary:
            self._summary, self._wrote, self._signed = values["id"], [], []
        if values["wrote_text"] or values["move"] in WRITES:
            told = values["revision"], values["history_user_id"], values["move"]
            self._wrote.append(told)
        words = values["short_answer"] + "\0" + values["body"]
        for one in self._all.of_revision.pop(values["history_id"], ()):
            self._all.words[one.name] = words
            if one.summary != values["id"]:
                self._found.add("sign_off_revision", one.name, what=one.what)
            elif one.signer in self._writers(one.number, words):
                self._found.add("four_eyes", one.name, what=one.what)
            if self._contents.get((one.summary, one.number)) == one.content:
                self._signed.append((one.number, values["revision"], words))

    def _writers(self, number: int, words: str) -> set[int]:
        """Return who wrote since the last edition with other words."""
        old = [
            (before, revision)
            for before, revision, signed in self._signed
            if before < number and signed != words
        ]
        since = max(old)[1] if old else 0
        if any(move == "restore" for at, _, move in self._wrote if at > since):
            since = 0
        return {user for at, user, _ in self._wrote if at > since}

    def close(self) -> None:
        """Name the sign-offs whose revision is not there."""
        for some in self._all.of_revision.values():
            for one in some:
                self._found.add("sign_off_revision", one.name, what=one.what)

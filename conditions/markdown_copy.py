"""A page as readable Markdown (`index.md`): the same words, for tools and readers."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from conditions import content as bytes_signed
from conditions import references, typesetting, wording
from conditions.citations import KEY
from conditions.reading import Copy, PublicPage
from conditions.structured_data import site

_GROUP = rf"\[@{KEY}(?:\s*;\s*@{KEY})*\s*\]"
# An escaped bracket is a bracket: an odd number of backslashes stands before it.
_CITED = re.compile(rf"(?<!\\)((?:\\\\)*)((?:{_GROUP})+)")
_KEY = re.compile(rf"[\[;]\s*@({KEY})")
# What other readers of Markdown take for HTML, for the address of a link that is none
# here, or for one that is given elsewhere; all of it is words in our grammar.
_FOREIGN = re.compile(
    r"(?<!\\)((?:\\\\)*)(<(?=[A-Za-z/!?])|\](?=:|\((?!https://[A-Za-z0-9])))"
)
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def compose(public: PublicPage, copy: Copy, retracted: Mapping[str, date]) -> str:
    """Return the live page as Markdown, its first line the badge and the date."""
    content, record = copy.content, copy.record
    blocks = [
        badge_line(record),
        guarded(content["short_answer"]),
        f"# {plain(content['question']['text'])}",
        numbered(content["body"], references.numbers(content["sources"])),
        *_take_part(content),
        *_sources(content, retracted),
        *_made(content, record),
        *_review(copy),
        *_changes(public),
        plain(content["disclaimer"]),
        f"<{site(copy.address)}>",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def badge_line(record: dict[str, Any]) -> str:
    """Return the line that says what this is, whether it stands, and since when."""
    stands = typesetting.standing(record)
    badge = " ".join(filter(None, (stands["badge"], _iso(stands["overdue_since"]))))
    return f"Short answer · {badge} · Last updated: {record['signed_on']}"


def numbered(body: str, numbers: Mapping[str, int]) -> str:
    """Return a body with the number of each source in place of its key.

    What another reader of Markdown would run or follow stands behind a backslash.
    """

    def shown(found: re.Match[str]) -> str:
        cited = (str(numbers[key]) for key in _KEY.findall(found[2]))
        return f"{found[1]}[{', '.join(cited)}]"

    return guarded(_CITED.sub(shown, body))


def guarded(text: str) -> str:
    """Return a text in which no reader of Markdown finds HTML or another's link."""
    return _FOREIGN.sub(r"\1\\\2", text)


def plain(text: str) -> str:
    """Return words of one line that no Markdown reader takes for marks."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _take_part(content: dict[str, Any]) -> Iterator[str]:
    if not (block := typesetting.take_part(content["take_part"])):
        return
    yield "## Take part"
    if block["trial_search"]:
        name = plain(block["trial_search"])
        yield f"Search ClinicalTrials.gov for “{name}”: <{block['trial_url']}>"
    if block["community"]:
        yield _community(block["community"])


def _community(community: dict[str, Any]) -> str:
    members, as_of = community["members"], _iso(community["as_of"])
    count = f"{members} members on {as_of}" if members else ""
    link = community["url"] and f"<{community['url']}>"
    said = ", ".join(filter(None, (plain(community["name"]), count)))
    return " ".join(filter(None, (f"Patient community: {said}.", link)))


def _sources(content: dict[str, Any], retracted: Mapping[str, date]) -> Iterator[str]:
    entries = references.typeset(content["sources"], {}, retracted)
    if entries:
        yield "## Sources"
        yield "\n".join(f"{one['number']}. {_source(one)}" for one in entries)


def _source(entry: dict[str, Any]) -> str:
    words = [plain(entry[part]) for part in ("authors", "title", "where", "kind")]
    words += [f"{link['text']} <{link['url']}>" for link in entry["links"]]
    words += [f"<{entry['url']}>" if entry["url"] else ""]
    if entry["read_on"]:
        words.append(f"Read {_iso(entry['read_on'])}.")
    if entry["retracted_on"]:
        words.append(f"**Retracted on {_iso(entry['retracted_on'])}.**")
    if entry["retracted_since"]:
        since = _iso(entry["retracted_since"])
        words.append(
            f"**Retracted on {since}, not known when this page was reviewed.**"
        )
    return " ".join(filter(None, words))


def _made(content: dict[str, Any], record: dict[str, Any]) -> Iterator[str]:
    made = typesetting.made(content, record)
    searched = made["searched_on"]
    parts = (
        f"Written by {plain(made['authors'])}." if made["authors"] else "",
        plain(made["drafted"]),
        f"Evidence searched to {_iso(searched)}." if searched else "",
    )
    yield " ".join(filter(None, parts))


def _review(copy: Copy) -> Iterator[str]:
    box = typesetting.review(copy.record, copy.number, copy.edition.record_sha256)
    stands = typesetting.standing(copy.record)
    yield "## Who checked this page"
    for signer in box["signers"]:
        yield "\n".join(f"- {line}" for line in _signer(signer))
    lines = [
        f"Page last reviewed: {_iso(stands['last_updated'])}",
        f"Next review due: {_iso(stands['due_on'])}",
        f"Edition: {copy.number}",
        f"Fingerprint: {bytes_signed.fingerprint(box['sha256'])}",
        f"Signed record: <{site(box['address'])}>",
    ]
    yield "\n".join(f"- {line}" for line in lines)


def _signer(signer: dict[str, Any]) -> list[str]:
    orcid, registration = signer["orcid"], signer["registration"]
    lines = [
        plain(signer["name"]),
        plain(signer["role"]),
        registration and f"Registration: {plain(registration)}",
        f"{orcid['text']} <{orcid['url']}>" if orcid else "",
        f"Interests: {plain(signer['interests'])}",
        f"{plain(signer['meaning'])}: “{plain(signer['attestation'])}”",
        f"Signed {signer['at_text']}",
    ]
    return [line for line in lines if line]


def _changes(public: PublicPage) -> Iterator[str]:
    yield "## What changed"
    yield "\n".join(
        f"- Edition {one['number']}: its record cannot be verified."
        if one["altered"]
        else f"- {_iso(one['signed_on'])}, edition {one['number']}: "
        + " ".join(filter(None, (wording.full_stop(one["kind"]), plain(one["note"]))))
        for one in typesetting.changes(public.records())
    )

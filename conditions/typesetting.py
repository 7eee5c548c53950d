"""Turns an edition's content and record into what the templates show. No database.

The only module that declares a rendered text safe to print; the desk's preview comes
from here too, so that what is signed looks like what is read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import count, islice
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from conditions import content as bytes_signed
from conditions import markup, references, wording

CONTENTS_FROM = 3  # headings; fewer are seen at a glance
TOLD = 10  # changes on the page itself; the page of editions tells all
FRAME = '<div class="wide" role="region" aria-label="Table {}" tabindex="0"><table>'


def page_context(
    content: dict[str, Any],
    record: dict[str, Any] | None,
    *,
    edition_number: int | None,
    record_sha256: str = "",
    history: Iterable[tuple[int, dict[str, Any] | None]] = (),
    first_published_on: date | None = None,
    retracted_since: Mapping[str, date] | None = None,
) -> dict[str, Any]:
    """Return the context of `conditions/page.html`; a record of None makes a draft.

    `history` yields number and record of each public edition, the newest first; of many
    the page tells the newest alone.
    Raises markup.MarkupError for a text that this grammar cannot show in full.
    """
    told = list(islice(history, TOLD + 1))
    return {
        "draft": record is None,
        "language": content["language"],
        "question": content["question"]["text"],
        "address": address(content),
        "condition": condition(content["condition"]),
        "summary": markup.to_text(content["short_answer"]),
        "short_answer": short_answer(content),
        **_body(content, retracted_since or {}),
        "take_part": take_part(content["take_part"]),
        "made": made(content, record),
        "standing": standing(record) if record else None,
        "review": review(record, edition_number, record_sha256) if record else None,
        "changes": changes(told[:TOLD]),
        "earlier_changes": len(told) > TOLD,
        "first_published_on": first_published_on,
        "disclaimer": content["disclaimer"],
    }


def preview_html(
    content: dict[str, Any], *, signed: bool = False, fault: str = ""
) -> str:
    """Return a text as the whole document that readers would see, marked as a preview.

    One that nobody signed is marked as a draft. A text that cannot be shown gives way
    to the sentence that says why: no error. `fault` is that sentence where the caller
    knows one already.
    """
    try:
        context = page_context(content, None, edition_number=None)
    except markup.MarkupError:
        for part, show in _shown(content).items():
            try:
                show()
            except markup.MarkupError as error:
                fault = fault or str(error)
                content = {**content, part: ""}
        context = page_context(content, None, edition_number=None)
    marks = {"fault": fault, "signed": signed}
    return render_to_string("conditions/preview.html", {**context, **marks})


def _shown(content: dict[str, Any]) -> dict[str, Callable[[], str]]:
    numbers = references.numbers(content["sources"])
    return {
        "short_answer": lambda: markup.render_short(content["short_answer"]),
        "body": lambda: markup.render(content["body"], numbers),
    }


def address(content: dict[str, Any]) -> str:
    """Return the page's path from the root of the site."""
    question = content["question"]["slug"]
    return f"/conditions/{content['condition']['slug']}/{question}/"


def condition(words: dict[str, Any]) -> dict[str, Any]:
    """Return a condition's frozen words: name, other names, genes, codes with links."""
    return {
        "name": wording.sentence_start(words["name"]),
        "address": f"/conditions/{words['slug']}/",
        "feed": f"/feeds/{words['slug']}.atom",
        "also_called": other_names(words),
        "genes": words["genes"],
        "codes": [
            references.code(pair["scheme"], pair["value"])
            for pair in words["identifiers"]
        ],
    }


def other_names(words: dict[str, Any]) -> list[str]:
    """Return the abbreviation and the synonyms of a condition."""
    return [name for name in (words["abbreviation"], *words["synonyms"]) if name]


def _body(content: dict[str, Any], retracted: Mapping[str, date]) -> dict[str, Any]:
    text, cited = content["body"], content["sources"]
    html, headings, counts = markup.read(text, references.numbers(cited))
    sources = references.typeset(cited, counts, retracted)
    return {
        "body": SafeString(_framed(html)),
        "contents": [
            {"level": level, "id": name, "text": words}
            for level, name, words in headings
            if len(headings) >= CONTENTS_FROM
        ],
        "sources": sources,
        "retracted_since": [s for s in sources if s["retracted_since"]],
    }


def blocks(content: dict[str, Any]) -> list[tuple[SafeString, list[str]]]:
    """Return the body block by block, each with the keys of the sources it cites.

    Raises markup.MarkupError for a text that this grammar cannot show in full.
    """
    numbers = references.numbers(content["sources"])
    found = markup.blocks(content["body"], numbers)
    return [(SafeString(html), keys) for html, keys in found]


def _framed(html: str) -> str:
    """Give each table a frame of its own to scroll in, by finger and by keyboard."""
    number = count(1)
    html = re.sub("<table>", lambda _: FRAME.format(next(number)), html)
    return html.replace("</table>", "</table></div>")


def short_answer(content: dict[str, Any]) -> SafeString:
    """Return the short answer as safe HTML; raise markup.MarkupError."""
    return SafeString(markup.render_short(content["short_answer"]))


def take_part(block: dict[str, Any]) -> dict[str, Any] | None:
    """Return the trial search and the community's dated count; None for neither."""
    name, community = block["trial_search"], block["community"]
    if not name and not community:
        return None
    return {
        "trial_search": name,
        "trial_url": wording.trial_search(name) if name else "",
        "community": community
        and {
            "name": community["name"],
            "url": wording.https(community["url"]),
            "members": f"{community['members']:,}" if community["members"] else "",
            "as_of": wording.day(community["as_of"]),
        },
    }


def made(content: dict[str, Any], record: dict[str, Any] | None) -> dict[str, Any]:
    """Return who wrote the text, how, and to which day evidence was searched."""
    return {
        "authors": wording.listed(content["authors"]),
        "drafted": wording.drafted(**content["drafting"]),
        "searched_on": wording.day(record["evidence_searched_on"]) if record else None,
    }


def standing(record: dict[str, Any], today: date | None = None) -> dict[str, Any]:
    """Return how a live page stands today: its badge's words and its dates."""
    due = date.fromisoformat(record["review_due_on"])
    overdue = due < (today or timezone.localdate())
    return {
        "overdue_since": due if overdue else None,
        "badge": "Review overdue since" if overdue else wording.REVIEWED,
        "last_updated": date.fromisoformat(record["signed_on"]),
        "due_on": due,
    }


def review(record: dict[str, Any], number: int | None, sha256: str) -> dict[str, Any]:
    """Return the review box: everybody who signed, and what a reader can check."""
    return {
        "signers": [_signer(one) for one in record["signatures"]],
        "number": number,
        "sha256": sha256,
        "fingerprint": bytes_signed.fingerprint(sha256),
        "address": f"{record['address']}editions/{number}/",
    }


def _signer(signature: dict[str, Any]) -> dict[str, Any]:
    on = wording.long_date(date.fromisoformat(signature["at"][:10]))
    interests, orcid = signature["interests"], signature["orcid"]
    registration = (signature["registration_body"], signature["registration_number"])
    return {
        "name": wording.byline(signature["name"], signature["post_nominals"]),
        "address": f"/reviewers/{signature['reviewer']}/",
        "role": ", ".join(
            filter(None, (signature["profession"], signature["affiliation"]))
        ),
        "registration": " ".join(filter(None, registration)),
        "orcid": references.code("orcid", orcid) if orcid else None,
        "interests": wording.full_stop(interests or f"none declared on {on}"),
        "meaning": signature["meaning"],
        "attestation": signature["attestation"],
        "at": signature["at"],
        "at_text": wording.signed_at(signature["at"], signature["zone"]),
    }


def changes(
    history: Iterable[tuple[int, dict[str, Any] | None]],
) -> list[dict[str, Any]]:
    """Return what changed with each edition; an altered record is said to be one."""
    return [_change(number, record) for number, record in history]


def _change(number: int, record: dict[str, Any] | None) -> dict[str, Any]:
    if record is None:
        return {"number": number, "altered": True}
    kind = wording.change(record["change_type"])
    note, signed = record["note"], record["signatures"]
    names = [wording.byline(one["name"], one["post_nominals"]) for one in signed]
    return {
        "number": number,
        "altered": False,
        "kind": kind,
        # A first edition's note may only repeat its kind.
        "note": "" if note.rstrip(".") == kind else note,
        "signed_on": date.fromisoformat(record["signed_on"]),
        "signers": wording.listed(names),
        "address": f"{record['address']}editions/{number}/",
    }

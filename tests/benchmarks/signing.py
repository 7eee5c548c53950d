"""Sign-offs, editions and publications as the verbs write them, onto a sheet."""

from datetime import timedelta
from functools import cache

from django.conf import settings

from conditions import content
from conditions.models import Edition, Page, Proof, Publication
from editorial import clock, signoff, statement
from editorial.models import SignOff


def sign(one, moment, sheet, rules_sha256):
    """Sign an answer's text, write its edition and, unless it waits, make it public."""
    words = content.canonical(_content(one))
    first = not one.editions
    signed = sheet.row(
        SignOff,
        summary=one.row,
        edition_number=len(one.editions) + 1,
        revision_read_id=one.read,
        signer=one.reviewer,
        content_sha256=content.sha256(words),
        signature=content.canonical(_signature(one.reviewer, moment)),
        signed_at=moment,
        change_type="first_edition" if first else _kind(one),
        note="First edition." if first else "Added the long-term results.",
        review_due_on=one.due_on,
        lapses_on=one.due_on + timedelta(days=3) if one.number % 5 == 1 else None,
        root=sheet.tree.root(),
    )
    told = {"content_sha256": signed.content_sha256}
    sheet.enter("signed", one.reviewer, one.row, signed, **told)
    _write_edition(one, signed, words, sheet, rules_sha256)
    if one.is_published:
        publish(one, moment, sheet, "published", by=one.reviewer)


def publish(one, moment, sheet, kind, *, by):
    """Write an act of publication, and let the page show what it says."""
    withdrawn = kind == "withdrawn"
    one.acts += 1
    done = sheet.row(
        Publication,
        page=one.page,
        number=one.acts,
        kind=kind,
        edition=one.editions[-1],
        at=moment,
        note="We check a dose." if withdrawn else "",
        root=sheet.tree.root(),
    )
    sheet.enter(kind, by, one.row, done)
    sheet.show(one.page, None if withdrawn else one.editions[-1])


def _kind(one):
    return "correction" if one.number % 4 == 0 else "new_evidence"


def _content(one):
    row = one.row
    return content.compose(
        condition=one.condition,
        question=one.question,
        language=row.language,
        short_answer=row.short_answer,
        body=row.body,
        sources=[one.source],
        authors=[one.writer.printed_name],
        drafting=row.drafting,
        drafting_note=row.drafting_note,
        disclaimer=settings.DISCLAIMER,
    )


def _signature(by, moment):
    at = clock.local(moment).isoformat(timespec="seconds")
    return _byline(by) | {"at": at}


@cache
def _byline(by):
    """Ask the real room once a reviewer; all but the time is the same each time."""
    said = statement.Statement(
        interests="", evidence_searched_on=None, review_due_on=clock.today()
    )
    return signoff._signature(by, said, clock.now())


def _write_edition(one, signed, words, sheet, rules_sha256):
    if not one.page:
        asked = {"condition": one.condition, "question": one.question}
        one.page = sheet.row(Page, **asked)
    record = content.canonical(_record(one, signed, rules_sha256))
    edition = sheet.row(
        Edition,
        page=one.page,
        number=signed.edition_number,
        content=words,
        content_sha256=signed.content_sha256,
        record=record,
        record_sha256=content.sha256(record),
    )
    one.editions.append(edition)
    told = {
        "address": one.page.address,
        "edition": edition.number,
        "content_sha256": edition.content_sha256,
        "record_sha256": edition.record_sha256,
    }
    entry = sheet.enter("edition", one.reviewer, one.row, edition, **told)
    sheet.row(
        Proof,
        edition=edition,
        entry=entry.entry,
        number=entry.number,
        size=sheet.tree.size,
        path=" ".join(sheet.tree.inclusion(entry.number)),
        root=sheet.tree.root(),
    )


def _record(one, signed, rules_sha256):
    signature = content.parse(signed.signature)
    return {
        "schema": content.RECORD_SCHEMA,
        "address": one.page.address,
        "edition": signed.edition_number,
        "content_sha256": signed.content_sha256,
        "signatures": [signature],
        "change_type": signed.change_type,
        "note": signed.note,
        "evidence_searched_on": content.iso(one.row.evidence_searched_on),
        "signed_on": signature["at"][:10],
        "review_due_on": content.iso(signed.review_due_on),
        "reasons": [],
        "rules_sha256": rules_sha256,
    }

"""Sign-off: a medical reviewer's electronic signature on one exact text.

The only writer of SignOff, RefusedSigning and Edition, and so of every date that
readers see. Modelled on 21 CFR 11.50 (name, time, meaning), 11.70 (bound to its text),
11.200 (two components, entered anew at each signing) and 11.300 (misuse recorded).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from conditions import content
from conditions.models import (
    Condition,
    Edition,
    Page,
    PublicationKind,
    Question,
    Source,
)
from editorial import clock, identity, locks, log, publishing, reading, roles, rules
from editorial.dossier import Dossier
from editorial.identity import Claim
from editorial.manuscript import Manuscript
from editorial.models import (
    ChangeType,
    RefusedSigning,
    ReviewerAccount,
    SigningAttempt,
    SignOff,
    Summary,
    User,
)
from editorial.reasons import for_record, take
from editorial.rules import MoveRefused
from editorial.statement import Statement, said
from editorial.workflow import lock, write

logger = logging.getLogger(__name__)

MEANING = "Review and approval of the whole page"
ATTESTATION = (
    "I have read the whole page and its sources, and it is correct to the best of my "
    "knowledge."
)


class TextMoved(MoveRefused):
    """The text on the screen is not the text that would be signed."""


def sign_off(
    summary: Summary,
    *,
    by: User,
    claim: Claim,
    content_sha256: str,
    statement: Statement,
) -> SignOff:
    """Sign the text whose hash the reviewer's screen showed.

    The last signature required writes the edition, and publishes it where nothing says
    to wait. Raises PermissionDenied, MoveRefused or TextMoved; each is recorded.
    """
    try:
        _check_identity(by, claim)
        with _guards_heard(), transaction.atomic():
            known = Dossier(_held(summary))
            roles.require(by, "sign_off")
            if why := rules.why_not("sign_off", known.summary, by, known):
                raise MoveRefused(why)
            return _sign(known, by, content_sha256, statement)
    except (MoveRefused, PermissionDenied) as refusal:
        _record_refusal(summary, by, refusal)
        raise


def _record_refusal(summary: Summary, by: User, refusal: Exception) -> None:
    """In a transaction of its own: the act's own has left nothing behind."""
    with transaction.atomic():
        row = RefusedSigning.objects.create(
            summary=summary,
            by=by,
            at=clock.now(),
            reason=str(refusal),
            wrong_password=isinstance(refusal, NotIdentified),
        )
        log.enter("signing_refused", by=by, about=summary, row=row)


class NotIdentified(MoveRefused):
    """What was given with the sign-off does not show that it is the signer."""


@contextmanager
def _guards_heard() -> Iterator[None]:
    """Say in words that the database refused, as it does where two clocks differ."""
    try:
        yield
    except IntegrityError as error:
        logger.error("the database refused a signature: %s", error)
        raise MoveRefused(
            "The database refused this signature, as it does when a clock is wrong. "
            "Nothing was signed: tell the operator, whose log says why."
        ) from error


def _check_identity(by: User, claim: Claim) -> None:
    """Outside any transaction: hashing takes a quarter of a second."""
    attempt = _attempt(by)
    if why := identity.why_not(by, claim):
        raise NotIdentified(why)
    attempt.delete()


def _attempt(by: User) -> SigningAttempt:
    """Count this guess before it is checked, so that a burst of them locks too."""
    with transaction.atomic():
        locks.held_one(User, by.pk)
        if why := rules.locked_until(by):
            raise MoveRefused(why)
        return SigningAttempt.objects.create(by=by, at=clock.now())


def _held(summary: Summary) -> Summary:
    """Return the locked row, with the catalogue's words that it freezes locked too."""
    locks.held_one(Condition, summary.condition_id)
    locks.held_one(Question, summary.question_id)
    row = lock(summary)
    locks.held(Source.objects.filter(key__in=Manuscript(row).keys))
    return row


def _sign(
    known: Dossier, by: User, content_sha256: str, statement: Statement
) -> SignOff:
    row, last, moment = known.summary, known.newest, clock.now()
    shown = (content_sha256, statement.evidence_searched_on)
    if shown != (known.manuscript.sha256, row.evidence_searched_on):
        raise TextMoved(
            "The text has changed since you opened it. Nothing was signed: "
            "read what changed, then sign."
        )
    # After it: of a text that moved nobody has ticked what moved.
    if why := reading.why_unread(known, by):
        raise MoveRefused(why)
    take(known, statement.reasons, by=by)
    row._tree = tree = log.held()
    signature = SignOff.objects.create(
        summary=row,
        edition_number=last.number + 1 if last else 1,
        revision_read=row.history.get(revision=row.revision),
        signer=by,
        content_sha256=content_sha256,
        signature=content.canonical(_signature(by, statement, moment)),
        signed_at=moment,
        root=tree.root(),
        **said(row, last, content_sha256, statement),
    )
    hashed = {"content_sha256": content_sha256}
    log.enter("signed", by=by, about=row, row=signature, tree=tree, **hashed)
    known = known.anew()
    given = known.signatures  # this one is among them now
    if len(given) >= row.question.signatures_required:
        for earlier in given[:-1]:
            if why := rules.no_longer_counts(earlier, row):
                raise MoveRefused(why)
        _complete(known, given)
    return signature


def _signature(by: User, statement: Statement, moment: datetime) -> dict[str, Any]:
    reviewer = ReviewerAccount.objects.select_related("reviewer").get(user=by).reviewer
    return {
        "reviewer": reviewer.slug,
        "name": reviewer.printed_name,
        "post_nominals": reviewer.post_nominals,
        "profession": reviewer.profession,
        "affiliation": reviewer.affiliation,
        "registration_body": reviewer.registration_body,
        "registration_number": reviewer.registration_number,
        "orcid": reviewer.orcid,
        "meaning": MEANING,
        "attestation": ATTESTATION,
        "interests": statement.interests.strip(),
        "at": clock.local(moment).isoformat(timespec="seconds"),
        "zone": timezone.get_current_timezone_name(),
    }


def _complete(known: Dossier, given: list[SignOff]) -> None:
    """Write the edition; publish it where nothing says to wait."""
    row = known.summary
    page = known.page or Page.objects.create(
        condition=row.condition, question=row.question, language=row.language
    )
    edition = _edition(page, known, given)
    publishing.drop_plans(page)
    withdrawn = known.is_withdrawn
    later = row.publish_not_before
    if later and later > clock.now() and not withdrawn:
        editor = row.history.filter(move="schedule").first().history_user
        publishing.plan(edition, later, editor)
    elif settings.PUBLISH_ON_SIGN_OFF and not withdrawn:
        signer = given[-1].signer
        publishing.make_live(known.anew(), PublicationKind.PUBLISHED, by=signer)
    write(row, "sign_off", by=given[-1].signer, reason=given[-1].note)


def _edition(page: Page, known: Dossier, given: list[SignOff]) -> Edition:
    row, manuscript, last = known.summary, known.manuscript, given[-1]
    record = content.canonical(
        {
            "schema": content.RECORD_SCHEMA,
            "address": page.address,
            "edition": last.edition_number,
            "content_sha256": manuscript.sha256,
            "signatures": [content.parse(one.signature) for one in given],
            "change_type": min(given, key=_weight).change_type,
            "note": " ".join(dict.fromkeys(one.note for one in given)),
            "evidence_searched_on": content.iso(row.evidence_searched_on),
            "signed_on": clock.local(last.signed_at).date().isoformat(),
            "review_due_on": content.iso(min(one.review_due_on for one in given)),
            **for_record(known),
        }
    )
    edition = Edition.objects.create(
        page=page,
        number=last.edition_number,
        content=manuscript.canonical,
        content_sha256=manuscript.sha256,
        record=record,
        record_sha256=content.sha256(record),
    )
    log.enter_edition(edition, row._tree, by=last.signer, about=row)
    return edition


def _weight(signature: SignOff) -> int:
    """Of two reviewers' words for a change, readers are told the graver."""
    graver = (ChangeType.CORRECTION, ChangeType.NEW_EVIDENCE)
    kind = ChangeType(signature.change_type)
    return graver.index(kind) if kind in graver else len(graver)

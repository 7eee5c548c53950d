"""Sign-off: a medical reviewer's electronic signature on one exact text.

The only writer of SignOff, RefusedSigning and Edition, and so of every date that
readers see. Modelled on 21 CFR 11.50 (name, time, meaning), 11.70 (bound to its text),
11.200 (the password entered anew at each signing) and 11.300 (misuse recorded).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from conditions import content
from conditions.models import Edition, Page, PublicationKind
from editorial import clock, publishing, roles, rules
from editorial.manuscript import Manuscript, page_of
from editorial.models import (
    ChangeType,
    RefusedSigning,
    ReviewerAccount,
    SignOff,
    Summary,
    User,
)
from editorial.rules import MoveRefused
from editorial.workflow import lock, write

MEANING = "Review and approval of the whole page"
ATTESTATION = (
    "I have read the whole page and its sources, and it is correct to the best of my "
    "knowledge."
)
SAID_BY_REVIEWERS = (
    ChangeType.NEW_EVIDENCE,
    ChangeType.CORRECTION,
    ChangeType.WORDING,
)


class TextMoved(MoveRefused):
    """The text on the screen is not the text that would be signed."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a reviewer says with the signature. `interests` is "" for none."""

    interests: str
    review_due_on: date
    change_type: str = ""
    note: str = ""


def sign_off(
    summary: Summary,
    *,
    by: User,
    password: str,
    content_sha256: str,
    statement: Statement,
) -> SignOff:
    """Sign the text whose hash the reviewer's screen showed.

    The last signature required writes the edition, and publishes it where nothing says
    to wait. Raises PermissionDenied, MoveRefused or TextMoved; each is recorded.
    """
    try:
        _check_password(by, password)
        with transaction.atomic():
            roles.require(by, "sign_off")
            row = lock(summary)
            if why := rules.why_not("sign_off", row, by):
                raise MoveRefused(why)
            return _sign(row, by, content_sha256, statement)
    except (MoveRefused, PermissionDenied) as refusal:
        wrong = isinstance(refusal, WrongPassword)
        RefusedSigning.objects.create(
            summary=summary,
            by=by,
            at=clock.now(),
            reason=str(refusal),
            wrong_password=wrong,
        )
        raise


class WrongPassword(MoveRefused):
    """The password typed into the sign-off form is not the signer's."""


def _check_password(by: User, password: str) -> None:
    """Outside any transaction: hashing takes a quarter of a second."""
    if why := rules.locked_until(by):
        raise MoveRefused(why)
    if not User.objects.get(pk=by.pk).check_password(password):
        raise WrongPassword(
            "That is not your password. Nothing was signed; type it again."
        )


def _sign(row: Summary, by: User, content_sha256: str, statement: Statement) -> SignOff:
    manuscript = Manuscript(row)
    if manuscript.sha256 != content_sha256:
        raise TextMoved(
            "The text has changed since you opened it. Nothing was signed: "
            "read what changed, then sign."
        )
    last = rules.newest_edition(row)
    signature = SignOff.objects.create(
        summary=row,
        edition_number=last.number + 1 if last else 1,
        revision_read=row.history.get(revision=row.revision),
        signer=by,
        content_sha256=content_sha256,
        signature=content.canonical(_signature(by, statement)),
        signed_at=clock.now(),
        **_said(row, last, content_sha256, statement),
    )
    given = _given(signature)
    if len(given) >= row.question.signatures_required:
        _complete(row, manuscript, given)
    return signature


def _given(signature: SignOff) -> list[SignOff]:
    """Return every signature on this exact text, in the order they were given."""
    return list(
        SignOff.objects.filter(
            summary=signature.summary,
            edition_number=signature.edition_number,
            content_sha256=signature.content_sha256,
        ).order_by("pk")
    )


def _signature(by: User, statement: Statement) -> dict[str, Any]:
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
        "at": clock.local(clock.now()).isoformat(timespec="seconds"),
        "zone": timezone.get_current_timezone_name(),
    }


def _said(
    row: Summary, last: Edition | None, content_sha256: str, statement: Statement
) -> dict[str, Any]:
    """Return change type, note and next review as they will be recorded, or refuse."""
    kind, note = change_type(last, content_sha256), statement.note.strip()
    if not kind and statement.change_type not in SAID_BY_REVIEWERS:
        raise MoveRefused(
            "Say what kind of change it is: new evidence, correction or wording."
        )
    if not kind and not 10 <= len(note) <= 300:
        raise MoveRefused("Say in 10 to 300 characters what changed, for readers.")
    if len(note) > 300:
        raise MoveRefused(
            "The note to readers has more than 300 characters: shorten it."
        )
    first, latest = clock.today(), latest_review_due(row)
    if not first < statement.review_due_on <= latest:
        raise MoveRefused(
            f"The next review is due after today and by {latest.isoformat()}: "
            f"{row.question.review_interval_months} months at most."
        )
    said = kind or ChangeType(statement.change_type)
    return {
        "change_type": said,
        "note": note or f"{said.label}.",
        "review_due_on": statement.review_due_on,
    }


def change_type(last: Edition | None, content_sha256: str) -> ChangeType | None:
    """Return the change type where it can be computed; None: the reviewer says it."""
    if last is None:
        return ChangeType.FIRST_EDITION
    if last.content_sha256 == content_sha256:
        return ChangeType.NO_CHANGE
    return None


def latest_review_due(summary: Summary) -> date:
    """Return the last day that the question's interval allows, counted from today."""
    today, months = clock.today(), summary.question.review_interval_months
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    for day in (today.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _complete(row: Summary, manuscript: Manuscript, given: list[SignOff]) -> None:
    """Write the edition; publish it where nothing says to wait."""
    page = page_of(row) or Page.objects.create(
        condition=row.condition, question=row.question, language=row.language
    )
    edition = _edition(page, row, manuscript, given)
    publishing.drop_plans(page)
    if row.publish_not_before and row.publish_not_before > clock.now():
        editor = row.history.filter(move="schedule").first().history_user
        publishing.plan(edition, row.publish_not_before, editor)
    elif settings.PUBLISH_ON_SIGN_OFF and not rules.is_withdrawn(page):
        publishing.make_live(row, PublicationKind.PUBLISHED)
    write(row, "sign_off", by=given[-1].signer, reason=given[-1].note)


def _edition(
    page: Page, row: Summary, manuscript: Manuscript, given: list[SignOff]
) -> Edition:
    last = given[-1]
    record = content.canonical(
        {
            "schema": content.SCHEMA,
            "address": page.address,
            "edition": last.edition_number,
            "content_sha256": manuscript.sha256,
            "signatures": [content.parse(one.signature) for one in given],
            "change_type": last.change_type,
            "note": last.note,
            "evidence_searched_on": content.iso(row.evidence_searched_on),
            "signed_on": clock.today().isoformat(),
            "review_due_on": content.iso(last.review_due_on),
        }
    )
    return Edition.objects.create(
        page=page,
        number=last.edition_number,
        content=manuscript.canonical,
        content_sha256=manuscript.sha256,
        record=record,
        record_sha256=content.sha256(record),
    )

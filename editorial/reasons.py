"""Reasons written against what preflight holds back, by whoever submits or signs.

The only writer of WrittenReason. A reason stands, for later submissions too, while the
same check finds the same words in the same passage, wherever that moves to.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from editorial import clock, limits, log, preflight
from editorial.checks import ruleset
from editorial.checks.finding import Finding
from editorial.demands import fit
from editorial.dossier import Dossier
from editorial.models import User, WrittenReason
from editorial.rules import MoveRefused


def take(known: Dossier, given: Mapping[str, str], *, by: User) -> None:
    """Write down the reasons for a text whose row is held; refuse where one is missing.

    `given` is by the key of each finding. What was written before stands unless other
    words are given; words for what is no longer found are nobody's reason.
    """
    missing = []
    for finding in preflight.needing(known.findings):
        words, stands = (
            given.get(finding.key, "").strip(),
            known.reasons.get(finding.key),
        )
        if not (words or stands):
            missing.append(finding.said)
        elif words and not (stands and stands.reason == words):
            fit("reason", words, limits.WRITTEN_REASON)
            _write(known, finding, words, by=by)
    if missing:
        raise MoveRefused(
            f"Preflight needs a reason from you, or other words. {' '.join(missing)}"
        )


def _write(known: Dossier, finding: Finding, words: str, *, by: User) -> None:
    row = WrittenReason.objects.create(
        summary=known.summary,
        revision=known.summary.revision,
        code=finding.code,
        field=finding.place.field,
        words=finding.words,
        passage=finding.passage,
        message=finding.message,
        reason=words,
        by=by,
        at=clock.now(),
    )
    log.enter("reason", by=by, about=known.summary, row=row, code=finding.code)


def for_record(known: Dossier) -> dict[str, Any]:
    """Return what an edition's record says of preflight.

    The reasons that stand, in reading order, and the hash of the rules that asked for
    them: nobody loosens the rules without a trace in what is signed from then on.
    """
    reasons = [
        {
            "code": row.code,
            "field": row.field,
            "words": row.words,
            "message": row.message,
            "reason": row.reason,
            "by": row.by.printed_name,
        }
        for row in known.reasons.values()
    ]
    return {
        "reasons": reasons,
        "rules_sha256": ruleset.sha256(settings.PREFLIGHT_RULES),
    }

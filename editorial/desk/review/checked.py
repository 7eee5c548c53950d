"""What preflight finds in a text, as the desk shows it: each with its reason, if any.

Reads only.
"""

from dataclasses import dataclass, replace

from django.conf import settings

from conditions import content
from editorial import preflight
from editorial.checks import ruleset
from editorial.checks.finding import Finding, Severity
from editorial.models import WrittenReason


@dataclass(frozen=True)
class Shown:
    """A finding, and the reason that stands for it; `placed` beside its passage."""

    finding: Finding
    reason: WrittenReason | None
    placed: bool = False


def of(known, placed=frozenset()):
    """Return what a reviewer sees before they sign: what counts, then the warnings.

    `placed` are the keys of the findings whose reasons stand beside a passage too.
    None while no check can read the text.
    """
    if known.unreadable:
        return None
    every = list(_led(paired(known.findings, known.reasons), set(placed)))
    adjusted = settings.PREFLIGHT_RULES
    return {
        "told": _told(known),
        "grave": [one for one in every if one.finding.severity != Severity.WARNS],
        "warnings": [one for one in every if one.finding.severity == Severity.WARNS],
        "rules": content.fingerprint(ruleset.sha256(adjusted)),
        "milder": ruleset.milder(adjusted),
    }


def _led(every, placed):
    """Yield each, the first of a key with the way to its passage."""
    for one in every:
        yield replace(one, placed=one.finding.key in placed)
        placed.discard(one.finding.key)


def _told(known):
    """Return what is found, apart from what a reason stands for."""
    given = len(known.reasons)
    left = [one for one in known.findings if one.key not in known.reasons]
    said = [] if given and not left else [preflight.told(left)]
    if given:
        said.append(f"{given} {'reason is' if given == 1 else 'reasons are'} written.")
    return " ".join(said)


def paired(findings, reasons):
    """Return each finding with its reason, given reasons by the keys of findings."""
    return [Shown(one, reasons.get(one.key)) for one in findings]

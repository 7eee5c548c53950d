"""Builds texts for the checks: good ones, but for what a test says."""

from datetime import date

from editorial import preflight
from editorial.checks.ruleset import rules
from editorial.checks.text import Known, Subject, Text

TODAY = date(2026, 11, 21)
FOP = Subject(
    "fibrodysplasia ossificans progressiva",
    "FOP",
    ("myositis ossificans progressiva",),
    ("ACVR1",),
)
PAPER = Known("pmid:16642017", "A change in one gene", 2024)
SHORT = (
    "Fibrodysplasia ossificans progressiva (FOP) is rare. With it, soft parts of the "
    "body turn to bone. People with FOP can ask their team about it when they want to."
)
BODY = "FOP can make it hard to move."


def text(**given):
    """Return a text in which the checks find nothing but what `given` brings in."""
    plain = {
        "question": "What is fibrodysplasia ossificans progressiva?",
        "subject": FOP,
        "short_answer": SHORT,
        "body": BODY,
        "today": TODAY,
        "fewest_sources": 0,
    }
    return Text(**{**plain, **given})


def findings(code, **given):
    """Return what one check finds in a text."""
    return [f for f in preflight.look(text(**given), rules()) if f.code == code]


def found(code, **given):
    """Return the words that one check marks."""
    return [finding.words for finding in findings(code, **given)]


def severities(code, **given):
    """Return how grave each finding of one check is."""
    return [finding.severity for finding in findings(code, **given)]

"""Preflight's checks of a medical text: each a small function with a code."""

from editorial.checks import ageing as ageing
from editorial.checks import approvals as approvals
from editorial.checks import evidence as evidence
from editorial.checks import identified as identified
from editorial.checks import language as language
from editorial.checks import leftovers as leftovers
from editorial.checks import sources as sources
from editorial.checks import structure as structure
from editorial.checks.registry import CHECKS as CHECKS

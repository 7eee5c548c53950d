"""The library's tables: the catalogue, and the signed editions that readers see."""

from conditions.models.allowance import Allowance
from conditions.models.catalogue import Condition, Question, Reviewer
from conditions.models.editions import (
    LANGUAGE,
    Edition,
    Page,
    Proof,
    Publication,
    PublicationKind,
)
from conditions.models.printed import Printed
from conditions.models.reports import Report
from conditions.models.search import Indexed, NameWord, Trigram
from conditions.models.sources import SOURCE_SCHEMES, Source, SourceKind

__all__ = (
    "LANGUAGE",
    "SOURCE_SCHEMES",
    "Allowance",
    "Condition",
    "Edition",
    "Indexed",
    "NameWord",
    "Page",
    "Printed",
    "Proof",
    "Publication",
    "PublicationKind",
    "Question",
    "Report",
    "Reviewer",
    "Source",
    "SourceKind",
    "Trigram",
)

"""The library's tables: the catalogue, and the signed editions that readers see."""

from conditions.models.catalogue import (
    SOURCE_SCHEMES,
    Condition,
    Question,
    Reviewer,
    Source,
    SourceKind,
)
from conditions.models.editions import (
    LANGUAGE,
    Edition,
    Page,
    Publication,
    PublicationKind,
)

__all__ = (
    "LANGUAGE",
    "SOURCE_SCHEMES",
    "Condition",
    "Edition",
    "Page",
    "Publication",
    "PublicationKind",
    "Question",
    "Reviewer",
    "Source",
    "SourceKind",
)

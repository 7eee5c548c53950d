"""The shapes of what is signed: an edition's content and record, as they are stored.

Told to readers, and asked of nothing: signed words pass through no model on their way
out, which could alter them.
"""

from typing import Literal

from ninja import Schema
from pydantic import Field

SHA256 = Field(pattern="^[0-9a-f]{64}$", description="64 hexadecimal digits")
DAY = Field(
    pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$",
    description="A day as 2026-05-08, or empty where there is none",
)
MARKDOWN = Field(description="The Markdown subset that README.md describes")


class Identifier(Schema):
    scheme: str = Field(description="orpha, omim, mondo, …")
    value: str


class ConditionWords(Schema):
    slug: str
    name: str = Field(description="As written in the middle of a sentence")
    abbreviation: str
    synonyms: list[str]
    genes: list[str]
    identifiers: list[Identifier]


class QuestionWords(Schema):
    slug: str
    text: str


class Community(Schema):
    name: str
    members: int | None
    as_of: str = DAY
    url: str


class TakePart(Schema):
    trial_search: str = Field(description="The name to search a trial registry for")
    community: Community | None


class SourceWords(Schema):
    key: str = Field(description="By which the body cites it: [@key]")
    kind: str
    title: str
    authors: str
    container: str
    year: int | None
    pmid: str
    pmcid: str
    doi: str
    nct: str
    url: str
    accessed_on: str = DAY
    retracted_on: str = DAY


class Drafting(Schema):
    how: str = Field(description="person, machine_assisted or machine_drafted")
    note: str


class Content(Schema):
    """All that is read of an edition."""

    schema_: Literal[1] = Field(alias="schema")
    language: str
    condition: ConditionWords
    question: QuestionWords
    short_answer: str = MARKDOWN
    body: str = MARKDOWN
    take_part: TakePart
    sources: list[SourceWords] = Field(description="In the order of their numbers")
    authors: list[str] = Field(description="In the order in which they wrote")
    drafting: Drafting
    disclaimer: str


class Signature(Schema):
    reviewer: str = Field(description="Of the profile at /reviewers/…/")
    name: str
    post_nominals: str
    profession: str
    affiliation: str
    registration_body: str
    registration_number: str
    orcid: str
    meaning: str
    attestation: str
    interests: str = Field(description="Empty where none were declared")
    at: str = Field(description="When it was signed, with the offset from UTC")
    zone: str


class Reason(Schema):
    """Why words stand that a check of ours had doubts about."""

    code: str
    field: str
    words: str
    message: str
    reason: str
    by: str


class Record(Schema):
    """The public signature. Of schema 1 it has no reasons and no rules_sha256."""

    schema_: Literal[1, 2] = Field(alias="schema")
    address: str
    edition: int
    content_sha256: str = SHA256
    signatures: list[Signature]
    change_type: str = Field(
        description="first_edition, no_change, new_evidence, correction or wording"
    )
    note: str = Field(description="What changed, for readers")
    evidence_searched_on: str = DAY
    signed_on: str = DAY
    review_due_on: str = DAY
    reasons: list[Reason] = []
    rules_sha256: str = ""

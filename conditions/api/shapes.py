"""The shapes of what machines read of pages, conditions and acts of publication."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from conditions.api import cursors
from conditions.api.signed_shapes import SHA256, Content, Identifier, Record

PAGE_ID = Field(
    description="For ever the same: the slugs of condition and question",
    examples=["progressive-osseous-heteroplasia/research"],
)
NEXT = Field(description="The address of the next part of the list; null at its end")
URL = Field(description="Where people read it")
API_URL = Field(description="Where machines read it")


class Start(Schema):
    """Where to begin."""

    name: str
    docs: str
    openapi: str
    conditions: str
    pages: str
    changes: str
    search: str


class ConditionEntry(Schema):
    """A condition that has a live page; its words are those signed last."""

    slug: str
    url: str = URL
    api_url: str = API_URL
    name: str
    abbreviation: str
    synonyms: list[str]
    genes: list[str]
    identifiers: list[Identifier]
    last_updated: date = Field(description="When the newest of its pages was signed")


class Byline(Schema):
    reviewer: str
    name: str
    post_nominals: str


class PageEntry(Schema):
    """A live page, without its text."""

    id: str = PAGE_ID
    url: str = URL
    api_url: str = API_URL
    question: str
    condition: str = Field(description="The slug of its condition")
    edition: int = Field(ge=1, description="The number of its live edition")
    last_updated: date = Field(description="The day of the signature")
    next_review_due: date
    overdue: bool
    signed_by: list[Byline]
    content_sha256: str = SHA256
    record_sha256: str = SHA256


class ConditionDetail(ConditionEntry):
    """A condition with its live pages, in the order of their questions."""

    pages: list[PageEntry]


class EditionDetail(Schema):
    """One signed text of a page, and its signature, for ever the same."""

    page: str = PAGE_ID
    edition: int = Field(ge=1)
    live: bool
    url: str = URL
    api_url: str = API_URL
    content: Content
    record: Record
    content_sha256: str = SHA256
    record_sha256: str = SHA256


class PageDetail(PageEntry):
    """A live page with its text as it was signed."""

    state: Literal["live"]
    first_published_on: date
    retracted_since_review: dict[str, date] = Field(
        description="By key, the cited sources that were retracted since, and when"
    )
    content: Content
    record: Record


class ListedEdition(Schema):
    """An edition in the list of a page; what cannot be verified is null."""

    edition: int = Field(ge=1)
    permalink: str
    signed_on: date | None
    change_type: str | None
    note: str | None
    record_sha256: str | None
    verified: bool


class Editions(Schema):
    """Every edition of a page that was ever public, the newest first."""

    page: str = PAGE_ID
    live: int = Field(ge=1, description="The number of the live edition")
    items: list[ListedEdition]


class LogPlace(Schema):
    """An edition's entry in the log of every act, its path to the root: RFC 6962."""

    entry: str
    number: int
    size: int
    path: list[str]
    root: str = SHA256


class Proof(Schema):
    """What an outsider needs to check an edition; `verify.py` reads it."""

    schema_: Literal[1] = Field(alias="schema")
    address: str
    edition: int = Field(ge=1)
    content_sha256: str = SHA256
    record_sha256: str = SHA256
    content_text: str = Field(description="The bytes whose SHA-256 is content_sha256")
    record_text: str = Field(description="The bytes whose SHA-256 is record_sha256")
    log: LogPlace


class Review(Proof):
    """The review record of a page: who signed what, and how anybody can check it."""

    url: str = URL
    state: Literal["live"]
    question: str
    condition: str
    permalink: str
    first_published_on: date
    last_updated: date
    next_review_due: date
    overdue: bool
    overdue_since: date | None
    retracted_since_review: dict[str, date]
    fingerprint: str = Field(description="The first 12 digits of record_sha256")
    content: Content
    record: Record
    how_to_check: str
    editions: list[ListedEdition]


class Act(Schema):
    """An act of publication. It says what to fetch or to take away, and no text."""

    kind: Literal["published", "withdrawn", "reinstated"]
    page: str = PAGE_ID
    number: int = Field(ge=1, description="Acts of a page are numbered from 1")
    at: datetime
    edition: int = Field(
        ge=1, description="What was published or put back, or withdrawn"
    )
    note: str = Field(description="To readers; of a withdrawal, why")
    url: str = URL
    api_url: str = Field(description="Where the page is now: 410 while it is withdrawn")


class Conditions(Schema):
    items: list[ConditionEntry]
    next: str | None = NEXT


class Pages(Schema):
    items: list[PageEntry]
    next: str | None = NEXT


class Changes(Schema):
    """Acts of publication in the order in which they were made."""

    items: list[Act]
    cursor: str = Field(
        pattern=cursors.PATTERN, description="Keep it, and give it as `after` next time"
    )
    more: bool = Field(description="There is more to read now")


class Hits(Schema):
    """What live editions have for the words in `q`."""

    conditions: list[ConditionEntry] = Field(description="With the first page alone")
    items: list[PageEntry] = Field(description="Answers with all of the words")
    some: list[PageEntry] = Field(description="Answers with some of them")
    total: int = Field(ge=0, description="Of `items`; no more than 1000 are counted")
    page: int = Field(ge=1, description="The nearest that there is")
    pages: int = Field(ge=1)
    did_you_mean: str = Field(description="Better words, where nothing was found")


class Fault(Schema):
    parameter: str
    detail: str


class Problem(Schema):
    """A refusal, as RFC 9457 has it."""

    type: str = Field(description="Leads to what it means")
    title: str
    status: int
    detail: str = Field(description="What to do, in a sentence")
    errors: list[Fault] = Field([], description="With 422")
    note: str = Field("", description="With 410: why it was withdrawn, to readers")
    withdrawn_on: str = Field("", description="With 410", pattern=r"^[0-9-]{10}$")

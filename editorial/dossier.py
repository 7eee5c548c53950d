"""All that the rules look at for one summary, each fact read once, when first asked.

Reads only. A screen opens one for one answer, a verb opens its own under the row's
lock; nobody keeps one, since it does not notice what happens after it was read. A verb
that wrote opens it anew.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Self

from django.db.models import QuerySet

from conditions.models import Edition, Page, Publication, PublicationKind
from conditions.often import Given, Often
from editorial import preflight, roles, threads
from editorial.checks.finding import Finding, key
from editorial.manuscript import Manuscript, editions_of, newest_edition, page_of
from editorial.models import ReviewerAccount, SignOff, Summary, User, WrittenReason
from editorial.states import INTO_REVIEW, Role


class Dossier:
    """One summary as it was read, with its text, its page, its editions, its people."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        self._roles: dict[int, frozenset[Role]] = {}
        self._accounts: dict[int, ReviewerAccount | None] = {}

    def anew(self) -> Self:
        """Return one that asks again for all but the text and what is found in it."""
        known = type(self)(self.summary)
        known.manuscript, known.findings = self.manuscript, self.findings
        return known

    @cached_property
    def manuscript(self) -> Manuscript:
        """The text that a signature would cover."""
        return Manuscript(self.summary)

    @cached_property
    def unreadable(self) -> list[str]:
        """Why no check can read the text, one sentence each."""
        return preflight.unreadable(self.summary.short_answer, self.summary.body)

    @cached_property
    def findings(self) -> list[Finding]:
        """What preflight finds now; nothing in a text that no check can read."""
        if self.unreadable:
            return []
        return preflight.look(preflight.of(self.manuscript))

    @cached_property
    def reasons(self) -> dict[str, WrittenReason]:
        """The newest reason for each finding that needs one, by the finding's key."""
        return standing(self.summary, self.findings)

    @property
    def unreasoned(self) -> list[Finding]:
        """The findings that need a reason and have none."""
        needing = preflight.needing(self.findings)
        return [one for one in needing if one.key not in self.reasons]

    @cached_property
    def page(self) -> Page | None:
        """The public address; None before the first edition."""
        return page_of(self.summary)

    @property
    def address(self) -> str:
        """Where readers find the page, or will find it."""
        summary = self.summary
        return Page(condition=summary.condition, question=summary.question).address

    @property
    def editions(self) -> Iterator[Edition]:
        """The signed editions, the newest first; older ones are read if asked for."""
        if self.newest:
            yield self.newest
            yield from self._older

    @cached_property
    def newest(self) -> Edition | None:
        """The newest signed edition, live or not."""
        return newest_edition(self.summary)

    @cached_property
    def _older(self) -> list[Edition]:
        return list(editions_of(self.summary)[1:])

    @property
    def live(self) -> Edition | None:
        """The edition that readers see now; none of another page."""
        page = self.page
        live = page.live_edition if page else None
        return live if page and live and live.page_id == page.pk else None

    @property
    def base(self) -> Edition | None:
        """What a text is compared with: the live edition, else the newest one."""
        return self.live or self.newest

    @cached_property
    def last_act(self) -> Publication | None:
        """The newest act of publication of the page."""
        return last_publication(self.page) if self.page else None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the newest act took the page away from readers."""
        return bool(self.last_act and self.last_act.kind == PublicationKind.WITHDRAWN)

    @cached_property
    def submitted(self) -> Any:
        """The newest revision that sent the text to review, with its author."""
        return _submitted.first(summary=self.summary.pk)

    @cached_property
    def signatures(self) -> list[SignOff]:
        """The signatures on this exact text, given in this round of review.

        A text that left review is signed anew by everybody: its first reader may have
        been asked back, or written in it, since.
        """
        return _signatures(
            summary=self.summary.pk,
            edition=self.newest.number + 1 if self.newest else 1,
            content_sha256=self.manuscript.sha256,
            since=self.submitted.revision if self.submitted else 1,
        )

    @cached_property
    def threads(self) -> list[threads.Thread]:
        """What colleagues said of the text, each with what was done with it."""
        return threads.of(self.summary)

    def roles_of(self, user: User) -> frozenset[Role]:
        """Return the roles of somebody who asks about this summary."""
        if user.pk not in self._roles:
            self._roles[user.pk] = roles.roles_of(user)
        return self._roles[user.pk]

    def account_of(self, user: User) -> ReviewerAccount | None:
        """Return who somebody signs as, and whether that was verified."""
        if user.pk not in self._accounts:
            self._accounts[user.pk] = _account.first(user=user.pk)
        return self._accounts[user.pk]


@Often
def _submitted() -> QuerySet[Any]:
    rows = Summary.history.filter(id=Given("summary"), move__in=INTO_REVIEW)
    return rows.select_related("history_user")[:1]


@Often
def _signatures() -> QuerySet[SignOff]:
    of_the_text = {"summary": Given("summary"), "edition_number": Given("edition")}
    given = SignOff.objects.filter(
        content_sha256=Given("content_sha256"),
        revision_read__revision__gte=Given("since"),
        **of_the_text,
    )
    return given.select_related("signer").order_by("pk")


@Often
def _account() -> QuerySet[ReviewerAccount]:
    rows = ReviewerAccount.objects.filter(user=Given("user")).order_by("pk")
    return rows.select_related("reviewer")[:1]


def standing(summary: Summary, findings: list[Finding]) -> dict[str, WrittenReason]:
    """Return the newest reason for each finding that needs one, by the key of each."""
    if not (needing := preflight.needing(findings)):
        return {}
    rows = summary.written_reasons.select_related("by").order_by("pk")
    newest = {key(row.code, row.words, row.passage): row for row in rows}
    return {one.key: newest[one.key] for one in needing if one.key in newest}


def last_publication(page: Page) -> Publication | None:
    """Return the newest act of publication of a page."""
    return _last_publication.first(page=page.pk)


@Often
def _last_publication() -> QuerySet[Publication]:
    acts = Publication.objects.filter(page=Given("page"))
    return acts.order_by("-number")[:1]

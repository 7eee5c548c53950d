"""What each address below `/api/v1/` answers with, for django-ninja.

Answers leave as they are made: no model comes between signed words and their readers.
What is told of their shapes is for the OpenAPI document, and held to by tests.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI

from conditions import browsing, in_order, proofs, reading, search, structured_data
from conditions.answers import NOT_KEPT
from conditions.api import asked, cursors, refusing, shapes, telling
from conditions.api.problems import problem

PAGE = "/pages/{slug:condition}/{slug:question}"
NO_SUCH_ACT = (
    "This cursor names no act of this site, which may have been restored from an older "
    "copy. Begin anew: ask with `since`, or with neither."
)

api = NinjaAPI(
    title="Pages reviewed by medical reviewers",
    version="1",
    description=(
        "Read-only, open to all, without a key. Everything comes from editions that "
        "a medical reviewer signed, and is checked against their hashes as it is read."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


refusing.teach(api)


def read(path: str, shape: Any) -> Any:
    """Declare an address that is read."""
    return api.api_operation(["GET", "HEAD"], path, response=shape, by_alias=True)


def _json(value: Any) -> JsonResponse:
    """Answer with a value; who searches is led to the pages, and not here."""
    answer = JsonResponse(value, json_dumps_params={"ensure_ascii": False})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@read("/", shapes.Start)
def start(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    names = ("conditions", "pages", "changes", "search")
    known = {name: telling.at(name) for name in names}
    known |= {"docs": telling.at("docs"), "openapi": telling.at("openapi.json")}
    return _json({"name": settings.SITE_NAME, **known})


@read("/conditions", shapes.Conditions)
def conditions(
    request: HttpRequest,
    after: asked.AfterSlug | None = None,
    limit: asked.Limit = 50,
) -> HttpResponse:
    """The conditions that have a live page, by slug."""
    part = in_order.conditions(after or "", limit)
    items = [telling.condition(copy) for copy in part.found]
    return _list("conditions", items, part.last, limit=limit)


@read("/conditions/{slug:condition}", shapes.ConditionDetail)
def condition(request: HttpRequest, condition: asked.Slug) -> HttpResponse:
    """A condition and its live pages."""
    copies = browsing.of_condition(condition)
    pages = [telling.page(copy) for copy in copies]
    return _json({**telling.condition(browsing.newest(copies)), "pages": pages})


@read("/pages", shapes.Pages)
def pages(
    request: HttpRequest,
    condition: asked.OfCondition | None = None,
    after: asked.AfterNumber | None = None,
    limit: asked.Limit = 50,
) -> HttpResponse:
    """The live pages, without their texts, in the order in which they came to be."""
    part = in_order.pages(int(after or 0), limit, condition or "")
    items = [telling.page(copy) for copy in part.found]
    return _list("pages", items, part.last, limit=limit, condition=condition)


@read(PAGE, shapes.PageDetail)
def page(
    request: HttpRequest, condition: asked.Slug, question: asked.Slug
) -> HttpResponse:
    """A live page: its text and its signatures. 410 while it is withdrawn."""
    found = reading.find(condition, question)
    copy = found.live()
    return _json(telling.whole_page(found, copy, reading.retracted_since(copy)))


@read(f"{PAGE}/review", shapes.Review)
def review(
    request: HttpRequest, condition: asked.Slug, question: asked.Slug
) -> HttpResponse:
    """The review record of a live page, as its review.json has it."""
    return _json(structured_data.review_of(reading.find(condition, question)))


@read(f"{PAGE}/editions", shapes.Editions)
def editions(
    request: HttpRequest, condition: asked.Slug, question: asked.Slug
) -> HttpResponse:
    """Every edition of a page that was ever public, the newest first."""
    found = reading.find(condition, question)
    live = found.live()
    items = structured_data.listed(found)
    name = telling.page_id(live.address)
    return _json({"page": name, "live": live.number, "items": items})


@read(f"{PAGE}/editions/{{edition:number}}", shapes.EditionDetail)
def edition(
    request: HttpRequest,
    condition: asked.Slug,
    question: asked.Slug,
    number: asked.Number,
) -> HttpResponse:
    """One edition for ever, while its page is not withdrawn."""
    found = reading.find(condition, question)
    copy = found.edition(number)
    live = number == found.live_edition.number
    return _json(telling.edition(copy, live=live))


@read(f"{PAGE}/editions/{{edition:number}}/proof", shapes.Proof)
def proof(
    request: HttpRequest,
    condition: asked.Slug,
    question: asked.Slug,
    number: asked.Number,
) -> HttpResponse:
    """What an outsider needs to check an edition, as its proof.json has it."""
    found = reading.find(condition, question)
    edition = found.edition(number).edition
    return _json(proofs.compose(found.address, edition, reading.proof_of(edition)))


@read("/changes", shapes.Changes)
def changes(
    request: HttpRequest,
    since: asked.Since | None = None,
    after: asked.AfterAct | None = None,
    limit: asked.Limit = 100,
) -> HttpResponse:
    """What was published, withdrawn and put back, the oldest first: for mirrors.

    Begin with `since`, or with neither for all; keep `cursor`, and ask with it as
    `after` from then on. Nothing is left out between two such questions, and nothing is
    told twice. Each act names a page to fetch or to take away; of many acts on one
    page the last is what counts.
    """
    if after:
        last = in_order.act(cursors.key(after))
        if cursors.of(last) != after:
            return problem(409, NO_SUCH_ACT)
    else:
        last = in_order.last_act_before(asked.moment(since)) if since else None
    part = in_order.acts(last.pk if last else 0, limit)
    told = {
        "items": [telling.act(act) for act in part.found],
        "cursor": cursors.of(part.found[-1] if part.found else last),
        "more": part.last is not None,
    }
    return _json(told)


@read("/search", shapes.Hits)
def search_for(
    request: HttpRequest, q: asked.Words = "", page: asked.OfAnswers = 1
) -> HttpResponse:
    """Conditions by their names, then answers by their words, the best first.

    `some` are answers with some of the words, where few have all of them.
    """
    found = search.find(q, page=page)
    told = {
        "conditions": [telling.condition(one["copy"]) for one in found.conditions],
        "items": [telling.page(one["copy"]) for one in found.answers],
        "some": [telling.page(one["copy"]) for one in found.others],
        "total": found.counted,
        "page": found.number,
        "pages": found.pages,
        "did_you_mean": found.did_you_mean,
    }
    answer = _json(told)
    answer.headers["Cache-Control"] = NOT_KEPT  # of what somebody looks for
    return answer


def _list(path: str, items: list[Any], last: str | None, **asked: Any) -> HttpResponse:
    """Answer with a part of a list, and where the next one is."""
    said = {name: value for name, value in asked.items() if value is not None}
    address = f"{telling.at(path)}?{urlencode({**said, 'after': last})}"
    answer = _json({"items": items, "next": address if last else None})
    if last:
        answer.headers["Link"] = f'<{address}>; rel="next"'
    return answer

"""The public addresses: each view reads, typesets and renders, and checks no state."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from conditions import (
    alphabet,
    browsing,
    figures,
    kinship,
    listing,
    markdown_copy,
    proofs,
    reading,
    reports,
    structured_data,
    typesetting,
)
from conditions.answers import public, public_form
from conditions.reading import Copy, PublicPage

RECENT = 6
CORRECTIONS, SIGNED = 40, 40  # on one page


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this site is, its letters, and the pages signed last."""
    letters = alphabet.by_letter(browsing.newest_of_each_condition())
    context = {
        "canonical": structured_data.site(),
        "letters": letters,
        "conditions": sum(section["conditions"] for section in letters),
        "recent": listing.entries(browsing.recently_signed(RECENT)),
    }
    return render(request, "conditions/home.html", context)


@public
def a_to_z(request: HttpRequest) -> HttpResponse:
    """Every condition with a live page, by letter."""
    sections = alphabet.by_letter(browsing.newest_of_each_condition())
    context = {
        "canonical": structured_data.site(request.path),
        "sections": sections,
        "letters": alphabet.all_letters(sections),
        "conditions": sum(section["conditions"] for section in sections),
    }
    return render(request, "conditions/a_to_z.html", context)


@public
def condition(request: HttpRequest, *, condition: str) -> HttpResponse:
    """Where to begin with a condition; its words are those signed last."""
    copies = browsing.of_condition(condition)
    newest = browsing.newest(copies)
    context = {
        "canonical": structured_data.site(newest.condition_address),
        "condition": typesetting.condition(newest.content["condition"]),
        "last_updated": typesetting.standing(newest.record)["last_updated"],
        "related": listing.related(kinship.related(newest)),
        **listing.hub(copies),
    }
    return render(request, "conditions/condition.html", context)


@public
def page(request: HttpRequest, *, condition: str, question: str) -> HttpResponse:
    """The live edition of a page."""
    found = reading.find(condition, question)
    copy = found.live()
    first = found.first_published_on
    context = {
        **_typeset(found, copy),
        "canonical": structured_data.site(copy.address),
        "json_ld": structured_data.json_ld(copy, first_published_on=first),
    }
    return render(request, "conditions/page.html", context)


@public
def editions(request: HttpRequest, *, condition: str, question: str) -> HttpResponse:
    """Every edition of a page that was ever public, the newest first."""
    found = reading.find(condition, question)
    live = found.live()
    context = {
        "question": live.content["question"]["text"],
        "condition": typesetting.condition(live.content["condition"]),
        "address": live.address,
        "live_number": live.number,
        "changes": typesetting.changes(found.records()),
        "canonical": structured_data.site(f"{live.address}editions/"),
    }
    return render(request, "conditions/editions.html", context)


@public
def edition(
    request: HttpRequest, *, condition: str, question: str, number: int
) -> HttpResponse:
    """One edition for ever: its frozen text, and the signed record in full."""
    found = reading.find(condition, question)
    copy, live_number = found.edition(number), found.live_edition.number
    context = {
        **_typeset(found, copy),
        "canonical": structured_data.site(copy.address),
        "permalink": structured_data.site(f"{copy.address}editions/{number}/"),
        "edition": copy.edition,
        "is_live": number == live_number,
        "live_number": live_number,
    }
    response = render(request, "conditions/edition.html", context)
    if number != live_number:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@public
def review_json(request: HttpRequest, *, condition: str, question: str) -> HttpResponse:
    """The review record of the live edition, for machines."""
    return _json(structured_data.review_of(reading.find(condition, question)))


@public
def proof_json(
    request: HttpRequest, *, condition: str, question: str, number: int
) -> HttpResponse:
    """What an outsider needs to check one edition, without this site."""
    found = reading.find(condition, question)
    edition = found.edition(number).edition
    proof = proofs.compose(found.address, edition, reading.proof_of(edition))
    response = _json(proof)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public
def index_md(request: HttpRequest, *, condition: str, question: str) -> HttpResponse:
    """The live edition as Markdown."""
    found = reading.find(condition, question)
    copy = found.live()
    text = markdown_copy.compose(found, copy, reading.retracted_since(copy))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


@public_form
def report(request: HttpRequest, *, condition: str, question: str) -> HttpResponse:
    """Where a reader says what is wrong or unclear in an edition of a page."""
    found = reading.find(condition, question)
    live, asked = found.live(), request.GET.get("edition", "")
    edition = int(asked) if asked in map(str, found.editions) else live.number
    form, status = reports.ReportForm(), 200
    if request.method == "POST":
        form = reports.receive(request, found.editions.values())
        status = reports.status(form)
    context = {
        "address": live.address,
        "question": live.content["question"]["text"],
        "condition": typesetting.condition(live.content["condition"]),
        "edition": edition,
        "form": form,
        "sent": form.is_bound and not form.errors,
        "stamp": reports.new_stamp(found.editions.get(edition, live.edition.pk)),
        "years_kept": reports.WORDS_KEPT.days // 365,
    }
    return render(request, "conditions/report.html", context, status=status)


@public
def reviewer(request: HttpRequest, *, reviewer: str) -> HttpResponse:
    """A reviewer's current profile, and the live pages that they signed."""
    signer = browsing.signer(reviewer)
    found = Paginator(browsing.signed_by(reviewer), SIGNED)
    found.count = signer.live  # known already: to count reads every record
    shown = found.get_page(request.GET.get("p"))
    context = {
        "canonical": structured_data.of_list(request.path, shown.number),
        "profile": listing.profile(signer.byline),
        "shown": shown,
        "entries": listing.signed(browsing.verified(shown.object_list), reviewer),
        "earlier": signer.earlier,
    }
    return render(request, "conditions/reviewer.html", context)


@public
def review_process(request: HttpRequest) -> HttpResponse:
    """How pages are reviewed, with the figures of today."""
    context = {
        "canonical": structured_data.site(request.path),
        "withdrawn": browsing.count_withdrawn(),
        **figures.count(browsing.public_records()),
    }
    return render(request, "conditions/review_process.html", context)


@public
def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected on the pages that are live, the newest first."""
    found = Paginator(browsing.corrections(), CORRECTIONS)
    shown = found.get_page(request.GET.get("p"))
    context = {
        "canonical": structured_data.of_list(request.path, shown.number),
        "shown": shown,
        "corrections": [
            listing.correction(copy) for copy in browsing.verified(shown.object_list)
        ],
    }
    return render(request, "conditions/corrections.html", context)


def _json(value: dict[str, Any]) -> JsonResponse:
    written = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(value, json_dumps_params=written)


def _typeset(found: PublicPage, copy: Copy) -> dict[str, Any]:
    return typesetting.page_context(
        copy.content,
        copy.record,
        edition_number=copy.number,
        record_sha256=copy.edition.record_sha256,
        history=found.records(),
        first_published_on=found.first_published_on,
        retracted_since=reading.retracted_since(copy),
    )

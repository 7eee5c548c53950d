"""What a stranger reads: open to everybody, light, and working with next to nothing."""

import json
from urllib.request import Request, urlopen

import pytest

from tests.browser.looking import barriers, overflow

FOP = "/conditions/fibrodysplasia-ossificans-progressiva/"
POH = "/conditions/progressive-osseous-heteroplasia/"
PAGES = {
    "home": "/",
    "a-to-z": "/conditions/",
    "hub": FOP,
    "page": f"{FOP}what-is-it/",
    "page-overdue": f"{POH}research/",
    "page-two-editions": f"{FOP}research/",
    "page-two-signatures": f"{FOP}treatment/",
    "editions": f"{FOP}research/editions/",
    "edition-old": f"{FOP}research/editions/1/",
    "edition-live": f"{FOP}research/editions/2/",
    "changes": f"{FOP}research/editions/2/changes/",
    "changes-first": f"{FOP}research/editions/1/changes/",
    "profile": "/reviewers/ines-falk/",
    "corrections": "/corrections/",
    "search": "/search/",
    "search-found": "/search/?q=fop+treatment",
    "search-nothing": "/search/?q=fibrodisplasia",
    "review-process": "/about/review-process/",
    "for-machines": "/api/v1/docs",
    "missing": f"{FOP}diagnosis/",
    "withdrawn": f"{POH}how-common/",
}
STATUS = {"missing": 404, "withdrawn": 410}
FIRST_VIEW = 50_000  # bytes over the wire: the page, its style and its icon

every_page = pytest.mark.parametrize("name", PAGES)
answers = pytest.mark.parametrize("name", [name for name in PAGES if "page" in name])


@every_page
def test_page_is_open_to_everybody(name, stranger):
    stranger.open(PAGES[name], STATUS.get(name, 200))

    assert barriers(stranger, f"public-{name}") == []


@every_page
def test_page_never_scrolls_sideways(name, stranger):
    stranger.open(PAGES[name], STATUS.get(name, 200))

    assert [overflow(stranger.page, width) for width in (320, 390, 1280)] == [0, 0, 0]


@every_page
def test_page_leaves_nothing_with_its_reader(name, stranger):
    stranger.open(PAGES[name], STATUS.get(name, 200))

    kept = stranger.page.evaluate("[localStorage.length, sessionStorage.length]")
    assert (stranger.page.context.cookies(), kept) == ([], [0, 0])
    scripts = "script:not([type='application/ld+json'])"
    assert stranger.page.locator(scripts).count() == 0


@every_page
def test_page_is_light(name, stranger):
    stranger.open(PAGES[name], STATUS.get(name, 200))

    parts = stranger.page.eval_on_selector_all(
        "link[rel=stylesheet], link[rel=icon], img, iframe",
        "all => all.map(one => one.href || one.src)",
    )
    assert sum(map(bytes_over_the_wire, {*parts, stranger.page.url})) < FIRST_VIEW


@every_page
def test_page_says_the_same_without_javascript(name, arrive):
    scripted, plain = arrive(), arrive(java_script_enabled=False)
    for visitor in (scripted, plain):
        visitor.open(PAGES[name], STATUS.get(name, 200))

    said = [v.page.locator("body").inner_text() for v in (scripted, plain)]

    assert said[0] == said[1]
    assert len(said[0]) > 200


@answers
def test_machine_readable_date_is_the_one_that_readers_see(name, stranger):
    stranger.open(PAGES[name])

    data = json.loads(
        stranger.page.locator("script[type='application/ld+json']").inner_text()
    )
    printed = stranger.page.locator(".stamp time").last.get_attribute("datetime")
    assert [*dates(data, "lastReviewed")] == [printed]


def test_reader_walks_from_home_to_an_old_edition_without_javascript(arrive):
    reader = arrive(java_script_enabled=False)
    reader.open("/")

    reader.follow("A to Z")
    reader.follow("Fibrodysplasia ossificans progressiva")
    reader.follow(
        "What are the most promising research directions for fibrodysplasia "
        "ossificans progressiva?"
    )
    reader.follow("All editions")
    reader.follow("Edition 1")

    assert reader.page.url.endswith(f"{FOP}research/editions/1/")
    assert reader.sees("kept as it was signed. It is not the live one.")


def test_keyboard_skips_to_the_answer(stranger):
    stranger.open(PAGES["page"])

    stranger.page.keyboard.press("Tab")
    assert stranger.page.locator(":focus").inner_text() == "Skip to the answer"
    stranger.page.keyboard.press("Enter")
    stranger.page.keyboard.press("Tab")

    assert stranger.page.locator("#answer :focus").count() == 1


def test_citation_leads_to_its_source_and_back(stranger):
    stranger.open(PAGES["page"])
    citation = stranger.page.locator("sup.cite a").first
    source = citation.get_attribute("href")

    citation.click()
    assert stranger.page.url.endswith(source)
    stranger.page.locator(f"{source} .back a").first.click()

    assert stranger.page.url.endswith("#" + citation.get_attribute("id"))


def bytes_over_the_wire(address):
    try:
        with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
            return len(answer.read())
    except OSError as error:
        return len(error.read())


def dates(data, name):
    """Every value that the name has, however deep in the data."""
    if isinstance(data, list):
        for part in data:
            yield from dates(part, name)
    elif isinstance(data, dict):
        if name in data:
            yield data[name]
        yield from dates(list(data.values()), name)

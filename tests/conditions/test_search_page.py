"""The page of the search, as a reader gets it."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conditions import queries, search
from conditions.models import Printed
from editorial import publishing
from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk
from tests.readers import HUB, PAGE, parse

CANARY = "\"'><x-canary onload=alert(1)>{{7*7}}</script>"


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def live(desk):
    desk.live()
    return desk


def at(typed, more=""):
    return f"/search/?q={quote(typed)}{more}"


def test_without_words_it_is_a_form(live, visit):
    page = parse(visit("/search/"))

    form = page.one("form", role="search")
    assert form.one("input", name="q").attrs["value"] == ""
    assert "A to Z" in page.words
    assert page.all("h2") == []


def test_conditions_come_before_answers(live, visit):
    page = parse(visit(at("poh")))

    headings = [one.words for one in page.all("h2")]
    assert headings == ["Conditions", "1 answer for “poh”"]
    links = [a.attrs["href"] for a in page.one("main").all("a")]
    assert links == [HUB, PAGE]


def test_an_answer_has_its_stamp_and_the_found_words_are_marked(live, visit):
    page = parse(visit(at("Joint physiotherapy")))

    assert [one.words for one in page.all("mark")] == ["physiotherapy", "joints"]
    asked = parse(visit(at("promise"))).one("h3")
    assert (asked.one("a").one("mark").words, asked.words) == (
        "promising",
        live.question.asked_of(live.condition),
    )
    assert page.one("p", class_="stamp").words.startswith("Medically reviewed summary")


def test_what_was_typed_stands_in_the_form_again(live, visit):
    page = parse(visit(at("  poh \n&<b> ")))

    assert page.one("input", name="q").attrs["value"] == "poh &<b>"


def test_nothing_found_says_what_to_do(live, visit):
    page = parse(visit(at("xyzzy")))

    assert page.one("h2").words == "No answer found for “xyzzy”"
    assert "/conditions/" in [a.attrs["href"] for a in page.one("main").all("a")]


def test_a_misspelt_name_leads_to_the_right_one(live, visit):
    link = parse(visit(at("heteroplazia"))).one("p", class_="banner").one("a")

    assert link.words == "heteroplasia"
    assert "1 answer for" in parse(visit(link.attrs["href"])).words


def test_answers_with_some_of_the_words_are_said_to_be_such(live, visit):
    page = parse(visit(at("xyzzy physiotherapy")))

    assert "No answer has all of these words; those below have some of them." in (
        page.words
    )
    assert page.all("h2")[-1].words == "These answers with some of your words"


def test_a_query_that_is_too_long_is_cut_and_says_so(live, visit):
    page = parse(visit(at("poh " + "x" * 10_000)))

    assert "We looked for the first 200 letters alone" in page.words


def test_the_ways_to_other_parts_carry_the_query(live, visit, monkeypatch):
    monkeypatch.setattr(search, "ON_A_PAGE", 1)
    monkeypatch.setattr(search, "FEW", 1)
    live.condition = builders.make_condition(live.editor, slug="a", name="alpha & co")
    live.live()

    first = parse(visit(at("joints & physiotherapy")))
    link = first.one("a", rel="next").attrs["href"]
    second = parse(visit(f"/search/{link}"))

    assert "Page 2 of 2" in second.words
    shown = [one.one("ul", class_="entries").words for one in (first, second)]
    assert shown[0] != shown[1]
    assert second.one("a", rel="prev").attrs["href"].endswith("&p=1")


@pytest.mark.parametrize("part", ["0", "-1", "x", "99999999", "²", "", "7"])
def test_a_part_that_there_is_not_is_the_nearest(live, visit, part):
    assert "1 answer for" in parse(visit(at("poh", f"&p={quote(part)}"))).words


def test_it_is_kept_and_listed_nowhere(live, visit):
    for address in ("/search/", at("poh")):
        answer = visit(address)

        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers
    assert not Printed.objects.filter(address__startswith="/search").exists()
    assert b"Disallow: /search/" in visit("/robots.txt").body


def test_head_is_get_without_a_body_and_nothing_else_is_taken(live, visit):
    got, head = visit(at("poh")), visit(at("poh"), "HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.body))
    assert visit(at("poh"), "POST").status == 405


def test_what_is_typed_is_no_markup(live, visit):
    answer = visit(at(CANARY))

    assert answer.status == 200
    assert b"<x-canary" not in answer.body


def test_a_snippet_of_a_text_with_markup_signs_is_no_markup(desk, visit):
    desk.live(body=f"{BODY}\n\nA zebra {CANARY} of its own.")

    answer = visit(at("zebra"))

    assert b"<mark>zebra</mark>" in answer.body
    assert b"<x-canary" not in answer.body


def test_a_withdrawn_page_leaves_the_search_at_once(live, visit):
    assert PAGE.encode() in visit(at("poh")).body
    publishing.withdraw(
        Summary.objects.get(), by=live.editor, reason="A doubt.", note="A doubt."
    )

    assert PAGE.encode() not in visit(at("poh")).body
    assert HUB.encode() not in visit(at("poh")).body


def test_every_page_has_the_form_once(live, visit):
    for address in ("/", "/conditions/", HUB, PAGE, "/corrections/", "/search/"):
        forms = parse(visit(address)).all("form", role="search")

        assert [form.attrs["action"] for form in forms] == ["/search/"], address


HOSTILE = [
    '"',
    "'",
    "' | 'a",
    '" OR "a',
    "AND",
    "OR NOT AND",
    "a AND (b OR",
    "names:poh",
    "poh*",
    "-poh",
    "^poh",
    "NEAR(a b)",
    "{names}:poh",
    "a:*b & !c | <->",
    "\\",
    "\\'",
    "%s %(asked)s",
    "\0",
    "poh\0",
    "the of and",
    "?!.,",
    "🦴🧬",
    "\ud800",
    "\u202epoh",
    "a" * 10_000,
    "a " * 5_000,
    "é" * 300,
    "e" + "\u0301" * 500,
    "𝔓𝔒ℌ",
    "ﷺ" * 200,
    "中文 हिन्दी עברית",
    "½ ² ① Ⅷ",
    "1" * 150 + " " + "2" * 49,
    "doi:10.1/" + "(" * 150,
    "OMIM " * 40,
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_sign_of_a_query_is_syntax(live, typed):
    search.find(typed)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=st.text(max_size=260) | st.text("poh\"'&|*:()<->!\\ \0", max_size=60))
@example(typed="poh")
def test_whatever_is_typed_is_answered(live, typed):
    found = search.find(typed)

    assert len(found.query.terms) <= queries.MOST
    assert len(found.query.text) <= queries.LONGEST


@pytest.mark.parametrize("typed", [one for one in HOSTILE if one.isprintable()][:20])
def test_no_query_is_an_error_of_the_site(live, visit, typed):
    assert visit(at(typed)).status == 200

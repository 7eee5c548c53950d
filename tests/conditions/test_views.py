import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from conditions import typesetting
from conditions.models import Edition
from editorial import catalogue, clock
from tests.builders import BODY, Desk, record, unprint
from tests.readers import EVERYWHERE, HUB, PAGE, parse

SIGNED = datetime(2026, 5, 8, 12, tzinfo=UTC)  # 300 days before 4 March 2027
ON_TIME = datetime(2027, 3, 4, 23, 59, tzinfo=UTC)
LATE = datetime(2027, 3, 5, 0, 1, tzinfo=UTC)
ORDER = {
    "breadcrumb": {"tag": "nav", "aria_label": "Breadcrumb"},
    "question": {"tag": "h1"},
    "badge and date": {"class_": "stamp"},
    "short answer": {"id": "short-answer"},
    "contents": {"class_": "contents"},
    "body": {"class_": "body"},
    "take part": {"class_": "take-part"},
    "sources": {"class_": "sources"},
    "written by": {"class_": "made"},
    "review box": {"aria_labelledby": "who-checked"},
    "what changed": {"aria_labelledby": "what-changed"},
    "disclaimer": {"class_": "quiet"},
}
HEADINGS = (
    "## One\n\nA [@gard-poh].\n\n### Two\n\nB.\n\n## Three\n\nC [@pmid:11784876]."
)


@pytest.fixture
def desk(db):
    return Desk()


def signed_then(desk, moment=SIGNED, **fields):
    with clock.moved_to(moment):
        return desk.live(**fields)


def landmarks(page):
    found = {id(n): name for name, where in ORDER.items() for n in page.all(**where)}
    return [found[id(node)] for node in page.walk() if id(node) in found]


def test_a_page_is_read_in_the_agreed_order(desk, visit):
    desk.live(body=HEADINGS)

    assert landmarks(parse(visit(PAGE))) == list(ORDER)


def test_contents_are_listed_from_three_headings_on(desk, visit):
    two = "\n\n".join(HEADINGS.split("\n\n")[:-2])
    summary = desk.live(body=f"{two} [@pmid:11784876]")
    assert parse(visit(PAGE)).all(class_="contents") == []

    desk.new_edition(summary, HEADINGS)

    page = parse(visit(PAGE))
    links = [a.attrs["href"] for a in page.one(class_="contents").all("a")]
    assert links == ["#h-one", "#h-two", "#h-three"]


def test_take_part_is_left_out_where_there_is_neither_search_nor_community(desk, visit):
    desk.question.offers_trial_search = False
    record(desk.question, desk.editor)
    desk.live(body=HEADINGS)

    page = parse(visit(PAGE))

    assert landmarks(page) == [name for name in ORDER if name != "take part"]
    assert "Take part" not in page.text + visit(f"{PAGE}index.md").body.decode()


def test_sources_are_numbered_by_first_use_and_linked_both_ways(desk, visit):
    desk.live(body=f"{HEADINGS}\n\nD [@gard-poh].")

    page = parse(visit(PAGE))

    cited = [a.attrs["href"] for sup in page.all("sup") for a in sup.all("a")]
    assert cited == ["#source-1", "#source-2", "#source-1"]
    entries = page.one("ol", class_="sources").all("li")
    assert [entry.attrs["id"] for entry in entries] == ["source-1", "source-2"]
    assert "Genetic and Rare Diseases" in entries[0].text
    back = [[a.attrs["href"] for a in e.one(class_="back").all("a")] for e in entries]
    assert back == [["#cite-1-1", "#cite-1-2"], ["#cite-2-1"]]


def test_every_inner_link_leads_somewhere_and_no_id_is_there_twice(desk, visit):
    desk.new_edition(desk.live(), HEADINGS)

    for address in (a for a in EVERYWHERE if a.endswith("/")):
        page = parse(visit(address))
        ids = [node.attrs["id"] for node in page.walk() if "id" in node.attrs]
        inner = {h[1:] for h in (a.attrs["href"] for a in page.all("a")) if h[0] == "#"}
        named = {n.attrs.get("aria-labelledby") for n in page.walk()} - {None}
        assert len(ids) == len(set(ids))
        assert inner | named <= set(ids)


def test_the_date_is_the_signatures(desk, visit):
    signed_then(desk)

    with time_machine.travel(ON_TIME, tick=False):
        page = parse(visit(PAGE))

    stamp = page.one(class_="stamp")
    said = "Medically reviewed summary · Last updated: 8 May 2026"
    assert stamp.words == said
    assert stamp.one("time").attrs["datetime"] == "2026-05-08"


def test_an_overdue_page_loses_its_badge_in_every_form(desk, visit):
    signed_then(desk)

    with time_machine.travel(LATE, tick=False):
        html = {
            a: visit(a).body.decode() for a in ("/", HUB, PAGE, f"{PAGE}editions/1/")
        }
        text = visit(f"{PAGE}index.md").body.decode()
        review = json.loads(visit(f"{PAGE}review.json").body)
        stamp = parse(visit(PAGE)).one(class_="stamp").words

    since = "Review overdue since 4 March 2027"
    assert stamp == f"{since} · Last updated: 8 May 2026"
    assert [a for a, b in html.items() if "Medically reviewed summary" in b] == []
    assert [a for a, b in html.items() if "Review overdue since" not in b] == []
    assert "Medically reviewed summary" not in text
    assert (review["overdue"], review["overdue_since"]) == (True, "2027-03-04")


def test_a_source_retracted_after_signing_is_named_in_every_form(desk, visit):
    desk.live()
    paper = desk.sources[0]
    paper.retracted_on = date(2026, 4, 1)
    catalogue.save(paper, by=desk.editor)

    page = parse(visit(PAGE))

    alert = "Source 1 was retracted on 1 April 2026. That was not known when this page"
    assert page.one(class_="alert").words == f"{alert} was reviewed."
    entry = "Retracted on 1 April 2026, not known when this page was reviewed."
    assert page.one(class_="retracted").words == entry
    iso = entry.replace("1 April 2026", "2026-04-01")
    assert f"**{iso}**" in visit(f"{PAGE}index.md").body.decode()
    said = json.loads(visit(f"{PAGE}review.json").body)["retracted_since_review"]
    assert said == {"pmid:11784876": "2026-04-01"}


def test_a_source_retracted_before_signing_is_named_without_an_alarm(desk, visit):
    desk.sources[0].retracted_on = date(2026, 4, 1)
    record(desk.sources[0], desk.editor)
    desk.live()

    page = parse(visit(PAGE))

    assert page.all(class_="alert") == []
    assert page.one(class_="retracted").words == "Retracted on 1 April 2026."


def test_an_old_edition_is_kept_as_signed_and_out_of_search_engines(desk, visit):
    desk.new_edition(desk.live(), f"{BODY}\n- braces")

    old, live = visit(f"{PAGE}editions/1/"), visit(f"{PAGE}editions/2/")

    assert (old.headers["X-Robots-Tag"], live.headers["X-Robots-Tag"]) == (
        "noindex",
        None,
    )
    assert parse(old).one("meta", name="robots").attrs["content"] == "noindex"
    for page in (parse(old), parse(live)):
        canonical = page.one("link", rel="canonical").attrs["href"]
        assert canonical == f"http://127.0.0.1:8000{PAGE}"
    assert "braces" not in old.body.decode()
    assert parse(old).one(class_="stamp").words.startswith("Earlier edition 1 · Signed")


def test_an_edition_shows_its_record_byte_for_byte(desk, visit):
    desk.new_edition(desk.live(), f"{BODY}\n- braces")

    shown = [pre.text for pre in parse(visit(f"{PAGE}editions/1/")).all("pre")]

    first = Edition.objects.get(number=1)
    assert shown == [first.record, first.content]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "UTC", "America/Los_Angeles"])
def test_a_page_signed_near_midnight_bears_the_date_of_the_sites_zone(
    desk, visit, settings, zone
):
    settings.TIME_ZONE = zone
    day = {"Pacific/Auckland": "9 May 2026, 11:30 Pacific/Auckland (UTC+12:00)"}
    west = "8 May 2026, 16:30 America/Los_Angeles (UTC-07:00)"
    signed_at = day | {"UTC": "8 May 2026, 23:30 UTC", "America/Los_Angeles": west}
    signed_then(desk, datetime(2026, 5, 8, 23, 30, tzinfo=UTC))

    page = parse(visit(PAGE))

    long = signed_at[zone].split(",")[0]
    iso = f"2026-05-0{long[0]}"
    assert page.one(class_="stamp").one("time").attrs["datetime"] == iso
    assert page.one(class_="signer").all("time")[0].words == signed_at[zone]
    assert page.one(class_="changes").one("time").words == long
    assert f"First published {long}." in page.words
    assert visit(f"{PAGE}index.md").body.decode().splitlines()[0][-10:] == iso
    assert json.loads(visit(f"{PAGE}review.json").body)["first_published_on"] == iso


@pytest.mark.parametrize("address", [a for a in EVERYWHERE if a.endswith("/")])
def test_a_page_names_its_one_address_and_says_what_it_is(desk, visit, address):
    desk.new_edition(desk.live(), f"{BODY}\n- braces")

    page = parse(visit(f"{address}?from=elsewhere"))

    own = PAGE if re.fullmatch(r".*/editions/\d+/", address) else address
    canonical = page.one("link", rel="canonical").attrs["href"]
    assert canonical == f"http://127.0.0.1:8000{own}"
    assert len(page.one("meta", name="description").attrs["content"]) > 30
    assert page.one("html").attrs["lang"] == "en"
    assert page.one("title").words.endswith(" – Rare answers")
    target = page.one("a", class_="skip").attrs["href"].removeprefix("#")
    assert page.one(id=target).attrs["tabindex"] == "-1"
    for landmark in ("header", "main", "footer"):
        page.one(landmark)


def test_a_printed_page_tells_its_own_address(desk, visit):
    desk.live()

    told = [
        parse(visit(address)).one(class_="printed").words
        for address in (PAGE, f"{PAGE}editions/1/")
    ]

    site = "This page on the web: http://127.0.0.1:8000"
    assert told == [site + PAGE, f"{site}{PAGE}editions/1/"]


@pytest.mark.parametrize("address", ["/", "/conditions/", HUB, PAGE, "/corrections/"])
def test_other_sites_are_told_what_a_page_is(desk, visit, address):
    desk.live()

    page = parse(visit(address))

    told = {
        one.attrs["property"]: one.attrs["content"]
        for one in page.all("meta")
        if "property" in one.attrs
    }
    assert told["og:url"] == page.one("link", rel="canonical").attrs["href"]
    assert told["og:title"] in page.one("title").words
    words = page.one("meta", name="description").attrs["content"]
    assert told["og:description"] == words
    assert told["og:site_name"] == "Rare answers"
    assert told["og:type"] == ("article" if address == PAGE else "website")
    assert told["og:image"] == "http://127.0.0.1:8000/static/conditions/card.png"


def test_other_sites_are_told_the_short_answer_and_the_day_of_its_signature(
    desk, visit
):
    summary = desk.live()

    page = parse(visit(PAGE))

    (words,) = page.all("meta", property="og:description")
    assert words.attrs["content"].startswith(
        "Progressive osseous heteroplasia (POH) is"
    )
    (day,) = page.all("meta", property="article:modified_time")
    assert day.attrs["content"] == str(summary.sign_offs.get().signed_at.date())


def test_of_many_changes_a_page_tells_the_newest(desk, visit, monkeypatch):
    desk.new_edition(desk.live(), f"{BODY}\n- braces")
    unprint()
    whole = parse(visit(PAGE)).one(aria_labelledby="what-changed")
    monkeypatch.setattr(typesetting, "TOLD", 1)
    unprint()

    card = parse(visit(PAGE)).one(aria_labelledby="what-changed")

    assert [len(one.all("li")) for one in (whole, card)] == [2, 1]
    assert "Earlier changes are told with the editions." in card.words
    assert "Earlier" not in whole.words
    for one in (whole, card):
        links = [a.attrs["href"] for a in one.all("a")]
        assert links == [f"{PAGE}editions/2/changes/", f"{PAGE}editions/"]


def test_a_hub_says_what_changed_last_of_its_answers(desk, visit):
    summary = desk.new_edition(desk.live(), f"{BODY}\n- braces")
    assert summary

    card = parse(visit(HUB)).one(aria_labelledby="what-changed")

    assert "New evidence" in card.words
    assert "Added the long-term results." in card.words
    links = [a.attrs["href"] for a in card.all("a")]
    feed = "/feeds/progressive-osseous-heteroplasia.atom"
    assert links == [PAGE, f"{PAGE}editions/2/changes/", feed]


def test_the_home_says_what_changed_in_what_was_reviewed_last(desk, visit):
    summary = desk.live()
    first = parse(visit("/")).one(aria_labelledby="recent").words
    desk.new_edition(summary, f"{BODY}\n- braces")

    section = parse(visit("/")).one(aria_labelledby="recent")

    assert "First edition" not in first
    assert "New evidence Added the long-term results." in section.words
    assert f"{PAGE}editions/2/changes/" in [a.attrs["href"] for a in section.all("a")]

import json

import pytest
from django.utils.timezone import localdate

from conditions.answers import NOT_AS_SIGNED
from conditions.models import Publication
from editorial import publishing
from tests import builders
from tests.builders import BODY, Desk, tamper, unprint
from tests.readers import EVERYWHERE, HUB, LISTS, OF_PAGE, PAGE, parse, statuses

ALTERED = {
    "content": "UPDATE conditions_edition SET content = replace(content, 'no', 'so')",
    "content hash": "UPDATE conditions_edition SET content_sha256 = record_sha256",
    "record": "UPDATE conditions_edition SET record = replace(record, 'Ines', 'Eve')",
    "record hash": "UPDATE conditions_edition SET record_sha256 = content_sha256",
    "number": "UPDATE conditions_edition SET number = number + 1",
}
OWN = ("X-Request-ID",)  # differs with every request


@pytest.fixture
def desk(db):
    return Desk()


def headers(answer):
    return sorted(pair for pair in answer.headers.items() if pair[0] not in OWN)


@pytest.fixture
def live(desk):
    """A page with two editions."""
    return desk.new_edition(desk.live(), f"{BODY}\n- braces")


def test_head_answers_with_the_headers_of_get_and_no_body(live, visit):
    for address in [*EVERYWHERE, "/conditions/zebra/", f"{PAGE}editions/7/"]:
        get, head = visit(address), visit(address, "HEAD")

        assert (head.status, head.body) == (get.status, b"")
        assert headers(head) == headers(get)
        assert int(head.headers["Content-Length"]) == len(get.body) > 0


def test_a_public_address_is_read_only(live, visit):
    methods = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")

    answers = [visit(address, m) for address in EVERYWHERE for m in methods]

    assert {answer.status for answer in answers} == {405}
    assert {answer.headers["Allow"] for answer in answers} == {"GET, HEAD"}


def test_a_reader_who_has_the_page_is_told_that_nothing_changed(live, visit):
    for address in EVERYWHERE:
        tag = visit(address).headers["ETag"]

        again = visit(address, HTTP_IF_NONE_MATCH=tag)

        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "public, no-cache"
        assert visit(address, "HEAD", HTTP_IF_NONE_MATCH=tag).status == 304
        assert visit(address, HTTP_IF_NONE_MATCH='"other"').status == 200


def test_a_new_edition_has_a_new_etag(desk, visit):
    summary = desk.live()
    tag = visit(PAGE).headers["ETag"]

    desk.new_edition(summary, f"{BODY}\n- braces")

    assert visit(PAGE, HTTP_IF_NONE_MATCH=tag).status == 200


def test_a_withdrawal_answers_a_reader_who_has_the_page(desk, visit):
    summary = desk.live()
    tag = visit(PAGE).headers["ETag"]

    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note="We check.")

    assert visit(PAGE, HTTP_IF_NONE_MATCH=tag).status == 410


def test_no_address_sets_a_cookie_and_each_says_what_its_form_depends_on(live, visit):
    found = [visit(address).headers for address in EVERYWHERE]

    said = {name for each in found for name in each}
    assert said & {"Set-Cookie", "Expires"} == set()
    assert {each["Vary"] for each in found} == {"Accept-Encoding"}
    assert {each["Cache-Control"] for each in found} == {"public, no-cache"}


def test_a_refusal_is_asked_for_again_and_kept_by_no_search_engine(desk, visit):
    desk.withdrawn()

    for address in (PAGE, "/conditions/zebra/", f"{PAGE}editions/7/"):
        answer = visit(address)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert parse(answer).one("meta", name="robots").attrs["content"] == "noindex"


def test_a_withdrawn_page_says_so_in_html(desk, visit):
    desk.withdrawn()

    page = parse(visit(PAGE))

    assert page.one("h1").words == "This page was withdrawn"
    assert page.one("time").attrs["datetime"] == withdrawn_on()
    assert page.one(class_="lead").words == "We are checking a dose."
    assert "/conditions/" in ways(page)


def ways(page):
    return [a.attrs["href"] for a in page.one(class_="ways").all("a")]


def test_a_missing_page_shows_how_to_find_one(db, visit):
    assert ways(parse(visit(PAGE))) == ["/conditions/", "/"]


def withdrawn_on():
    return str(localdate(Publication.objects.get(kind="withdrawn").at))


def test_a_withdrawn_page_says_so_in_json(desk, visit):
    desk.withdrawn()

    answer = visit(f"{PAGE}review.json")

    said = json.loads(answer.body)
    assert answer.headers["Content-Type"] == "application/json"
    assert sorted(said) == ["message", "note", "status", "withdrawn_on"]
    assert (said["status"], said["note"]) == (410, "We are checking a dose.")
    assert said["withdrawn_on"] == withdrawn_on()


def test_a_withdrawn_page_says_so_in_markdown(desk, visit):
    desk.withdrawn()

    answer = visit(f"{PAGE}index.md")

    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    lines = answer.body.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("This page was withdrawn on ")
    assert lines[0].endswith(". We are checking a dose.")


def test_a_missing_page_is_refused_in_the_form_that_was_asked_for(db, visit):
    as_json, as_md = visit(f"{PAGE}review.json"), visit(f"{PAGE}index.md")

    sentence = "There is no page at this address."
    assert json.loads(as_json.body) == {"status": 404, "message": sentence}
    assert as_md.body.decode() == f"{sentence}\n"


@pytest.mark.parametrize("part", ALTERED)
def test_altered_bytes_are_not_served_and_the_fault_is_told(desk, visit, caplog, part):
    desk.live()
    tamper(ALTERED[part])
    unprint()

    page = visit(PAGE)

    assert page.status == 503
    assert parse(page).one(class_="lead").words == NOT_AS_SIGNED
    assert page.headers["Retry-After"] == "3600"
    assert "Try this page again in an hour." in parse(page).words
    assert json.loads(visit(f"{PAGE}review.json").body)["message"] == NOT_AS_SIGNED
    assert visit(f"{PAGE}index.md").body.decode() == f"{NOT_AS_SIGNED}\n"
    assert visit(HUB).status == visit(f"{PAGE}editions/").status == 503
    told = [r for r in caplog.records if r.name == "conditions.answers"]
    assert {r.levelname for r in told} == {"ERROR"}
    assert told[0].getMessage().startswith(f"{PAGE} is not served: ")


# What edition 2 changed is not shown either, since that shows edition 1 too.
SHOWN_BUT_THE_FIRST = (200, 200, 503, 200, 200, 200, 503, 200)


@pytest.mark.parametrize("part", ALTERED)
def test_lists_go_on_without_an_altered_page(desk, visit, caplog, part):
    bad = builders.page(desk.live()).live_edition_id
    desk.question = builders.make_question(
        desk.editor, slug="cause", pattern="What causes {condition}?"
    )
    desk.live()
    tamper(f"{ALTERED[part]} WHERE id = %s", bad)

    lists = [*LISTS, HUB, "/reviewers/ines/"]
    assert set(statuses(visit, lists)) == {200}
    links = {a: visit(a).body.decode().count("research/") for a in lists}
    assert links == dict.fromkeys(lists, 0)
    assert f'"{HUB}cause/"' in visit("/").body.decode()
    assert f"edition {bad} is left out of a list" in caplog.text


def test_an_altered_old_record_spares_the_page_and_is_named(live, visit, caplog):
    tamper(f"{ALTERED['record']} WHERE number = 1")
    unprint()

    assert statuses(visit, OF_PAGE) == [*SHOWN_BUT_THE_FIRST, 503, 503]
    changes = parse(visit(PAGE)).one("ol", class_="changes").all("li")
    sentence = "Edition 1: its record cannot be verified and is not shown."
    assert changes[1].words == sentence
    assert "Eve" not in visit(f"{PAGE}editions/").body.decode()
    assert "is not shown" in caplog.text


def test_the_altered_text_of_an_old_edition_is_shown_nowhere(live, visit):
    tamper(f"{ALTERED['content']} WHERE number = 1")

    assert statuses(visit, OF_PAGE) == [*SHOWN_BUT_THE_FIRST, 503, 503]


ODD = {
    f"{PAGE}editions/99999999999999999999/": 404,
    f"{PAGE}editions/999999999/": 404,
    f"{PAGE}editions/0/": 404,
    f"{PAGE}editions/01/": 404,
    f"{PAGE}editions/-1/": 404,
    f"{PAGE}editions/1.0/": 404,
    f"{PAGE}editions/١/": 404,
    f"{PAGE}editions/1": 301,
    PAGE.rstrip("/"): 301,
    "/conditions": 301,
    f"{PAGE}review.json/": 404,
    f"{PAGE}Review.json": 404,
    f"{PAGE}zebra": 404,
    "/conditions/" + "a" * 10_000 + "/": 404,
    "/reviewers/" + "a" * 10_000 + "/": 404,
    "/conditions/%00/": 400,
    "/conditions/é/": 404,
    "/conditions/../": 404,
    "//conditions/": 404,
    "/conditions/%/research/": 404,
    HUB.upper(): 404,
    f"{HUB}zebra/": 404,
    "/reviewers/%25/": 404,
    "/?q=\x00": 400,
    "/?" + "a" * 10_000: 200,
}


def test_an_odd_address_is_answered_plainly(live, visit):
    assert {address: visit(address).status for address in ODD} == ODD


def test_an_address_of_broken_bytes_is_the_readers_mistake(live, visit):
    paths = ("/conditions/\x00/", "/conditions/\xff/", "/conditions/\xc3/research/")

    assert [visit("/", PATH_INFO=path).status for path in paths] == [400, 404, 404]

"""What machines read of conditions, pages and editions, and what they are refused."""

import gzip
import json
import logging
import os
import subprocess
import sys

import pytest
from django.urls import resolve

from conditions.api.openapi import document
from conditions.api.urls import ASKED
from editorial import publishing, workflow
from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk, tamper

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
POH = "progressive-osseous-heteroplasia"
PAGE = f"{ROOT}pages/{POH}/research"
OF_PAGE = [PAGE, *(f"{PAGE}/{n}" for n in ("review", "editions"))]
OF_EDITION = [f"{PAGE}/editions/1", f"{PAGE}/editions/1/proof"]
LISTS = [f"{ROOT}{name}" for name in ("", "conditions", "pages", "changes")]
EVERYWHERE = [*LISTS, f"{ROOT}conditions/{POH}", *OF_PAGE, *OF_EDITION]
WORDS = ("physiotherapy keeps joints moving", "soft tissue")
UNSIGNED = "an unsigned sentence about a new dose"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def told(visit):
    """The JSON of an answer."""
    return lambda address, **asked: json.loads(visit(address, **asked).body)


def withdraw(summary, desk):
    publishing.withdraw(
        summary, by=desk.editor, reason="A mistake.", note="We are checking a dose."
    )


def three_pages(desk):
    for name in ("cause", "outlook"):
        asked = {"slug": name, "pattern": f"{name} of {{condition}}?"}
        desk.question = builders.make_question(desk.editor, **asked)
        desk.live()


def three_conditions(desk):
    for name in ("alpha", "beta"):
        desk.condition = builders.make_condition(desk.editor, slug=name, name=name)
        desk.live()


def three_editions(desk):
    summary = Summary.objects.get()
    for word in ("braces", "splints"):
        summary = desk.new_edition(summary, f"{BODY}\n- {word}")


def test_a_page_is_told_with_the_very_words_that_were_signed(desk, told, visit):
    desk.live()
    review = json.loads(visit(f"/conditions/{POH}/research/review.json").body)

    page, edition = told(PAGE), told(f"{PAGE}/editions/1")

    assert page["content"] == edition["content"] == review["content"]
    assert page["record"] == edition["record"] == review["record"]
    assert told(f"{PAGE}/review") == review
    assert page["id"] == f"{POH}/research"
    assert page["last_updated"] == review["last_updated"]


def test_a_proof_is_the_one_that_readers_have(desk, told, visit):
    desk.live()
    proof = visit(f"/conditions/{POH}/research/editions/1/proof.json").body

    assert told(f"{PAGE}/editions/1/proof") == json.loads(proof)


def test_a_condition_is_told_with_its_pages_in_the_order_of_the_questions(desk, told):
    desk.live()
    three_pages(desk)

    condition = told(f"{ROOT}conditions/{POH}")

    assert condition["abbreviation"] == "POH"
    assert [page["id"] for page in condition["pages"]] == [
        f"{POH}/{name}" for name in ("research", "cause", "outlook")
    ]


def test_words_that_the_catalogue_changed_since_are_not_told(desk, told):
    desk.live()
    desk.condition.synonyms = ["an unsigned name"]
    builders.record(desk.condition, desk.editor)

    for address in EVERYWHERE:
        assert "an unsigned name" not in json.dumps(told(address)), address


def test_no_answer_holds_a_word_of_a_draft(desk, visit):
    summary = workflow.start_revision(desk.live(), by=desk.writer)
    desk.revise(summary, f"{BODY}\n- {UNSIGNED}")

    for address in EVERYWHERE:
        assert visit(address).status == 200
        assert UNSIGNED not in visit(address).body.decode(), address


def test_what_was_never_published_is_nowhere(desk, visit, told, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.reviewed()

    for address in [*OF_PAGE, *OF_EDITION, f"{ROOT}conditions/{POH}"]:
        assert visit(address).status == 404
    assert told(f"{ROOT}pages")["items"] == []
    assert told(f"{ROOT}conditions")["items"] == []
    assert told(f"{ROOT}changes")["items"] == []


def test_an_edition_that_waits_is_not_told(desk, visit, told, settings):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.new_edition(summary, f"{BODY}\n- {UNSIGNED}")

    assert visit(f"{PAGE}/editions/2").status == 404
    assert [one["edition"] for one in told(f"{PAGE}/editions")["items"]] == [1]
    for address in EVERYWHERE:
        assert UNSIGNED not in visit(address).body.decode()


def test_a_withdrawn_page_is_told_as_gone_and_with_no_word_of_it(desk, visit, told):
    withdraw(desk.live(), desk)

    for address in [*OF_PAGE, *OF_EDITION]:
        answer = visit(address)
        said = json.loads(answer.body)
        assert (answer.status, said["status"]) == (410, 410)
        assert said["note"] == "We are checking a dose."
        assert said["detail"].endswith("We are checking a dose.")
    for address in EVERYWHERE:
        for word in WORDS:
            assert word not in visit(address).body.decode(), address
    assert told(f"{ROOT}pages")["items"] == []
    assert told(f"{ROOT}changes")["items"][-1]["kind"] == "withdrawn"


def test_altered_bytes_are_not_told_and_the_fault_is(desk, visit, told, caplog):
    desk.live()
    tamper("UPDATE conditions_edition SET content = replace(content, 'bone', 'bo')")

    for address in [*OF_PAGE, *OF_EDITION, f"{ROOT}conditions/{POH}"]:
        answer = visit(address)
        assert answer.status == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Retry-After"]
    with caplog.at_level(logging.ERROR):
        assert told(f"{ROOT}pages")["items"] == []
    assert "left out of a list" in caplog.text


def test_an_edition_that_was_put_under_another_page_is_left_out(desk, told):
    desk.live()
    desk.question = builders.make_question(
        desk.editor, slug="cause", pattern="What causes {condition}?"
    )
    desk.live()
    pages = "SELECT MIN(id) FROM conditions_edition"
    builders.tamper(
        "UPDATE conditions_page SET live_edition_id = NULL WHERE id = "
        "(SELECT MIN(page_id) FROM conditions_edition)"
    )
    builders.tamper(
        f"UPDATE conditions_page SET live_edition_id = ({pages}) WHERE id = "
        "(SELECT MAX(page_id) FROM conditions_edition)"
    )

    assert told(f"{ROOT}pages")["items"] == []


@pytest.mark.parametrize(
    ("name", "add", "key"),
    [("pages", three_pages, "id"), ("conditions", three_conditions, "slug")],
)
def test_a_list_is_walked_through_a_part_at_a_time(desk, told, name, add, key):
    desk.live()
    add(desk)
    whole = [one[key] for one in told(f"{ROOT}{name}")["items"]]

    walked, address = [], f"{ROOT}{name}?limit=1"
    while address:
        part = told(address)
        walked += [one[key] for one in part["items"]]
        assert len(part["items"]) == 1
        address = part["next"] and part["next"].removeprefix("http://127.0.0.1:8000")

    assert walked == whole
    assert len(set(whole)) == 3


def test_pages_of_one_condition_are_asked_for_by_its_slug(desk, told):
    desk.live()
    three_conditions(desk)

    pages = told(f"{ROOT}pages?condition=alpha")["items"]

    assert [one["id"] for one in pages] == ["alpha/research"]


QUERIES = [
    (f"{ROOT}conditions", three_conditions, 2),
    (f"{ROOT}conditions/{POH}", three_pages, 1),
    (f"{ROOT}pages", three_pages, 1),
    (PAGE, three_editions, 3),
    (f"{PAGE}/review", three_editions, 5),
    (f"{PAGE}/editions", three_editions, 3),
    # Of an edition that is not live the text is read with a query of its own.
    (f"{PAGE}/editions/1", three_pages, 2),
    (f"{PAGE}/editions/1/proof", three_pages, 3),
    (f"{ROOT}changes", three_editions, 1),
]


@pytest.mark.parametrize(("address", "add_two", "queries"), QUERIES)
def test_an_answer_costs_the_same_queries_for_one_as_for_three(
    desk, visit, monkeypatch, django_assert_num_queries, address, add_two, queries
):
    desk.live()
    monkeypatch.setattr("conditions.api.allowance.count", lambda request: None)
    with django_assert_num_queries(queries):
        visit(address)
    add_two(desk)

    with django_assert_num_queries(queries):
        visit(address)


@pytest.mark.parametrize("address", [*EVERYWHERE, f"{ROOT}docs", f"{ROOT}openapi.json"])
def test_what_somebody_has_is_not_sent_again(desk, visit, address):
    desk.live()
    had = visit(address, HTTP_ACCEPT_ENCODING="gzip")
    assert had.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(had.body) == visit(address).body

    tag = {"HTTP_IF_NONE_MATCH": had.headers["ETag"], "HTTP_ACCEPT_ENCODING": "gzip"}
    again = visit(address, **tag)

    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == had.headers["ETag"]


@pytest.mark.parametrize("address", [PAGE, f"{ROOT}nowhere", f"{ROOT}pages?limit=0"])
def test_head_is_answered_as_get_without_a_body(desk, visit, address):
    desk.live()
    got, head = visit(address), visit(address, "HEAD")

    assert (head.status, head.body) == (got.status, b"")
    for name in ("Content-Length", "Content-Type", "ETag"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("address", [*EVERYWHERE, f"{ROOT}nowhere"])
def test_other_sites_may_read_and_nothing_else(desk, visit, address):
    desk.live()

    for method in ("GET", "HEAD", "OPTIONS", "POST", "DELETE"):
        answer = visit(address, method)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Set-Cookie" not in answer.headers
    asked = visit(address, "OPTIONS")
    assert asked.status == 204
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    exposed = visit(address).headers["Access-Control-Expose-Headers"]
    assert {"ETag", "RateLimit", "RateLimit-Policy"} <= {*exposed.split(", ")}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_nothing_is_written(desk, visit, method):
    answer = visit(PAGE, method)

    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("pages?limit=0", "limit"),
        ("pages?limit=101", "limit"),
        ("pages?limit=all", "limit"),
        ("pages?after=x", "after"),
        ("pages?after=99999999999999999999", "after"),
        ("pages?condition=a/b", "condition"),
        ("pages?lmit=5", "lmit"),
        ("conditions?after=a%20b", "after"),
        ("changes?after=", "after"),
        ("changes?after=1", "after"),
        ("changes?since=yesterday", "since"),
        ("changes?since=2026-02-30T00:00:00Z", "since"),
        (f"conditions/{POH}?format=xml", "format"),
    ],
)
def test_what_is_asked_wrongly_is_refused_with_a_sentence(desk, visit, asked, named):
    answer = visit(f"{ROOT}{asked}")
    said = json.loads(answer.body)

    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [one["parameter"] for one in said["errors"]] == [named]
    assert said["detail"].endswith(".")


@pytest.mark.parametrize(
    "address", ["x", "pages/a", f"pages/{POH}/research/editions/0", "docs/", "pages/"]
)
def test_what_is_nowhere_is_a_problem_too(desk, visit, address):
    answer = visit(f"{ROOT}{address}")

    assert answer.status == 404
    assert json.loads(answer.body)["type"].endswith("/api/v1/docs#problem-404")


def test_a_nul_is_refused_with_a_problem(visit, db):
    answer = visit(f"{ROOT}pages/\0/x")

    assert answer.status == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_database_that_is_away_is_told_as_a_problem(visit, no_database):
    answer = visit(PAGE)

    assert answer.status == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"] == "60"
    assert no_database not in answer.body.decode()


def test_a_fault_of_ours_is_told_as_a_problem(desk, visit, monkeypatch):
    def fail(*asked):
        raise RuntimeError("secret words")

    monkeypatch.setattr("conditions.in_order.pages", fail)

    answer = visit(f"{ROOT}pages")

    assert answer.status == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"secret" not in answer.body


def test_programs_that_ask_over_http_are_refused(visit, db, settings):
    settings.SECURE_SSL_REDIRECT = True

    answer = visit(f"{ROOT}pages")

    assert answer.status == 403
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_every_address_is_said_to_django_ninja_as_to_the_door():
    paths = document()["paths"]
    known = {
        path.removeprefix(ROOT): {
            one["name"] for one in said["get"]["parameters"] if one["in"] == "query"
        }
        for path, said in paths.items()
    }

    for pattern, asked in ASKED.items():
        words = pattern.replace("<slug:", "{").replace("<edition:", "{")
        if pattern not in ("docs", "openapi.json"):
            assert known.pop(words.replace(">", "}")) == set(asked)
    assert known == {}


def test_a_command_that_answers_nobody_does_not_load_django_ninja():
    words = "import conditions.urls, sys; print('ninja' in sys.modules)"
    setup = f"import django; django.setup(); {words}"
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", setup],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
    )

    assert said.stdout.strip() == "False"
    assert resolve(f"{ROOT}pages").func.__name__ == "door"


def test_the_documentation_names_every_address_and_shape(desk, visit):
    page = visit(f"{ROOT}docs").body.decode()

    for path in document()["paths"]:
        assert f"<code>{path}</code>" in page
    for name in document()["components"]["schemas"]:
        assert f'id="shape-{name}"' in page
        assert f'href="#shape-{name}"' in page
    assert "<script" not in page

"""The main job, from a page text to a signed public page and back, by HTTP alone."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from editorial import clock
from editorial.models import Summary
from tests.builders import (
    PASSWORD,
    make_editor,
    make_reviewer,
    make_sources,
    make_writer,
)
from tests.walking import Walker

PAGE_TEXT = """\
Short answer · Medically reviewed summary · Last updated: 2026-01-15
Progressive osseous heteroplasia (POH) is a rare condition in which bone forms in soft \
tissue. There is no cure yet, and care aims at symptoms. What are the most promising \
research directions for Progressive osseous heteroplasia? Research looks at a gene.
Progressive osseous heteroplasia (POH) is a rare condition in which bone forms in soft \
tissue. There is no cure yet, and care aims at symptoms.
Research looks at a gene. It is passed on by the father.
Medical disclaimer: This text is for education only.
"""
BODY = (
    "## What scientists are studying\n\n"
    "The changed gene comes from the father [@pmid:11784876].\n\n"
    "## What helps\n\n"
    "- physiotherapy\n"
    "- surgery for bone with a clear edge [@gard-poh]"
)
PAGE = "/conditions/progressive-osseous-heteroplasia/{question}/"
BELOW = ("", "editions/", "editions/1/", "editions/2/", "review.json", "index.md")
BELOW += ("editions/1/proof.json", "editions/2/proof.json")


@pytest.fixture
def people(db):
    editor = make_editor()
    make_writer(), make_reviewer(), make_sources(editor)


@pytest.fixture
def person(visit):
    """Log somebody in, as a browser of their own."""

    def log_in(username):
        walker = Walker(visit)
        assert walker.log_in(username, PASSWORD) == 200
        return walker

    return log_in


def desk_address(screen):
    return f"/admin/editorial/summary/{Summary.objects.get().pk}/{screen}/"


def move(walker, name, **typed):
    summary = Summary.objects.get()
    assert walker.go(desk_address(f"moves/{name}")) == 200
    status = walker.submit(revision=str(summary.revision), **typed)
    assert (status, Summary.objects.get().move) == (200, name)


def write(walker, body, **typed):
    assert walker.go(desk_address("change")) == 200
    assert walker.submit(body=body, **typed) == 200
    assert Summary.objects.get().body == body


def sign(walker, **typed):
    assert walker.go(desk_address("review")) == 200
    read = " ".join(re.findall(r'name="read" value="(\w+)"', walker.text))
    walker.submit(interests="none", password=PASSWORD, read=read, **typed)
    assert "Signed: edition" in walker.text


def test_from_a_page_text_to_a_signed_page_and_back(people, person, visit, tmp_path):
    file = tmp_path / "poh.txt"
    file.write_text(PAGE_TEXT)
    writer, reviewer, editor = person("tomas"), person("ines"), person("maren")

    # A page text comes in as a draft; what it claims of a review is not believed.
    call_command("import_summaries", str(file), by="maren")
    summary = Summary.objects.get()
    assert summary.status == "draft"
    assert "2026-01-15" in summary.history.get().history_change_reason
    page = PAGE.format(question=summary.question.slug)
    assert visit(page).status == 404

    # A writer works it into a text that cites, and the reviewer sends it back once.
    write(writer, BODY + "\n- hope")
    move(writer, "submit_for_review")
    move(reviewer, "request_changes", note="Hope is no treatment.", reasons="wrong")
    write(writer, BODY)
    move(writer, "submit_for_review")
    assert visit(page).status == 404

    # Signed with the password, it is live under the signature's own day.
    with clock.moved_to(datetime(2026, 5, 8, 12, tzinfo=UTC)):
        sign(reviewer, review_due_on="2027-05-08")
    first = visit(page).body.decode()
    assert visit(page).status == 200
    assert '<time datetime="2026-05-08">8 May 2026</time>' in first
    assert "Dr Ines Falk" in first

    # While a revision is written, readers keep the first edition.
    move(writer, "start_revision")
    write(writer, BODY + "\n- time")
    assert visit(page).body.decode() == first
    assert b"- time" not in visit(page + "index.md").body

    # Signed again: edition 2, and edition 1 stays readable under its own address.
    move(writer, "submit_for_review")
    sign(reviewer, change_type="new_evidence", note="Added what time does.")
    record = json.loads(visit(page + "review.json").body)
    assert record["edition"] == 2
    assert [visit(page + below).status for below in BELOW] == [200] * len(BELOW)

    # Withdrawn: 410 and the note at every address that carries the page's text.
    move(editor, "withdraw", reason="A doubt.", note="We are checking one sentence.")
    for below in BELOW:
        answer = visit(page + below)
        assert answer.status == 410
        assert b"We are checking one sentence." in answer.body
        assert b"physiotherapy" not in answer.body

    # Put back.
    move(editor, "reinstate", reason="The sentence was right.")
    assert [visit(page + below).status for below in BELOW] == [200] * len(BELOW)

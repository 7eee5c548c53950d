"""The life of a text by mouse, at a desk and on a telephone."""

import pytest

from tests.browser.at_the_text import body, press, shown
from tests.browser.days import (
    ALWAYS,
    BODY,
    DOI,
    NEW,
    POH,
    SHORT,
    USUALLY,
    Album,
    reviewed_today,
    stamp,
    widen,
)
from tests.browser.mouse import home, move
from tests.browser.ticking import tick_all
from tests.browser.visiting import password_of

DIAGNOSED = "How is progressive osseous heteroplasia diagnosed?"
AVOID = "What should people with progressive osseous heteroplasia avoid?"
PATTERNS = {
    DIAGNOSED: "How is … diagnosed?",
    AVOID: "What should people with … avoid?",
}


@pytest.fixture(scope="module")
def site(newsroom):
    return newsroom


@pytest.fixture(scope="module")
def sessions(newsroom_sessions):
    return newsroom_sessions


@pytest.fixture
def album(request):
    return Album(f"a-text-{request.node.callspec.id}")


def cite(writer, words):
    writer.fill("Cite a source", words)
    press(writer, "Find")


def write(writer, question, album):
    """Start the answer, write it, cite a known source and a new one, and submit it."""
    home(writer, album).follow("Start a summary")
    writer.choose("Condition", "progressive osseous heteroplasia")
    writer.choose("Question", PATTERNS[question])
    album.keep(writer, "start")
    writer.press("Start")
    album.keep(writer, "empty")
    writer.fill("Short answer", SHORT)
    writer.fill("Body", BODY)
    cite(writer, DOI)
    press(writer, "Cite")
    shown(writer, "Paternally inherited inactivating mutations")
    _add(writer, question, album)
    shown(writer, "the first sign")
    assert "[@pmid:11784876]" in body(writer).input_value()
    writer.fill("Evidence searched to", "2026-11-20")
    writer.press("Save")
    album.keep(writer, "saved")
    assert writer.sees("Saved.")
    move(writer, album, "Submit for review")
    assert writer.sees("Submitted for review.")
    album.keep(writer, "submitted")


def _add(writer, question, album):
    number = f"{NEW}{len(question)}"
    cite(writer, number)
    press(writer, "Add it and cite it")
    writer.fill("Title", f"A new paper on what people ask: {question}")
    writer.fill("Year", "2024")
    album.keep(writer, "new-source")
    press(writer, "Add and cite")
    shown(writer, "A new paper on what people ask")


def send_back(reviewer, question, album):
    home(reviewer, album).follow(question)
    album.keep(reviewer, "review")
    reviewer.follow("Request changes")
    reviewer.page.get_by_label("Unclear", exact=True).check()
    reviewer.fill("What must change?", "Not always.")
    album.keep(reviewer, "Request changes")
    reviewer.press("Request changes")
    assert reviewer.sees("Sent back to the writers with your note.")


def change(writer, question, album):
    home(writer, album).follow(question)
    assert writer.sees("Not always.")
    writer.fill("Body", body(writer).input_value().replace(ALWAYS, USUALLY))
    writer.press("Save")
    move(writer, album, "Submit for review")


def sign(reviewer, question, album, note=""):
    home(reviewer, album).follow(question)
    tick_all(reviewer)
    reviewer.page.get_by_label("None", exact=True).check()
    if note:
        reviewer.fill("A note to readers, if there is something to say", note)
    reviewer.fill("Your password", password_of("reviewer"))
    album.keep(reviewer, "sign")
    reviewer.press("Sign and publish")
    album.keep(reviewer, "signed")


@pytest.mark.parametrize(
    ("width", "question", "page"),
    [(1280, DIAGNOSED, "diagnosis"), (390, AVOID, "what-to-avoid")],
    ids=["1280", "390"],
)
def test_a_text(width, question, page, person, stranger, album):
    writer, reviewer, editor, reader = (
        widen(one, width)
        for one in (*map(person, ("writer", "reviewer", "editor")), stranger)
    )
    reader.open(f"{POH}/{page}/", status=404)
    write(writer, question, album)
    send_back(reviewer, question, album)
    change(writer, question, album)
    sign(reviewer, question, album)
    assert reviewer.sees("Signed: edition 1 is live now.")
    reader.open(f"{POH}/{page}/")
    assert stamp(reader) == reviewed_today()
    assert reader.sees(USUALLY)

    reviewer.press("Send to recheck")
    sign(reviewer, question, album)
    assert reviewer.sees("Signed: edition 2 is live now.")
    words = {"Why, for the record": "A doubt.", "Note to readers": "A line is wrong."}
    move(reviewer, album, "Withdraw from readers", words)
    reader.reload(status=410)
    album.keep(reader, "withdrawn")
    assert reader.sees("A line is wrong.")
    assert not reader.page.get_by_text(USUALLY).count()

    home(editor, album).follow(question)
    move(editor, album, "Put back", {"Why, for the record": "It is right."})
    reader.reload()
    assert reader.sees(USUALLY)

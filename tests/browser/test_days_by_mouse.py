"""Each person's day by mouse, from their home on; a text's day on a telephone too."""

import re

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
from tests.browser.looking import too_wide
from tests.browser.visiting import password_of

DIAGNOSED = "How is progressive osseous heteroplasia diagnosed?"
AVOID = "What should people with progressive osseous heteroplasia avoid?"
PATTERNS = {
    DIAGNOSED: "How is … diagnosed?",
    AVOID: "What should people with … avoid?",
}
FOP = "fibrodysplasia ossificans progressiva"


@pytest.fixture(scope="module")
def site(newsroom):
    return newsroom


@pytest.fixture(scope="module")
def sessions(newsroom_sessions):
    return newsroom_sessions


@pytest.fixture
def album(request):
    return Album(re.sub(r"\W+", "-", request.node.name.removeprefix("test_")))


def home(visitor, album):
    visitor.open("/admin/")
    album.keep(visitor, "home")
    return visitor


def room(visitor, name):
    """Open a room of the desk, out of the folded menu where it is folded."""
    link = visitor.page.get_by_role("link", name=name, exact=True).first
    if not link.is_visible():
        visitor.page.get_by_text("Menu", exact=True).click()
    visitor.follow(name)


def move(visitor, album, name, words=None):
    """Follow a verb of the panel, fill in its form by label, and confirm."""
    visitor.follow(name)
    for label, typed in (words or {}).items():
        visitor.fill(label, typed)
    album.keep(visitor, name)
    assert too_wide(visitor.page) == 0
    visitor.press(name)


def cite(writer, words):
    writer.fill("Cite a source", words)
    press(writer, "Find")


def write(writer, question, album):
    """Start the answer, write it, cite a known source and a new one, and submit it."""
    room(home(writer, album), "Summaries")
    writer.follow("Start a summary")
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
    move(reviewer, album, "Request changes", {"What must change?": "Not always."})
    assert reviewer.sees("Sent back to the writers with your note.")


def change(writer, question, album):
    home(writer, album).follow(question)
    assert writer.sees("Not always.")
    writer.fill("Body", body(writer).input_value().replace(ALWAYS, USUALLY))
    writer.press("Save")
    move(writer, album, "Submit for review")


def sign(reviewer, question, album, note=""):
    home(reviewer, album).follow(question)
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


def test_an_editor(person, album):
    editor = home(person("editor"), album)
    editor.follow(f"What should people with {FOP} avoid?")
    editor.follow("Assign a reviewer")
    editor.choose("Reviewer", "Jonas Adeyemi")
    album.keep(editor, "assign")
    editor.press("Assign a reviewer")
    album.keep(editor, "assigned")

    home(editor, album).follow(f"How common is {FOP}?")
    at = {"Publish not before": "2027-01-04T09:00"}
    move(editor, album, "Set a publication time", at)
    move(editor, album, "Publish")
    assert editor.sees("live: ")
    album.keep(editor, "published")


def test_an_editor_who_looks_back(person, album):
    editor = home(person("editor"), album)
    room(editor, "Summaries")
    editor.choose("Condition", FOP)
    editor.choose("What readers see", "Live")
    editor.press("Filter")
    album.keep(editor, "filtered")
    editor.follow(f"What are the most promising research directions for {FOP}?")
    editor.follow("History")
    album.keep(editor, "history")
    editor.fill("Compare revision", "1")
    editor.press("Compare")
    album.keep(editor, "compared")
    assert editor.page.locator("ins").first.is_visible()

    room(editor, "Sources")
    editor.fill("Search", "16642017")
    editor.press("Search")
    album.keep(editor, "sources")
    editor.page.locator(".results tbody a").first.click()
    editor.fill("Journal or publisher", "Nature Genetics, London")
    album.keep(editor, "source")
    editor.press("Save")
    album.keep(editor, "source-saved")
    home(editor, album)
    with editor.page.expect_navigation():
        editor.page.get_by_role("link", name="differ from the catalogue").click()
    album.keep(editor, "left-behind")
    assert editor.page.get_by_role("link", name="Send to recheck").first.is_visible()


def test_somebody_who_looks_after_people(person, arrive, site, album):
    people, invited = home(person("people"), album), arrive()
    room(people, "People")
    album.keep(people, "people")
    people.follow("Invite a person")
    people.fill("Username", "nour")
    people.fill("First name", "Nour")
    people.fill("Last name", "Haddad")
    people.fill("Mail address", "nour@example.org")
    people.page.get_by_label("Writer").check()
    album.keep(people, "invite")
    people.press("Invite")
    album.keep(people, "invited")

    link = re.search(r"http://\S+/accounts/invitation/\S+", site.printed.read_text())
    invited.open(link[0])
    album.keep(invited, "invitation")
    for field in invited.page.locator("input[type=password]").all():
        field.fill("a word of her own 2026")
    invited.page.locator("main button").first.click()
    album.keep(invited, "welcome")

    people.page.get_by_label("Editor").check()
    people.press("Save")
    album.keep(people, "roles")
    assert people.sees("editor, writer")


def test_a_stranger(stranger, album):
    stranger.open("/")
    album.keep(stranger, "home")
    stranger.follow("A to Z")
    album.keep(stranger, "a-to-z")
    stranger.follow("Fibrodysplasia ossificans progressiva")
    album.keep(stranger, "condition")
    stranger.follow(f"What are the most promising research directions for {FOP}?")
    stranger.page.get_by_role("link", name="Trials of medicines").click()
    assert stranger.page.url.endswith("#h-trials-of-medicines")
    stranger.page.get_by_role("link", name="Source 3").first.click()
    assert stranger.page.url.endswith("#source-3")
    stranger.page.locator("#source-3 .back a").first.click()
    assert "#cite-" in stranger.page.url
    stranger.follow("All editions")
    album.keep(stranger, "editions")
    stranger.follow("Edition 1")
    assert stranger.sees("It is not the live one.")
    stranger.page.get_by_text("The record as it was signed").click()
    album.keep(stranger, "edition")
    stranger.follow("Dr Ines Falk, MD")
    album.keep(stranger, "reviewer")
    stranger.follow("How we review")
    album.keep(stranger, "how-we-review")
    assert stranger.sees("Nothing medical is shown on this site until")

"""Each person's day by keyboard alone, and every stop of the focus is seen."""

import pytest

from tests.browser.at_the_text import shown
from tests.browser.days import (
    ALWAYS,
    BODY,
    POH,
    SHORT,
    USUALLY,
    Album,
    reviewed_today,
    stamp,
)
from tests.browser.keyboard import enter, go, push, skip, tab_to, write
from tests.browser.ticking import BOXES, tick_all_by_keys
from tests.browser.visiting import password_of

OUTLOOK = "What is the outlook for people with progressive osseous heteroplasia?"
PROMISING = "What are the most promising research directions for"
FOP = "fibrodysplasia ossificans progressiva"


@pytest.fixture(scope="module")
def site(newsroom):
    return newsroom


@pytest.fixture(scope="module")
def sessions(newsroom_sessions):
    return newsroom_sessions


@pytest.fixture
def album(request):
    return Album(request.node.name.removeprefix("test_") + "-by-keyboard")


@pytest.fixture
def enters(arrive):
    """Somebody who logs in by keyboard: `enters("writer")`, and is at home."""

    def enters(username):
        visitor = arrive()
        visitor.open("/admin/")
        write(visitor, "Username", username)
        write(visitor, "Password", password_of(username))
        enter(visitor)
        return visitor

    return enters


def cite(writer, words, button):
    """Ask the box and press what it finds, which puts the caret back into the text."""
    write(writer, "Cite a source", words, role="searchbox")
    writer.page.keyboard.press("Enter")
    writer.page.get_by_role("button", name=button, exact=True).wait_for()
    tab_to(writer, role="button", name=button)
    writer.page.keyboard.press("Enter")


def submit(writer):
    push(writer, "Save")
    assert writer.sees("Saved.")
    skip(writer)
    go(writer, "Submit for review")
    push(writer, "Submit for review")


def compose(writer, album):
    """Take up an answer that was set aside, with a known source and a new one."""
    go(writer, "Summaries", "Start a summary")
    tab_to(writer, role="combobox", name="Condition")
    writer.page.keyboard.type("prog")
    tab_to(writer, role="combobox", name="Question")
    writer.page.keyboard.press("End")
    push(writer, "Start")
    skip(writer)
    write(writer, "Short answer", SHORT)
    write(writer, "Body", BODY)
    cite(writer, "10.1056/NEJMoa011262", "Cite pmid:11784876")
    shown(writer, "Paternally inherited inactivating mutations")
    cite(writer, "PMID: 90106", "Add it and cite it")
    writer.page.get_by_label("Title", exact=True).wait_for()
    writer.page.keyboard.type("A paper typed in by keys")
    write(writer, "Year", "2024", role="spinbutton")
    album.keep(writer, "new-source")
    writer.page.keyboard.press("Enter")
    shown(writer, "A paper typed in by keys.")
    tab_to(writer, role="textbox", name="Evidence searched to")
    writer.page.keyboard.type("11202026")
    submit(writer)
    album.keep(writer, "submitted")


def sign(reviewer):
    skip(reviewer)
    if reviewer.page.locator(BOXES).count():
        tick_all_by_keys(reviewer)
    tab_to(reviewer, role="radio", name="None")
    reviewer.page.keyboard.press("Space")
    write(reviewer, "Your password", password_of("reviewer"))
    push(reviewer, "Sign and publish")


def move(visitor, name, words):
    skip(visitor)
    go(visitor, name)
    for label, typed in words.items():
        write(visitor, label, typed)
    push(visitor, name)


def test_a_text(enters, stranger, album):
    page, asked = f"{POH}/outlook/", OUTLOOK
    writer, reviewer, editor = map(enters, ("writer", "reviewer", "editor"))
    compose(writer, album)
    reviewer.reload()
    go(reviewer, asked)
    skip(reviewer)
    go(reviewer, "Request changes")
    tab_to(reviewer, role="checkbox", name="Unclear")
    reviewer.page.keyboard.press("Space")
    write(reviewer, "What must change?", "Not always.")
    push(reviewer, "Request changes")
    assert reviewer.sees("Sent back to the writers with your note.")

    go(writer, "Desk", asked)
    assert writer.sees("Not always.")
    changed = writer.page.get_by_label("Body", exact=True).input_value()
    write(writer, "Body", changed.replace(ALWAYS, USUALLY))
    submit(writer)
    go(reviewer, "Desk", asked)
    sign(reviewer)
    assert reviewer.sees("Signed: edition 1 is live now.")
    stranger.open(page)
    assert stamp(stranger) == reviewed_today()

    skip(reviewer)
    push(reviewer, "Send to recheck")
    sign(reviewer)
    assert reviewer.sees("Signed: edition 2 is live now.")
    words = {"Why, for the record": "A doubt.", "Note to readers": "A line is wrong."}
    move(reviewer, "Withdraw from readers", words)
    stranger.open(page, status=410)

    editor.reload()
    go(editor, asked)
    move(editor, "Put back", {"Why, for the record": "It is right."})
    stranger.open(page)
    assert stranger.sees(USUALLY)


def test_an_editor(enters, album):
    editor = enters("editor")
    keys = editor.page.keyboard
    go(editor, "What treatments are there for progressive osseous heteroplasia?")
    skip(editor)
    go(editor, "Assign a reviewer")
    tab_to(editor, role="combobox", name="Reviewer")
    keys.type("Jonas")
    push(editor, "Assign a reviewer")
    assert editor.sees("assigned to Jonas Adeyemi")

    go(editor, "Desk", f"How common is {FOP}?")
    skip(editor)
    go(editor, "Set a publication time")
    tab_to(editor, role="textbox", name="Publish not before")
    keys.type("01052027")
    keys.press("ArrowRight")
    keys.type("0900AM")
    album.keep(editor, "time")
    push(editor, "Set a publication time")
    assert editor.sees("not public before 5 January 2027, 09:00")


def test_an_editor_who_looks_back(enters):
    editor = enters("editor")
    keys = editor.page.keyboard
    go(editor, "Summaries")
    tab_to(editor, role="combobox", name="Condition")
    keys.type("fibro")
    push(editor, "Filter")
    skip(editor)
    go(editor, f"{PROMISING} {FOP}?", "History")
    write(editor, "Compare revision", "1", role="spinbutton")
    push(editor, "Compare")
    assert editor.page.locator("ins").first.is_visible()

    go(editor, "Sources")
    write(editor, "Search", "11784876", role="searchbox")
    enter(editor)
    skip(editor)
    go(editor, editor.page.locator(".results tbody a").first.inner_text())
    write(editor, "Journal or publisher", "N Engl J Med")
    push(editor, "Save")
    skip(editor)
    go(editor, "See what to do")
    assert editor.page.get_by_role("link", name="Send to recheck").first.is_visible()


def test_somebody_who_looks_after_people(enters):
    people = enters("people")
    keys = people.page.keyboard
    go(people, "People", "Invite a person")
    for label, words in {
        "First name": "Sami",
        "Last name": "Haddad",
        "Mail address": "sami@example.org",
        "Username": "sami",
    }.items():
        write(people, label, words)
    tab_to(people, role="checkbox", name="Writer")
    keys.press("Space")
    push(people, "Invite")
    assert people.sees("The invitation is on its way to sami@example.org.")

    skip(people)
    tab_to(people, role="checkbox", name="Editor")
    keys.press("Space")
    push(people, "Save")
    assert people.sees("editor, writer")


def test_a_stranger(stranger):
    keys = stranger.page.keyboard
    stranger.open("/")
    skip(stranger)
    tab_to(stranger, role="link", name="A to Z", back=True)
    enter(stranger)
    skip(stranger)
    go(stranger, "Fibrodysplasia ossificans progressiva", f"{PROMISING} {FOP}?")
    skip(stranger, "Skip to the answer")
    for link in ("Trials of medicines", "Source 3"):
        tab_to(stranger, role="link", name=link)
        keys.press("Enter")
    stranger.page.wait_for_url("**#source-3")
    back = stranger.page.locator("#source-3 .back a").first.get_attribute("aria-label")
    tab_to(stranger, role="link", name=back)
    keys.press("Enter")
    stranger.page.wait_for_url("**#cite-*")
    go(stranger, "All editions", "Edition 1", "Dr Ines Falk, MD", "How we review")
    assert stranger.sees("Nothing medical is shown on this site until")

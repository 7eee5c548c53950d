"""Each person's day by mouse, from their home on."""

import re

import pytest

from tests.browser.days import Album
from tests.browser.mouse import home, move, room

FOP = "fibrodysplasia ossificans progressiva"


@pytest.fixture(scope="module")
def site(newsroom):
    return newsroom


@pytest.fixture(scope="module")
def sessions(newsroom_sessions):
    return newsroom_sessions


@pytest.fixture
def album(request):
    return Album(request.node.name.removeprefix("test_"))


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

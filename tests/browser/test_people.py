"""Somebody leaves: their work goes to colleagues, by mouse and by keyboard alone."""

import pytest

from tests.browser.keyboard import enter, tab_to
from tests.browser.looking import barriers, overflow
from tests.browser.serving import demonstration

AVOID = "What should people with fibrodysplasia ossificans progressiva avoid?"
OUTLOOK = "What is the outlook for people with fibrodysplasia ossificans progressiva?"
# He has signed one of the two texts already, which needs another signature.
JONAS = "Jonas Adeyemi: may not sign 1 of the 2, which goes to nobody yet"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A newsroom of its own, which people may leave."""
    with demonstration(tmp_path_factory.mktemp("people")) as site:
        yield site


@pytest.fixture(scope="module")
def sessions():
    return {}


def test_a_reviewer_leaves_and_a_colleague_takes_over(person):
    people, editor = person("people"), person("editor")
    leaving, colleague = person("reviewer"), person("reviewer2")
    people.open("/admin/editorial/user/")

    people.follow("Ines Falk")
    people.follow("Shut the account…")
    assert people.sees("To review: 2")
    people.choose("Who reviews them", JONAS)
    people.press("Shut the account and hand over")

    assert people.sees("The account of Ines Falk is shut.")
    assert people.sees(
        "Handed over: 1 review to Jonas Adeyemi; 1 review to nobody yet."
    )
    assert overflow(people.page, 390) == 0
    assert barriers(people, "person-shut") == []
    leaving.open("/admin/")
    assert "/login/" in leaving.page.url
    colleague.open("/admin/")
    row = colleague.page.get_by_role("row").filter(has_text=AVOID)
    assert "Assigned to you" in row.inner_text()
    editor.open("/admin/")
    tile = editor.page.get_by_role("link", name="without a reviewer")
    assert tile.inner_text().split()[0] == "1"

    people.press("Reopen the account")
    assert people.sees("What was handed over is not handed back: 1 review to Jonas")


def test_a_writer_is_followed_by_another_by_keyboard_alone(person):
    people, follower = person("people"), person("writer2")
    keys = people.page.keyboard
    people.open("/admin/")

    for link in ("People", "Tomás Rey", "Shut the account…"):
        tab_to(people, role="link", name=link)
        enter(people)
    tab_to(people, role="combobox", name="Who writes on")
    keys.type("Lena")
    tab_to(people, role="button", name="Shut the account and hand over")
    enter(people)

    assert people.sees("Handed over: 2 texts to Lena Okafor.")
    follower.open("/admin/")
    row = follower.page.get_by_role("row").filter(has_text=OUTLOOK)
    assert "Sent back to you" in row.inner_text()


def test_a_publication_will_fail_once_its_editor_is_none(person, arrive):
    people, follower = person("people"), arrive()
    people.open("/admin/editorial/user/4/change/")
    people.page.get_by_label("Editor").check()
    people.press("Save")
    people.open("/admin/editorial/user/3/change/")

    people.page.get_by_label("Editor").uncheck()
    people.page.get_by_label("Writer").check()
    people.press("Save")
    assert people.sees("Maren Holt has work open that these roles do not cover.")
    people.follow("See it, and hand it over")

    assert people.sees("Nobody publishes in another’s name")
    assert overflow(people.page, 390) == 0
    assert barriers(people, "hand-over-of-a-role") == []
    # Another role ends every session: they log in with the one that they were given.
    follower.log_in("writer2")
    follower.open("/admin/")
    row = follower.page.get_by_role("row").filter(has_text="Will fail")
    assert "scheduled by Maren Holt, who is no editor any more" in row.inner_text()

"""What is typed wrongly meets a sentence that says what to do, and nothing is lost."""

import pytest

from tests.browser.looking import overflow, take_picture
from tests.browser.ticking import tick_all
from tests.browser.visiting import password_of

TABLE = "| Drug | Dose |\n| --- | --- |\n| A | 5 mg | twice |"
DUE = "Next review due"
DECLARED = "The interests that you declare"


def held(visitor, label):
    return visitor.page.get_by_label(label, exact=True).input_value()


@pytest.fixture
def reviewer(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")
    tick_all(reviewer)
    return reviewer


def declare(reviewer, due, password):
    reviewer.fill(DUE, due)
    reviewer.page.get_by_label("I declare", exact=True).check()
    reviewer.fill(DECLARED, "A talk, paid for in 2024.")
    reviewer.fill("Your password", password)
    reviewer.press("Sign and publish")
    assert reviewer.page.title().startswith("Not signed: ")
    assert (held(reviewer, DUE), held(reviewer, DECLARED)) == (
        due,
        "A talk, paid for in 2024.",
    )
    assert reviewer.page.get_by_label("I declare", exact=True).is_checked()
    assert held(reviewer, "Your password") == ""


def test_wrong_password(reviewer):
    declare(reviewer, "2027-03-01", "not this one")

    take_picture(reviewer.page, "wrong-password")
    assert reviewer.sees("That is not your password. Nothing was signed")


def test_review_that_is_due_in_the_past(reviewer):
    declare(reviewer, "2025-03-01", password_of("reviewer"))

    take_picture(reviewer.page, "wrong-due")
    assert reviewer.sees("The next review is due after today")


def test_note_that_is_too_long(person, summaries):
    reviewer, note = person("reviewer"), "Say where the figure is from. " * 200
    reviewer.open(f"{summaries['fop-what-to-avoid']}/moves/request_changes/")

    reviewer.fill("What must change?", note)
    reviewer.press("Request changes")

    take_picture(reviewer.page, "wrong-note")
    assert reviewer.sees("Shorten it to 5000 characters; it has ")
    assert held(reviewer, "What must change?").strip() == note.strip()
    assert overflow(reviewer.page, 390) == 0


def test_changes_requested_without_a_word(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/moves/request_changes/")

    reviewer.press("Request changes")

    take_picture(reviewer.page, "wrong-no-note")
    assert reviewer.sees("Say what must change.")


def test_start_without_a_choice(person):
    writer = person("writer")
    writer.open("/admin/editorial/summary/add/")

    writer.press("Start")

    take_picture(writer.page, "wrong-start")
    assert writer.sees("Choose a condition.")
    assert writer.sees("Choose a question.")


def test_table_with_a_cell_too_many(person, summaries):
    writer = person("writer")
    writer.open(f"{summaries['fop-outlook']}/change/")

    writer.fill("Body", TABLE)
    writer.press("Save")

    take_picture(writer.page, "wrong-table")
    assert writer.sees("Nothing is saved yet: mend what is marked below.")
    assert writer.sees("Line 3: ")
    assert held(writer, "Body") == TABLE


def test_publication_set_in_the_past(person, summaries):
    editor = person("editor")
    editor.open(f"{summaries['fop-how-common']}/moves/schedule/")

    editor.fill("Publish not before", "2020-01-04T09:00")
    editor.press("Set a publication time")

    take_picture(editor.page, "wrong-time")
    assert editor.sees("Choose a time that has not come yet.")
    assert held(editor, "Publish not before") == "2020-01-04T09:00"


def test_invitation_without_a_word(person):
    people = person("people")
    people.open("/admin/editorial/user/add/")

    people.press("Invite")

    take_picture(people.page, "wrong-invitation")
    assert people.sees("Type their first name.")
    assert people.sees("Type their mail address.")
    assert people.sees("Choose a username for them.")
    assert people.sees("Choose at least one role.")

"""A day of the newsroom in a real browser, from an empty draft to a withdrawal."""

import re
from datetime import UTC, datetime

import pytest

from tests.browser.visiting import password_of

POH = "/conditions/progressive-osseous-heteroplasia/"
SHORT = "Doctors look at the skin, at X-ray pictures and at the *GNAS* gene."
BODY = """## What doctors look at

Bone in the skin from early childhood is the first sign [@gard-poh].

## What a test adds

A change in *GNAS* supports the diagnosis [@pmid:11784876]."""
BETTER = "Bone in the skin from early childhood is usually the first sign [@gard-poh]."
TAB_AT_MOST = 200


def begin(writer, question):
    """A draft of the question for POH, with a text that may go to review."""
    writer.open("/admin/editorial/summary/add/")
    writer.choose("Condition", "progressive osseous heteroplasia")
    writer.choose("Question", question)
    writer.press("Start")
    writer.fill("Short answer", SHORT)
    writer.fill("Body", BODY)
    writer.fill("Evidence searched to", "2026-11-20")


def move(visitor, name, confirm=None, **typed):
    """Follow a verb of the panel, fill in its little form and confirm."""
    visitor.follow(name)
    for label, words in typed.items():
        visitor.fill(label.replace("_", " "), words)
    visitor.press(confirm or name)


def sign_with_the_mouse(reviewer, password):
    reviewer.page.get_by_label("None", exact=True).check()
    reviewer.fill("Your password", password)
    reviewer.press("Sign and publish")


def find(visitor, question):
    """Open the text from the desk's list of summaries."""
    visitor.open("/admin/editorial/summary/?q=POH")
    visitor.follow(f"{question} progressive osseous heteroplasia diagnosed?")


def today():
    day = datetime.now(UTC)
    return f"{day.day} {day:%B %Y}"


def test_day_from_an_empty_draft_to_a_withdrawal(person, stranger):
    writer, reviewer, editor = map(person, ("writer", "reviewer", "editor"))
    page = f"{POH}diagnosis/"

    begin(writer, "How is … diagnosed?")
    writer.press("Preview")
    shown = writer.page.frame_locator("iframe.preview")
    assert shown.get_by_text("is the first sign").is_visible()
    writer.press("Save")
    assert writer.sees("Saved.")
    move(writer, "Submit for review")
    assert writer.sees("Submitted for review.")
    stranger.open(page, status=404)

    find(reviewer, "How is")
    reviewer.follow("Review")
    move(
        reviewer, "Request changes", **{"What must change?": "Usually, but not always."}
    )
    assert reviewer.sees("Sent back to the writers with your note.")

    find(writer, "How is")
    writer.fill("Body", BODY.replace(BODY.splitlines()[2], BETTER))
    writer.press("Save")
    move(writer, "Submit for review")

    find(reviewer, "How is")
    reviewer.follow("Review")
    sign_with_the_mouse(reviewer, password_of("reviewer"))
    assert reviewer.sees("Signed: edition 1 is live now.")

    stranger.open(page)
    stamp = stranger.page.locator(".stamp").inner_text()
    assert re.sub(r"\s+", " ", stamp).strip() == (
        f"Medically reviewed summary · Last updated: {today()}"
    )
    assert stranger.sees("is usually the first sign")

    find(editor, "How is")
    move(
        editor,
        "Withdraw from readers",
        Why__for_the_record="A doubt.",
        Note_to_readers="We are checking one sentence with its source.",
    )
    assert editor.sees("Withdrawn: readers see your note now.")
    stranger.open(page, status=410)
    assert stranger.sees("We are checking one sentence with its source.")
    assert not stranger.page.get_by_text("is usually the first sign").count()

"""A day of the newsroom in a real browser, from an empty draft to a withdrawal."""

from datetime import UTC, datetime

from tests.browser.visiting import enter, password_of, tab_to

POH = "/conditions/progressive-osseous-heteroplasia"
DIAGNOSED = "How is progressive osseous heteroplasia diagnosed?"
AVOID = "What should people with progressive osseous heteroplasia avoid?"
SHORT = "Doctors look at the skin, at X-ray pictures and at the *GNAS* gene."
FIRST = "Bone in the skin from early childhood is the first sign [@gard-poh]."
USUALLY = "Bone in the skin from early childhood is usually the first [@gard-poh]."
BODY = f"""## What doctors look at

{FIRST}

## What a test adds

A change in *GNAS* supports the diagnosis [@pmid:11784876]."""


def begin(writer, question):
    """Start the answer for POH and type a text that may go to review."""
    writer.open("/admin/editorial/summary/add/")
    writer.choose("Condition", "progressive osseous heteroplasia")
    writer.choose("Question", question)
    writer.press("Start")
    writer.fill("Short answer", SHORT)
    writer.fill("Body", BODY)
    writer.fill("Evidence searched to", "2026-11-20")


def move(visitor, name, words=None):
    """Follow a verb of the panel, fill in its form by label, and confirm."""
    visitor.follow(name)
    for label, typed in (words or {}).items():
        visitor.fill(label, typed)
    visitor.press(name)


def find(visitor, question):
    """Open a text from the list of summaries."""
    visitor.open("/admin/editorial/summary/")
    visitor.follow(question)


def read(reviewer, question):
    find(reviewer, question)
    reviewer.follow("Review")


def sign(reviewer, password):
    reviewer.page.get_by_label("None", exact=True).check()
    reviewer.fill("Your password", password)
    reviewer.press("Sign and publish")


def stamp(reader):
    return " ".join(reader.page.locator(".stamp").inner_text().split())


def reviewed_today():
    now = datetime.now(UTC)
    return f"Medically reviewed summary · Last updated: {now.day} {now:%B %Y}"


def test_day_from_an_empty_draft_to_a_withdrawal(person, stranger):
    writer, reviewer, editor = map(person, ("writer", "reviewer", "editor"))
    page = f"{POH}/diagnosis/"

    begin(writer, "How is … diagnosed?")
    writer.press("Preview")
    shown = writer.page.frame_locator("iframe.preview")
    shown.get_by_text("is the first sign").wait_for()
    writer.press("Save")
    assert writer.sees("Saved.")
    move(writer, "Submit for review")
    assert writer.sees("Submitted for review.")
    stranger.open(page, status=404)

    read(reviewer, DIAGNOSED)
    move(reviewer, "Request changes", {"What must change?": "Usually, not always."})
    assert reviewer.sees("Sent back to the writers with your note.")

    find(writer, DIAGNOSED)
    writer.fill("Body", BODY.replace(FIRST, USUALLY))
    writer.press("Save")
    move(writer, "Submit for review")

    read(reviewer, DIAGNOSED)
    sign(reviewer, password_of("reviewer"))
    assert reviewer.sees("Signed: edition 1 is live now.")

    stranger.open(page)
    assert stamp(stranger) == reviewed_today()
    assert stranger.sees("is usually the first")

    find(editor, DIAGNOSED)
    words = {"Why, for the record": "A doubt.", "Note to readers": "One line is wrong."}
    move(editor, "Withdraw from readers", words)
    assert editor.sees("Withdrawn: readers see your note now.")

    stranger.reload(status=410)
    assert stranger.sees("One line is wrong.")
    assert stranger.page.get_by_text("is usually the first").count() == 0


def test_reviewer_signs_by_keyboard_alone(person, arrive, stranger):
    writer, reviewer = person("writer"), arrive()
    keys = reviewer.page.keyboard
    begin(writer, "What should people with … avoid?")
    writer.press("Save")
    move(writer, "Submit for review")

    reviewer.open("/admin/")
    tab_to(reviewer, role="textbox", name="Username")
    keys.type("reviewer")
    tab_to(reviewer, role="textbox", name="Password")
    keys.type(password_of("reviewer"))
    enter(reviewer)
    for link in ("Summaries", AVOID, "Review"):
        tab_to(reviewer, role="link", name=link)
        enter(reviewer)
    tab_to(reviewer, role="radio", name="None")
    keys.press("Space")
    tab_to(reviewer, role="textbox", name="Your password")
    keys.type(password_of("reviewer"))
    tab_to(reviewer, role="button", name="Sign and publish")
    enter(reviewer)

    assert reviewer.sees("Signed: edition 1 is live now.")
    stranger.open(f"{POH}/what-to-avoid/")
    assert stamp(stranger) == reviewed_today()


def test_wrong_password_keeps_what_was_typed(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")

    reviewer.fill("Next review due", "2027-03-01")
    reviewer.page.get_by_label("I declare", exact=True).check()
    reviewer.fill("The interests that you declare", "A talk, paid for in 2024.")
    reviewer.fill("Your password", "not this one")
    reviewer.press("Sign and publish")

    assert reviewer.page.title().startswith("Not signed: ")
    kept = [
        reviewer.page.get_by_label(label, exact=True).input_value()
        for label in ("Next review due", "The interests that you declare")
    ]
    assert kept == ["2027-03-01", "A talk, paid for in 2024."]
    assert reviewer.page.get_by_label("I declare", exact=True).is_checked()
    assert reviewer.page.get_by_label("Your password").input_value() == ""

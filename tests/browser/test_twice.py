"""A real double click on every button that acts: one act, and news of success."""

import pytest

from tests.browser.ticking import tick_all
from tests.browser.visiting import password_of

LIST = "/admin/editorial/summary/"


@pytest.fixture
def at(arrive, sessions, person):
    """A colleague with or without JavaScript: `at("writer", scripts=False)`."""

    def at(username, *, scripts):
        person(username)
        disk = sessions[username]
        return arrive(storage_state=disk, java_script_enabled=scripts)

    return at


def twice(visitor, name, says):
    """Press a button twice, as fast as a hand can, and read what came of it."""
    button = visitor.page.get_by_role("button", name=name, exact=True)
    button.dblclick(no_wait_after=True)
    visitor.page.get_by_text(says).first.wait_for()
    visitor.page.wait_for_load_state()
    assert visitor.page.get_by_role("alert").count() == 0


def fields(visitor, **typed):
    for label, words in typed.items():
        visitor.fill(label.replace("_", " "), words)


def revisions(visitor, path):
    """The number of the newest revision."""
    visitor.open(f"{path}/history/")
    return int(visitor.page.locator(".event .number a").first.inner_text().split()[-1])


@pytest.mark.parametrize("scripts", [True, False])
def test_every_button_of_a_texts_way_pressed_twice(at, scripts):
    writer, reviewer, editor = (
        at(who, scripts=scripts) for who in ("writer", "reviewer", "editor")
    )
    name = "spondyloenchondrodysplasia" if scripts else "melorheostosis"
    editor.open("/admin/conditions/condition/add/")
    fields(editor, Name=name)
    twice(editor, "Save", f"Saved: {name}.")

    writer.open(f"{LIST}add/")
    writer.choose("Condition", name)
    writer.choose("Question", "How is … diagnosed?")
    twice(writer, "Start", "Started. Now write the answer.")
    path = writer.page.url.removesuffix("/change/")
    short = (
        f"{name.capitalize()} is found on pictures. Doctors look at X-ray pictures of "
        "the bones, and at how the bones have grown over the years."
    )
    fields(writer, Short_answer=short, Body="On X-ray pictures [@gard-poh].")
    twice(writer, "Save", "Saved.")
    writer.open(f"{path}/history/1/")
    twice(writer, "Restore this text", "Restored the text of revision 1.")
    writer.open(f"{path}/history/2/")
    twice(writer, "Restore this text", "Restored the text of revision 2.")
    for move, words, says in (
        ("Submit for review", {}, "Submitted for review."),
        ("Recall", {"Why is it taken back?": "A slip."}, "Recalled from review."),
        ("Submit for review", {}, "Submitted for review."),
    ):
        writer.follow(move)
        fields(writer, **words)
        twice(writer, move, says)

    reviewer.open(f"{path}/review/")
    twice(reviewer, "Claim this review", "The assignment is noted.")
    tick_all(reviewer)
    reviewer.page.get_by_label("None", exact=True).check()
    reviewer.fill("Your password", password_of("reviewer"))
    twice(reviewer, "Sign and publish", "Signed: edition 1 is live now.")

    for move, words, says in (
        (
            "Withdraw from readers",
            {"Why, for the record": "A doubt.", "Note to readers": "We look at it."},
            "Withdrawn: readers see your note now.",
        ),
        ("Put back", {"Why, for the record": "Settled."}, "Put back: edition 1 is"),
    ):
        editor.open(f"{path}/review/")
        editor.follow(move)
        fields(editor, **words)
        twice(editor, move, says)
    editor.open(f"{path}/review/")
    twice(editor, "Send to recheck", "Sent to recheck.")

    assert revisions(writer, path) == 12


def test_people_are_invited_once_by_two_clicks(person, site):
    people = person("people")
    people.open("/admin/editorial/user/add/")
    fields(people, Username="twice", First_name="Ada", Mail_address="ada@example.org")
    people.page.get_by_label("Writer").check()

    twice(people, "Invite", "Made an account for Ada.")
    first = site.printed.read_text().count("To: ada@example.org")
    twice(people, "Send the invitation again", "The invitation is on its way.")
    people.follow("Shut the account…")
    twice(people, "Shut the account", "The account of Ada is shut.")

    mails = site.printed.read_text().count("To: ada@example.org")
    # The invitation, the one sent again, and that the account is shut.
    assert (first, mails) == (1, 3)


def test_button_says_that_it_sends_and_comes_back(person, summaries):
    editor = person("editor")
    editor.open(f"{summaries['fop-research']}/moves/assign/")
    editor.page.route("**/moves/**", lambda route: route.fulfill(status=204))
    editor.listening = False  # such an answer leaves the page, and fails its sending
    button = editor.page.locator("form[data-keep] button[type=submit]")

    button.click(no_wait_after=True)
    editor.page.get_by_text("Sending…").wait_for()
    assert button.get_attribute("aria-disabled") == "true"

    editor.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert button.inner_text() == "Assign a reviewer"
    assert button.get_attribute("aria-disabled") is None


def test_form_sent_again_by_the_back_button_does_no_harm(person, summaries):
    writer = person("writer2")
    path = summaries["fop-causes"]
    before = revisions(writer, path)
    writer.open(f"{path}/change/")
    writer.fill("Reason for this change", "Clearer.")
    writer.fill("Note on the drafting", "Once more.")
    writer.press("Save")
    writer.page.go_back()

    writer.press("Save")

    assert writer.page.get_by_role("alert").count() == 0
    assert revisions(writer, path) == before + 1


def test_restore_in_a_second_tab_says_who_was_first(person, summaries):
    first = person("writer2")
    second, path = first.new_tab(), summaries["fop-causes"]
    for tab in (first, second):
        tab.open(f"{path}/history/1/")
    first.fill("Reason", "It was better.")
    first.press("Restore this text")
    second.fill("Reason", "No, for another reason.")

    second.press("Restore this text")

    assert second.sees("changed this summary at")
    kept = second.page.get_by_label("Reason", exact=True).input_value()
    assert kept == "No, for another reason."

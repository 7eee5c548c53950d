"""A text that preflight holds back until a reason is written, in a real browser."""

from tests.browser.looking import barriers, overflow
from tests.browser.ticking import tick_all
from tests.browser.visiting import password_of

NAME = "osteopoikilosis"
SHORT = (
    f"{NAME.capitalize()} is found on pictures. Doctors look at X-ray pictures of the "
    "bones, and at how the bones have grown over the years."
)
HELD = "There is no cure [@gard-poh]."
DOSED = "A study gave 5 mg of it to some of them [@gard-poh]."
WHY = "The dose is the study’s own."


def begun(writer, editor):
    """A text of its own, so that no other test finds one changed."""
    editor.open("/admin/conditions/condition/add/")
    editor.fill("Name", NAME)
    editor.press("Save")
    writer.open("/admin/editorial/summary/add/")
    writer.choose("Condition", NAME)
    writer.choose("Question", "How is … diagnosed?")
    writer.press("Start")
    writer.fill("Short answer", SHORT)
    return writer.page.url.removesuffix("/change/")


def test_a_reason_leads_a_text_past_preflight(person):
    writer, reviewer = person("writer"), person("reviewer")
    path = begun(writer, person("editor"))

    writer.fill("Body", HELD)
    writer.press("Save")
    writer.open(f"{path}/moves/submit_for_review/")
    assert writer.sees("Preflight holds this text back. Body, “There is no cure”")
    writer.follow("Look at it beside the text")

    writer.fill("Body", DOSED)
    writer.press("Save")
    writer.follow("Submit for review")
    writer.press("Submit for review")
    assert writer.sees("Nothing was done: mend what is marked below.")
    assert overflow(writer.page, 320) == 0
    assert barriers(writer, "reason-asked") == []
    writer.open(f"{path}/moves/submit_for_review/")
    writer.fill("Body, “5 mg” (P22)", WHY)
    writer.press("Submit for review")
    assert writer.sees("Submitted for review.")

    reviewer.open(f"{path}/review/")
    panel = reviewer.page.get_by_role("region", name="Preflight")
    assert panel.get_by_text(WHY).is_visible()
    assert overflow(reviewer.page, 320) == 0
    assert barriers(reviewer, "reason-read") == []
    reviewer.open(f"{path}/review/")
    tick_all(reviewer)
    reviewer.page.get_by_label("None", exact=True).check()
    reviewer.fill("Your password", password_of("reviewer"))
    reviewer.press("Sign and publish")
    assert reviewer.sees("Signed: edition 1 is live now.")

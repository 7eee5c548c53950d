"""A writer at the text: its page follows, as readers will see it."""

import pytest

from tests.browser.at_the_text import body, says, shown, told
from tests.browser.looking import barriers, overflow

LONG = "\n\n".join(f"Paragraph {n} says a few plain words." for n in range(60))


@pytest.fixture
def writer(person, summaries):
    writer = person("writer")
    writer.open(f"{summaries['fop-outlook']}/change/")
    return writer


def test_preview_and_words_follow_what_is_typed(writer):
    writer.fill("Body", "Nobody typed these words before.")

    shown(writer, "Nobody typed these words before.")
    assert told(writer, "body") == "5 words, under 1 minute to read."
    says(writer, "Follows what you type.")


def test_preview_keeps_its_place_while_it_follows(writer):
    writer.fill("Body", LONG)
    shown(writer, "Paragraph 59 says")
    frame = writer.page.frames[1]
    frame.evaluate("window.scrollTo(0, 900)")

    body(writer).press("Control+End")
    body(writer).press_sequentially(" And one word more.")
    shown(writer, "And one word more.")

    assert frame.evaluate("window.scrollY") == 900


def test_preview_comes_back_when_a_link_in_it_is_followed(writer):
    writer.listening = False
    frame = writer.page.frame_locator("iframe.preview")
    frame.get_by_role("link", name="Conditions").first.click()
    writer.page.wait_for_timeout(500)

    shown(writer, "Draft: not reviewed")
    writer.fill("Body", "Words after the link.")

    shown(writer, "Words after the link.")


def test_fault_is_told_with_its_line_and_the_last_good_preview_stays(writer):
    writer.fill("Body", "These words are good.")
    shown(writer, "These words are good.")

    writer.fill("Body", "These words are good.\n\n[@ no citation")

    says(writer, "The preview stands still: mend what is marked")
    assert writer.page.locator("[data-fault=body]").inner_text().startswith("Line 3: ")
    assert body(writer).get_attribute("aria-invalid") == "true"
    shown(writer, "These words are good.")
    writer.fill("Body", "These words are better.")
    shown(writer, "These words are better.")
    assert body(writer).get_attribute("aria-invalid") is None


def test_lapsed_login_is_said_and_takes_nothing_away(writer):
    writer.listening = False
    writer.page.context.clear_cookies(name="session")
    writer.fill("Body", "Words typed too late.")

    says(writer, "The preview stands still: you have been logged out.")
    assert body(writer).input_value() == "Words typed too late."


def test_desk_out_of_reach_is_said_and_tried_again(writer):
    writer.listening = False
    writer.page.context.set_offline(True)
    writer.fill("Body", "Words typed in a tunnel.")
    says(writer, "The preview stands still: the desk cannot be reached.")

    writer.page.context.set_offline(False)

    shown(writer, "Words typed in a tunnel.")
    says(writer, "Follows what you type.")


def test_preview_is_one_press_away_and_back(writer):
    writer.page.set_viewport_size({"width": 390, "height": 844})
    writer.fill("Short answer", "One small answer.")

    writer.press("Preview")

    shown(writer, "One small answer.")
    assert writer.page.get_by_role("heading", name="As readers").is_visible()
    assert body(writer).input_value() != ""
    writer.follow("Back to the text")
    assert writer.page.url.endswith("#text-title")


def test_questions_are_marked_as_soon_as_a_condition_is_chosen(person):
    writer = person("writer")
    writer.open("/admin/editorial/summary/add/")

    writer.choose("Condition", "fibrodysplasia ossificans progressiva")
    writer.page.get_by_role("heading", name="There already").wait_for()
    options = writer.page.get_by_label("Question", exact=True).locator("option")
    label = next(o for o in options.all_inner_texts() if "outlook" in o)
    writer.choose("Question", label)

    writer.page.get_by_role("link", name="open it").wait_for()
    assert label.endswith("(changes requested)")
    assert overflow(writer.page, 390) == 0
    assert barriers(writer, "start-chosen") == []


def test_preflight_follows_what_is_typed_and_leads_to_the_words(writer):
    writer.fill("Body", "It is rare.\n\nThere is no cure, and key signs include:")

    panel = writer.page.get_by_role("region", name="Preflight")
    panel.get_by_text("Preflight: ").wait_for()
    panel.get_by_role("link", name="“There is no cure”").first.click()

    marked = body(writer).evaluate("one => [one.selectionStart, one.selectionEnd]")
    assert marked == [13, 29]
    assert overflow(writer.page, 320) == 0
    assert barriers(writer, "preflight") == []

"""A writer at the text: its page follows, and sources are cited without leaving it."""

import pytest

from tests.browser.looking import barriers, overflow, too_wide
from tests.browser.test_a_day import tab_to

KNOWN = "https://doi.org/10.1038/ng1783"
LONG = "\n\n".join(f"Paragraph {n} says a few plain words." for n in range(60))


@pytest.fixture
def writer(person, summaries):
    writer = person("writer")
    writer.open(f"{summaries['fop-outlook']}/change/")
    return writer


@pytest.fixture
def plain(arrive, summaries):
    """A writer whose browser runs no scripts."""
    plain = arrive(java_script_enabled=False)
    plain.log_in("writer")
    plain.open(f"{summaries['fop-outlook']}/change/")
    return plain


def body(visitor):
    return visitor.page.get_by_label("Body", exact=True)


def shown(visitor, words):
    """Wait until the preview has the words."""
    frame = visitor.page.frame_locator("iframe.preview")
    frame.get_by_text(words).first.wait_for()


def told(visitor, name):
    return visitor.page.locator(f"[data-told={name}]").inner_text()


def says(visitor, words):
    """Wait until the preview says the words of itself."""
    visitor.page.locator("[data-live-says]", has_text=words).wait_for()


def ask(visitor, words):
    """Type into the box and press Enter, as everybody does."""
    visitor.fill("Cite a source", words)
    visitor.page.get_by_label("Cite a source").press("Enter")


def press(visitor, name):
    """Press a button of the box, which brings no new page."""
    visitor.page.locator("#sources").get_by_role("button", name=name).first.click()


def stand_after(visitor, words):
    """Type a body and put the caret behind some of its words."""
    visitor.fill("Body", "One two three. Four five.")
    body(visitor).evaluate(
        "(field, at) => { field.focus(); field.setSelectionRange(at, at); }",
        "One two three. Four five.".index(words) + len(words),
    )


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


def test_known_source_is_cited_where_the_writer_stands(writer):
    stand_after(writer, "One two")

    ask(writer, KNOWN)
    writer.page.get_by_text("Known:", exact=True).wait_for()
    press(writer, "Cite")

    shown(writer, "A recurrent mutation in the BMP")
    assert body(writer).input_value() == "One two [@pmid:16642017] three. Four five."
    assert body(writer).evaluate("field => field === document.activeElement")


def test_citation_stands_behind_the_word_that_the_caret_is_in(writer):
    stand_after(writer, "One two thr")

    ask(writer, "genereviews-fop")
    press(writer, "Cite genereviews-fop")

    writer.page.get_by_text("Cited: ").wait_for()
    assert body(writer).input_value() == "One two three [@genereviews-fop]. Four five."


def test_unknown_source_is_added_and_cited_in_one_go(writer):
    stand_after(writer, "five.")
    ask(writer, "PMID: 90001")
    press(writer, "Add it and cite it")
    writer.page.get_by_label("Title", exact=True).wait_for()
    press(writer, "Add and cite")
    writer.page.get_by_text("This field is required.").first.wait_for()

    writer.fill("Title", "A paper that nobody had added")
    writer.fill("Year", "2001")
    press(writer, "Add and cite")

    shown(writer, "A paper that nobody had added.")
    assert body(writer).input_value() == "One two three. Four five. [@pmid:90001]"
    assert writer.sees("Added to the catalogue and cited: A paper that nobody had")


def test_pasting_into_the_box_finds_at_once(writer):
    writer.page.get_by_label("Cite a source").evaluate(
        "(box, words) => { box.value = words;"
        " box.dispatchEvent(new ClipboardEvent('paste', { bubbles: true })); }",
        KNOWN,
    )

    writer.page.get_by_text("Known:", exact=True).wait_for()


def test_source_is_added_and_cited_by_keyboard_alone(writer):
    keys = writer.page.keyboard
    writer.fill("Body", "Words.")
    tab_to(writer, role="searchbox", name="Cite a source")
    keys.type("PMID: 90002")
    keys.press("Enter")
    writer.page.get_by_role("button", name="Add it and cite it").wait_for()
    tab_to(writer, role="button", name="Add it and cite it")
    keys.press("Enter")
    writer.page.get_by_label("Title", exact=True).wait_for()
    keys.type("A paper typed in by keys")
    tab_to(writer, role="spinbutton", name="Year")
    keys.type("1999")
    keys.press("Enter")

    shown(writer, "A paper typed in by keys.")
    assert body(writer).input_value() == "Words. [@pmid:90002]"


def test_preview_is_one_press_away_and_back(writer):
    writer.page.set_viewport_size({"width": 390, "height": 844})
    writer.fill("Short answer", "One small answer.")

    writer.press("Preview")

    shown(writer, "One small answer.")
    assert writer.page.get_by_role("heading", name="As readers").is_visible()
    assert body(writer).input_value() != ""
    writer.follow("Back to the text")
    assert writer.page.url.endswith("#text-title")


@pytest.mark.parametrize("width", [320, 390, 1280, 1600])
def test_writing_screen_never_scrolls_sideways(writer, width):
    ask(writer, "https://www.example.org/a/page/that/nobody/has/yet")
    press(writer, "Add it and cite it")
    writer.page.get_by_label("Title", exact=True).wait_for()

    assert overflow(writer.page, width) == 0
    assert too_wide(writer.page.frames[1]) == 0


def test_form_of_a_new_source_is_open_to_everybody(writer):
    ask(writer, "https://www.example.org/a/page")
    press(writer, "Add it and cite it")
    writer.page.get_by_label("Title", exact=True).wait_for()

    assert barriers(writer, "writing-new-source") == []


def test_source_is_added_and_cited_without_a_script(plain):
    plain.fill("Body", "Words.")
    plain.fill("Cite a source", "PMID: 90003")
    plain.press("Find")
    plain.press("Add it and cite it")
    plain.fill("Year", "2001")
    plain.press("Add and cite")
    assert plain.sees("This field is required.")

    plain.fill("Title", "A paper added without a script")
    plain.press("Add and cite")

    assert body(plain).input_value() == "Words. [@pmid:90003]"
    shown(plain, "A paper added without a script.")


def test_enter_in_the_box_saves_nothing_without_a_script(plain):
    plain.fill("Body", "Words that nobody saves.")
    plain.fill("Cite a source", "genereviews")
    with plain.page.expect_navigation():
        plain.page.get_by_label("Cite a source").press("Enter")

    assert plain.page.get_by_role("button", name="Cite genereviews-fop").is_visible()
    assert plain.sees("Not saved yet: this is what you typed.")
    assert body(plain).input_value() == "Words that nobody saves."


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

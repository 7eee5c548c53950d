"""A writer at the text finds, adds and cites sources without leaving it."""

import pytest

from tests.browser.at_the_text import ask, body, press, shown, stand_after
from tests.browser.keyboard import tab_to
from tests.browser.looking import barriers, overflow, too_wide

KNOWN = "https://doi.org/10.1038/ng1783"


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

"""The buttons above a text's fields write the marks that our Markdown has."""

import pytest

from conditions import markup

FIELD = "id_body"


class Tools:
    """The toolbar of one field, and the field."""

    def __init__(self, visitor, field=FIELD):
        self.page = visitor.page
        self.field = self.page.locator(f"#{field}")
        self.bar = self.page.locator(f"markdown-toolbar[for={field}]")
        self.field.fill("")

    def press(self, name, text="", chosen=""):
        """With `text` in the field and `chosen` of it selected; returns the text."""
        self.field.fill(text)
        at = text.index(chosen)
        self.field.evaluate(
            "(e, at) => e.setSelectionRange(...at)", [at, at + len(chosen)]
        )
        self.button(name).click()
        return self.text

    def button(self, name):
        return self.bar.get_by_role("button", name=name, exact=True)

    @property
    def text(self):
        return self.field.input_value()

    @property
    def chosen(self):
        return self.field.evaluate(
            "e => e.value.slice(e.selectionStart, e.selectionEnd)"
        )


@pytest.fixture
def writer(person, summaries):
    visitor = person("writer")
    visitor.open(f"{summaries['fop-outlook']}/change/")
    return visitor


@pytest.fixture
def tools(writer):
    return Tools(writer)


# The button, the text, what of it is selected, and what the text becomes.
CASES = [
    ("Heading", "one two", "two", "## one two"),
    ("Heading", "a\n## b", "b", "a\n\nb"),
    ("Subheading", "## one", "one", "### one"),
    ("Subheading", "a\nb\nc", "b", "a\n\n### b\n\nc"),
    ("Bold", "one two", "two", "one **two**"),
    ("Bold", "one **two**", "two", "one two"),
    ("Italic", "one two three", "two ", "one *two* three"),
    ("Italic", "ACVR1 gene", "", "*ACVR1* gene"),
    ("Italic", "*one* two", "one", "one two"),
    ("Italic", "**one** two", "one", "***one*** two"),
    ("Bold", "***one*** two", "one", "*one* two"),
    ("Italic", "- one\n- two", "- one\n- two", "- *one*\n- *two*"),
    ("Bullets", "a\n\none\n\ntwo\n\nb", "one\n\ntwo", "a\n\n- one\n- two\n\nb"),
    ("Bullets", "- one\n- two", "- one\n- two", "one\n\ntwo"),
    ("Numbers", "- one\n- two", "- one\n- two", "1. one\n2. two"),
    ("Quote", "one\ntwo", "one\ntwo", "> one\n>\n> two"),
    ("Quote", "> one", "one", "one"),
    ("Link", "one two", "two", "one [two](https://example.org/)"),
    ("Table", "one\n\ntwo", "one",
     "one\n\n| First column | Second column |\n| --- | --- |\n| Words | Words |"
     "\n\ntwo"),
]  # fmt: skip


def test_each_button_writes_a_mark_that_passes(tools):
    for name, text, chosen, becomes in CASES:
        assert tools.press(name, text, chosen) == becomes
        markup.check(tools.text)


def test_undo_takes_each_button_back(tools):
    for name, text, chosen, becomes in CASES:
        assert tools.press(name, text, chosen) == becomes

        tools.page.keyboard.press("Control+Z")
        assert tools.text == text


def test_an_address_that_is_selected_becomes_the_link(tools):
    tools.press("Link", "see https://e.org/x here", "https://e.org/x")

    assert tools.text == "see [https://e.org/x](https://e.org/x) here"


def test_the_address_of_a_new_link_is_selected(tools):
    tools.press("Link", "one two", "two")

    assert tools.chosen == "https://example.org/"


def test_a_quotation_begins_with_a_letter(tools):
    assert tools.press("Quote", "60 people", "60") == "60 people"

    said = tools.page.locator(f"[data-said-of={FIELD}]").inner_text()
    assert said.startswith("A quotation begins with a letter")


def test_keys_press_the_buttons(tools):
    tools.field.fill("gene")
    tools.field.select_text()

    tools.page.keyboard.press("Control+I")
    assert tools.text == "*gene*"
    tools.page.keyboard.press("Control+B")
    assert tools.text == "***gene***"
    tools.field.fill("see")
    tools.page.keyboard.press("Control+K")
    assert tools.text == "[see](https://example.org/)"


def test_the_toolbar_is_one_stop_and_arrows_move_in_it(tools):
    tools.page.get_by_label("Short answer", exact=True).focus()
    tools.page.keyboard.press("Tab")
    names = [tools.page.evaluate("document.activeElement.textContent")]
    for key in ("ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home"):
        tools.page.keyboard.press(key)
        names.append(tools.page.evaluate("document.activeElement.textContent"))
    tools.page.keyboard.press("Tab")

    assert names == ["Heading", "Subheading", "Table", "Heading", "Table", "Heading"]
    assert tools.page.evaluate("document.activeElement.id") == FIELD


def test_a_button_is_pressed_by_keyboard(tools):
    tools.field.fill("one")
    tools.page.keyboard.press("Shift+Tab")
    tools.page.keyboard.press("Enter")

    assert tools.text == "## one"
    assert tools.page.evaluate("document.activeElement.id") == FIELD


def test_the_short_answer_has_emphasis_alone(writer):
    bar = Tools(writer, "id_short_answer").bar

    assert bar.get_by_role("button").all_inner_texts() == ["Bold", "Italic"]


def test_no_button_is_shown_without_scripts(person, arrive, sessions, summaries):
    person("writer")
    reader = arrive(java_script_enabled=False, storage_state=sessions["writer"])
    reader.open(f"{summaries['fop-outlook']}/change/")

    assert reader.page.get_by_role("button", name="Bold").count() == 0
    assert reader.page.locator(f"#{FIELD}").is_visible()

"""Words are selected, commented on and adopted; by keyboard and without scripts too."""

import pytest

from tests.browser.at_the_text import body, shown
from tests.browser.looking import barriers, overflow

TEXT = "fop-diagnosis"
SELECT = """([words, frame]) => {
  const page = frame ? document.querySelector(frame).contentDocument : document;
  const root = frame ? page.body : page.querySelector("[data-quotable]");
  const walker = page.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    page.getSelection().setBaseAndExtent(
      walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
}"""


def select(visitor, words, frame=""):
    visitor.page.evaluate(SELECT, [words, frame])
    visitor.page.locator("[data-quoting] a").wait_for()


def quoted(visitor):
    return visitor.page.get_by_label("The words that it is about").input_value()


@pytest.fixture
def words(person, summaries):
    """Some words of the text, which stand in it once."""
    writer = person("writer2")
    writer.open(f"{summaries[TEXT]}/change/")
    typed = body(writer).input_value()
    words = typed.split("\n\n")[1].split(" [")[0]
    assert typed.count(words) == 1
    return words


def test_selected_words_are_commented_on_and_adopted_in_one_press(
    person, summaries, words
):
    reviewer, writer = person("reviewer"), person("writer")
    reviewer.open(f"{summaries[TEXT]}/review/")
    select(reviewer, words)
    assert quoted(reviewer) == words
    reviewer.page.locator("[data-quoting] a").press("Enter")
    reviewer.page.keyboard.type("Say it as the source does.")
    proposed = f"{words}, says our source"
    reviewer.page.get_by_label("Words to put in their place").fill(proposed)
    reviewer.press("Comment")
    assert reviewer.page.locator("mark.commented").inner_text() == words
    assert barriers(reviewer, "review-commented") == []
    assert overflow(reviewer.page, 390) == 0

    writer.open(f"{summaries[TEXT]}/change/")
    assert overflow(writer.page, 390) == 0
    assert barriers(writer, "write-commented") == []
    writer.open(f"{summaries[TEXT]}/change/")
    writer.page.get_by_role("button", name="Use these words").press("Enter")

    writer.page.get_by_text("stand in the text now, as yours").wait_for()
    assert proposed in body(writer).input_value()
    writer.open(f"{summaries[TEXT]}/comments/")
    assert writer.sees("Tomás Rey")
    assert overflow(writer.page, 390) == 0
    assert barriers(writer, "comments") == []


def test_words_of_the_field_and_of_the_page_are_quoted_as_they_are_selected(
    person, summaries, words
):
    writer = person("writer")
    writer.open(f"{summaries[TEXT]}/change/")

    body(writer).evaluate(
        """(field, words) => {
          const at = field.value.indexOf(words);
          field.focus();
          field.setSelectionRange(at, at + words.length);
        }""",
        words,
    )
    writer.page.locator("[data-quoting] a").wait_for()
    assert quoted(writer) == words
    shown(writer, words)
    select(writer, words.split(" ", 1)[1], "iframe.preview")
    writer.page.wait_for_function(
        "words => document.getElementById('comment_quote').value === words",
        arg=words.split(" ", 1)[1],
    )


def test_a_comment_begun_is_not_changed_by_what_is_selected(person, summaries, words):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries[TEXT]}/review/")
    select(reviewer, words)
    reviewer.fill("Your comment", "Begun.")

    reviewer.page.evaluate(SELECT, [words.split()[-1], ""])
    reviewer.page.wait_for_timeout(600)

    assert quoted(reviewer) == words


def test_words_are_commented_on_without_scripts(arrive, summaries, words):
    plain = arrive(java_script_enabled=False)
    plain.log_in("reviewer")
    plain.open(f"{summaries[TEXT]}/review/")

    plain.fill("The words that it is about", words.split(" ", 2)[2])
    plain.fill("Your comment", "Is it so?")
    plain.press("Comment")

    assert plain.sees("Is it so?")

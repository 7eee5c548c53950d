"""A shared computer: what a person typed there is forgotten if they say so."""

import pytest

from tests.browser.looking import barriers, overflow
from tests.browser.test_keeping import WORDS, short, stored, write

FORGET = "Forget what is not saved"
POISON = """() => {
  const bad = '"__proto__": ["bad"], "constructor": ["bad"]';
  const fields = `{${bad}, "short_answer": ["good"]}`;
  const [key] = Object.keys(localStorage).filter((one) => one.includes(" kept "));
  localStorage.setItem(key, `{${bad}, "at": ${Date.now()}, "fields": ${fields}}`);
}"""


@pytest.fixture
def leaver(arrive, open_text):
    """A writer who logs out with words that were not saved."""
    visitor = arrive()
    visitor.log_in("writer")
    visitor.open(open_text)
    write(visitor, f"{WORDS} Left.")
    visitor.press("Log out")
    return visitor


def test_log_out_keeps_what_was_typed_until_told_otherwise(leaver, open_text):
    assert leaver.sees("kept in this browser, and offered to you")
    assert barriers(leaver, "logged-out") == []
    assert overflow(leaver.page, 390) == 0

    leaver.log_in("writer")
    leaver.open(open_text)

    assert leaver.sees("You typed here on")


def test_a_shared_computer_forgets_the_words_of_who_left(leaver, open_text):
    leaver.page.evaluate("localStorage.setItem('countersign kept 999 x 1', '{}')")

    leaver.page.get_by_role("button", name=FORGET).click()

    said = leaver.page.get_by_text("Forgotten: nothing that you typed is kept")
    assert said.get_attribute("role") == "status"
    assert said.evaluate("one => one === document.activeElement")
    assert not leaver.page.get_by_role("button", name=FORGET).count()
    # A colleague's are theirs to throw away.
    assert list(stored(leaver)) == ["countersign kept 999 x 1"]


def test_who_left_nothing_is_asked_nothing(arrive):
    visitor = arrive()
    visitor.log_in("writer2")

    visitor.press("Log out")

    assert not visitor.sees("kept in this browser")
    assert not visitor.page.get_by_role("button", name=FORGET).is_visible()


def test_a_poisoned_store_changes_no_object(leaver, open_text):
    leaver.page.evaluate(POISON)
    leaver.log_in("writer")
    leaver.open(open_text)

    leaver.page.get_by_role("button", name="Put it back").first.click()

    assert short(leaver).input_value() == "good"
    assert leaver.page.evaluate("({})[0] === undefined && ({}).bad === undefined")

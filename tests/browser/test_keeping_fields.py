"""Every field of the writing form is kept as its body is: none is typed in vain."""

import pytest

from tests.browser.visiting import password_of

FIELDS = {
    "Short answer": "An answer of every field.",
    "Body": "A body of every field [@gard-poh].",
    "Evidence searched to": "2026-02-03",
    "How it was drafted": "machine_assisted",
    "Note on the drafting": "A machine listed the papers.",
    "Reason for this change": "A paper came out.",
}
ASKED = "#writing :is(textarea, select, input):not([type=hidden], [type=search])"
NOT_SAVED = "Not saved yet; kept in this browser since"


def fill_in(visitor):
    for label, words in FIELDS.items():
        one = visitor.page.get_by_label(label, exact=True)
        select = one.evaluate("one => Boolean(one.options)")
        (one.select_option if select else one.fill)(words)


def filled_in(visitor):
    return {
        label: visitor.page.get_by_label(label, exact=True).input_value()
        for label in FIELDS
    }


def kept(visitor):
    """Wait until the browser keeps what was typed last."""
    last = FIELDS["Reason for this change"]
    visitor.page.wait_for_function(
        "words => Object.values(localStorage).some((one) => one.includes(words))",
        arg=last,
    )


def put_back(visitor):
    visitor.page.get_by_role("button", name="Put it back").first.click()


def test_these_are_all_fields_of_the_form(person, open_text):
    writer = person("writer")
    writer.open(open_text)

    assert writer.page.locator(ASKED).count() == len(FIELDS)


def test_closed_tab_gives_back_every_field(person, open_text):
    tab = person("writer")
    tab.open(open_text)
    fill_in(tab)
    kept(tab)
    again = tab.new_tab()
    tab.page.close()

    again.open(open_text)
    assert filled_in(again) != FIELDS
    put_back(again)

    assert filled_in(again) == FIELDS


@pytest.mark.parametrize("label", FIELDS)
def test_closed_tab_gives_back_a_field_that_alone_was_changed(person, open_text, label):
    tab = person("writer")
    tab.open(open_text)
    one = tab.page.get_by_label(label, exact=True)
    select = one.evaluate("one => Boolean(one.options)")
    (one.select_option if select else one.fill)(FIELDS[label])
    tab.page.locator("[data-standing]", has_text=NOT_SAVED).wait_for()
    again = tab.new_tab()
    tab.page.close()

    again.open(open_text)
    put_back(again)

    assert filled_in(again)[label] == FIELDS[label]


@pytest.mark.parametrize("scripts", [True, False])
def test_lapsed_login_gives_back_every_field(arrive, open_text, scripts):
    writer = arrive(java_script_enabled=scripts)
    writer.log_in("writer")
    writer.open(open_text)
    fill_in(writer)
    writer.page.context.clear_cookies(name="session")

    writer.press("Save")
    writer.fill("Username", "writer")
    writer.fill("Password", password_of("writer"))
    writer.press("Log in")
    writer.press("Go on")

    assert filled_in(writer) == FIELDS

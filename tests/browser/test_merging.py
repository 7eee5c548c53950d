"""Two tabs that save one text: what each typed is chosen from, and nothing is lost."""

import pytest

from tests.browser.keyboard import enter
from tests.browser.looking import barriers, overflow

MOST_TABS = 200
ONE, TWO, THREE = "The first sign is a toe.", "A picture shows bone.", "A test helps."


def body(one=ONE, two=TWO, three=THREE):
    return f"## How\n\n{one}\n\n{two}\n\n{three}"


@pytest.fixture
def begin(person, summaries):
    """Saves the text that both tabs begin with, and opens it in each."""

    def begin(name):
        first = person("writer2")
        place = f"{summaries[name]}/change/"
        first.open(place)
        first.fill("Body", body())
        first.press("Save")
        second = first.new_tab()
        for tab in (first, second):
            tab.open(place)
        return first, second

    return begin


def save(tab, **words):
    tab.fill("Body", body(**words))
    tab.press("Save")


def passage(tab, number):
    return tab.page.get_by_role("group", name=f"Passage {number}:")


def test_what_two_tabs_saved_is_chosen_by_mouse_and_put_together(begin):
    first, second = begin("fop-diagnosis")
    save(first, one="The first sign is a big toe.", two="A picture shows new bone.")
    save(second, two="A picture shows bone growing.", three="A test of the gene helps.")

    assert second.page.title().startswith("Not saved: ")
    assert overflow(second.page, 390) == 0
    assert barriers(second, "conflict") == []
    second.listening = True
    second.press("Put together")
    assert second.sees("Nothing is put together yet.")
    assert overflow(second.page, 320) == 0
    assert barriers(second, "conflict-incomplete") == []
    second.page.get_by_role(
        "link", name="Passage 2: both changed it, not alike"
    ).click()
    assert (
        passage(second, 2)
        .get_by_role("radio")
        .first.evaluate("one => one === document.activeElement")
    )

    passage(second, 2).get_by_label("Both, one after the other").check()
    second.press("Put together")
    merged = (
        "## How\n\nThe first sign is a big toe.\n\nA picture shows new bone.\n\n"
        "A picture shows bone growing.\n\nA test of the gene helps."
    )
    assert second.page.get_by_label("Body", exact=True).input_value() == merged
    shown = second.page.frame_locator("iframe.preview")
    assert shown.get_by_text("A test of the gene helps.").is_visible()
    second.press("Save")

    assert second.sees("Saved.")
    assert second.page.get_by_label("Body", exact=True).input_value() == merged
    assert second.page.get_by_text("Texts kept from a conflict").count() == 0
    second.follow("History")
    assert second.sees("Merged the kept text no.")


def test_what_two_tabs_saved_is_merged_by_keyboard_alone(begin):
    first, second = begin("fop-outlook")
    save(first, two="A picture shows new bone.")
    save(second, two="A picture shows bone growing.")
    keys = second.page.keyboard

    tab_to(second, passage(second, 1).get_by_role("radio").first)
    keys.press("ArrowDown")
    keys.press("Space")
    assert passage(second, 1).get_by_label("The kept text").is_checked()
    tab_to(second, second.page.get_by_role("button", name="Put together"))
    enter(second)
    tab_to(second, second.page.get_by_role("button", name="Save", exact=True))
    enter(second)

    assert second.sees("Saved.")
    assert second.page.get_by_label("Body", exact=True).input_value() == body(
        two="A picture shows bone growing."
    )


def test_a_kept_text_is_found_at_home_and_left_out(begin):
    first, second = begin("fop-causes")
    save(first, two="A picture shows new bone.")
    save(second, two="A picture shows bone growing.")

    second.open("/admin/")
    assert barriers(second, "home-with-a-kept-text") == []
    second.listening = True
    second.page.get_by_role("link", name="Your text of ").first.click()
    second.page.get_by_text("Nothing of the kept text is needed").click()
    second.fill("Why is nothing of it needed?", "The other says it better.")
    second.press("Leave it out")

    assert second.sees("The kept text is off the lists; the history still has it.")
    second.open("/admin/")
    assert second.page.get_by_role("link", name="Your text of ").count() == 0


def test_two_texts_are_merged_without_scripts(arrive, sessions, begin, person):
    person("writer2")
    first, _ = begin("fop-diagnosis")
    plain = arrive(storage_state=sessions["writer2"], java_script_enabled=False)
    plain.open(first.page.url.removeprefix(first.origin))
    save(first, two="A picture shows new bone.")

    save(plain, two="A picture shows bone growing.")
    plain.page.get_by_label("The kept text").check()
    plain.press("Put together")
    plain.press("Save")

    assert plain.sees("Saved.")


def tab_to(visitor, wanted):
    """Press Tab until it has the focus, which must then be seen."""
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            break
    assert wanted.evaluate("one => one.matches(':focus-visible')")
    assert wanted.evaluate("one => getComputedStyle(one).outlineStyle") != "none"

"""The coverage grid by keyboard, and in a narrow window."""

import pytest

from tests.browser.looking import HEIGHT

FOCUSED = "document.activeElement"
PLACE = f"[{FOCUSED}.closest('tr').sectionRowIndex, {FOCUSED}.closest('td').cellIndex]"


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["ArrowRight"], [0, 2]),
        (["ArrowRight", "ArrowLeft", "ArrowLeft"], [0, 1]),
        (["ArrowDown"], [1, 1]),
        (["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"], [0, 1]),
        (["End"], [0, 8]),
        (["End", "ArrowRight", "Home"], [0, 1]),
    ],
)
def test_arrows_lead_from_cell_to_cell(person, keys, place):
    editor = person("editor")
    editor.open("/admin/coverage/")
    editor.page.locator("td a").first.focus()

    for key in keys:
        editor.page.keyboard.press(key)

    assert editor.page.evaluate(PLACE) == place


def test_the_conditions_stay_beside_the_cells_that_are_scrolled_to(person):
    editor = person("editor")
    editor.page.set_viewport_size({"width": 390, "height": HEIGHT})
    editor.open("/admin/coverage/")
    head = editor.page.locator("tbody th").first
    before = head.bounding_box()["x"]

    editor.page.locator("td a").first.focus()
    editor.page.keyboard.press("End")

    box = editor.page.locator(".grid-box")
    assert box.evaluate("box => box.scrollLeft") > 0
    assert head.bounding_box()["x"] == before
    last = editor.page.locator("tbody tr").first.locator("td a").last.bounding_box()
    right = head.bounding_box()["x"] + head.bounding_box()["width"]
    assert right <= last["x"] <= 390 - last["width"]


def test_an_empty_cell_begins_a_draft_in_two_presses(person):
    writer = person("writer")
    writer.open("/admin/coverage/")

    writer.page.locator("tbody a", has_text="+").first.click()

    chosen = writer.page.locator("select").evaluate_all("all => all.map(s => s.value)")
    assert writer.page.url.split("?")[0].endswith("/admin/editorial/summary/add/")
    assert all(chosen[:2])

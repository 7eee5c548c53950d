"""The desk's look holds by keyboard, in colours of one's own, folded and on paper."""

import pytest

from tests.browser.keyboard import enter, tab_to
from tests.browser.looking import HEIGHT, barriers, overflow, take_picture

NARROW = {"width": 390, "height": HEIGHT}
LIST = "/admin/editorial/summary/"
DUE = "What are the most promising research directions for"
BORDER = "one => getComputedStyle(one).borderTopStyle"
RING = "one => getComputedStyle(one).outlineStyle"


def test_menu_folds_in_a_narrow_window_and_opens_by_keyboard(person):
    editor = person("editor")
    editor.page.set_viewport_size(NARROW)
    editor.open(LIST)
    rooms = editor.page.get_by_role("navigation", name="Desk")
    menu = editor.page.locator(".menu > summary")

    assert editor.page.locator("header.top").bounding_box()["height"] < 64
    assert not rooms.is_visible()
    menu.focus()
    editor.page.keyboard.press("Enter")

    assert rooms.get_by_role("link").all_inner_texts() == [
        *("Desk", "Summaries", "Coverage", "Conditions", "Questions", "Sources"),
        *("Reviewers", "Reports", "People"),
    ]
    current = rooms.locator("[aria-current]")
    assert current.all_inner_texts() == ["Summaries"]
    assert overflow(editor.page, 320) == 0
    assert barriers(editor, "menu") == []


def test_rooms_stand_in_one_line_where_there_is_room(person):
    editor = person("editor")
    editor.open(LIST)

    rooms = editor.page.get_by_role("navigation", name="Desk")

    assert rooms.is_visible()
    assert not editor.page.locator(".menu > summary").is_visible()
    assert editor.page.locator("header.top").bounding_box()["height"] < 64


def test_header_scrolls_away(person):
    editor = person("editor")
    editor.page.set_viewport_size({"width": 844, "height": 390})
    editor.open(LIST)

    editor.page.mouse.wheel(0, 600)

    box = editor.page.locator("header.top").bounding_box
    editor.page.wait_for_function("scrollY > 200")
    assert box()["y"] < 0


def test_skip_link_leads_to_the_content(person):
    writer = person("writer")
    writer.open(LIST)

    tab_to(writer, role="link", name="Skip to the content")
    writer.page.keyboard.press("Enter")

    assert writer.page.evaluate("document.activeElement.id") == "content"
    writer.page.keyboard.press("Tab")
    inside = "document.activeElement.closest('main') !== null"
    assert writer.page.evaluate(inside)


def test_way_from_the_home_to_a_summary_and_back_by_keyboard(person):
    reviewer = person("reviewer")
    reviewer.open("/admin/")
    tile = reviewer.page.locator(".tiles a").filter(has_text="overdue").inner_text()

    tab_to(reviewer, role="link", name=" ".join(tile.split()))
    enter(reviewer)
    assert reviewer.page.url.endswith("?due=overdue&signer=%3Ame")
    asked = f"{DUE} progressive osseous heteroplasia?"
    tab_to(reviewer, role="link", name=asked)
    enter(reviewer)
    assert reviewer.page.get_by_role("heading", level=1).inner_text() == asked
    tab_to(reviewer, role="link", name="Desk")
    enter(reviewer)

    assert reviewer.page.get_by_role("heading", level=1).inner_text() == (
        "What waits for you"
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_list_is_filtered_without_a_script(person, width):
    editor = person("editor")
    editor.page.set_viewport_size({"width": width, "height": HEIGHT})
    editor.open(LIST)

    if width == 390:
        editor.page.locator(".filters > summary").click()
    editor.choose("State", "In review")
    editor.choose("Condition", "progressive osseous heteroplasia")
    editor.press("Filter")

    rows = editor.page.locator(".results tbody tr")
    assert rows.count() == 1
    with editor.page.expect_navigation():
        editor.page.get_by_role("link", name="State: In review").click()
    assert editor.page.locator(".chosen").inner_text().count("✕") == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_no_list_scrolls_sideways_inside_a_box(person, width):
    editor = person("editor")
    for room in ("conditions/source", "conditions/reviewer", "editorial/user"):
        editor.page.set_viewport_size({"width": width, "height": HEIGHT})
        editor.open(f"/admin/{room}/")

        box = editor.page.locator(".results")
        assert box.evaluate("one => one.scrollWidth - one.clientWidth") == 0


def test_states_and_focus_are_seen_in_colours_of_ones_own(arrive, person):
    cookies = person("reviewer").page.context.storage_state()
    reviewer = arrive(storage_state=cookies, forced_colors="active")
    reviewer.open(LIST)
    take_picture(reviewer.page, "summaries-forced-colours")

    badges = reviewer.page.locator(".state")
    assert {badge.evaluate(BORDER) for badge in badges.all()} == {"solid"}
    assert all(badge.inner_text() for badge in badges.all())
    for place in ("Search", "State"):
        field = reviewer.page.get_by_label(place, exact=True)
        field.focus()
        reviewer.page.keyboard.press("Shift+Tab")
        reviewer.page.keyboard.press("Tab")
        assert field.evaluate(RING) == "solid"


def test_greyed_button_is_told_from_others_in_colours_of_ones_own(
    arrive, person, summaries
):
    cookies = person("reviewer").page.context.storage_state()
    reviewer = arrive(storage_state=cookies, forced_colors="active")
    reviewer.open(f"{summaries['fop-research']}/review/")

    greyed = reviewer.page.locator("a.button[aria-disabled=true]").first
    plain = reviewer.page.locator("a.button:not([aria-disabled])").first

    assert (greyed.evaluate(BORDER), plain.evaluate(BORDER)) == ("dashed", "solid")


def test_paper_shows_what_was_reviewed_and_nothing_to_press(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")

    reviewer.page.emulate_media(media="print")

    for pressed in ("header.top", "button", "a.button", "input"):
        assert not reviewer.page.locator(pressed).first.is_visible(), pressed
    assert reviewer.page.locator("iframe.preview").is_visible()
    assert reviewer.page.get_by_role("heading", name="Sources (1)").is_visible()


def test_nothing_moves(person):
    writer = person("writer")
    writer.open("/admin/")

    moving = """[...document.querySelectorAll("*")].filter(one => {
        const style = getComputedStyle(one)
        return style.transitionDuration !== "0s" || style.animationName !== "none"
    }).length"""

    assert writer.page.evaluate(moving) == 0

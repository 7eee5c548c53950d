"""The review screen in a real browser: one scroll, sources beside, errors that lead."""

import pytest

from tests.browser.looking import HEIGHT, barriers, overflow
from tests.browser.ticking import tick_all

WIDE, NARROW = 1280, 390
FRAME = "iframe.preview"
INSIDE = "one => one.contentDocument.documentElement.scrollHeight"


def widen(visitor, width):
    visitor.page.set_viewport_size({"width": width, "height": HEIGHT})


def box(visitor, selector):
    return visitor.page.locator(selector).first.bounding_box()


def scrolls_inside(visitor):
    """How many pixels of the framed page are not seen without a scroll inside."""
    frame = visitor.page.locator(FRAME)
    return frame.evaluate(INSIDE) - frame.evaluate("one => one.clientHeight")


@pytest.mark.parametrize("way", ["review", "change"])
def test_frame_shows_the_whole_page_at_every_width(person, summaries, way):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-research']}/{way}/")

    for width in (WIDE, NARROW, 320, WIDE):
        widen(reviewer, width)
        reviewer.page.wait_for_timeout(200)
        assert abs(scrolls_inside(reviewer)) <= 1, width


def test_frame_scrolls_where_no_script_runs(person, arrive, sessions, summaries):
    person("reviewer")
    plain = arrive(storage_state=sessions["reviewer"], java_script_enabled=False)

    plain.open(f"{summaries['fop-research']}/review/")

    assert box(plain, FRAME)["height"] >= 500


def test_a_change_is_reached_from_the_list_and_the_next_from_it(person, summaries):
    reviewer = person("reviewer2")
    reviewer.open(f"{summaries['fop-causes']}/review/")
    widen(reviewer, NARROW)

    reviewer.page.locator(".jumps a").nth(1).click()
    assert focused(reviewer) == "change-2"
    assert 0 <= box(reviewer, "#change-2")["y"] < HEIGHT

    reviewer.page.locator("#change-2").get_by_role("link", name="Next change").click()
    assert focused(reviewer) == "change-3"


def focused(visitor):
    return visitor.page.evaluate("document.activeElement.id")


def test_the_frame_of_a_figure_touches_no_word(person, summaries):
    reviewer = person("reviewer2")
    reviewer.open(f"{summaries['fop-causes']}/review/")

    gaps = reviewer.page.locator("#change-2 .num").evaluate_all(
        """ones => ones.map(one => {
            const before = document.createRange();
            before.selectNodeContents(one.previousSibling);
            const last = [...before.getClientRects()].at(-1);
            const here = one.getBoundingClientRect();
            return last.bottom < here.top ? 99 : here.left - last.right;
        })"""
    )

    assert gaps
    assert min(gaps) >= 1


def test_sources_stand_beside_their_passage_and_below_it_on_a_phone(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")
    passage = "#text .beside:has(.cites)"

    widen(reviewer, WIDE)
    text, cites = box(reviewer, f"{passage} .reading"), box(reviewer, ".cites")
    assert cites["x"] >= text["x"] + text["width"]
    assert abs(cites["y"] - text["y"]) < 40

    widen(reviewer, NARROW)
    text, cites = box(reviewer, f"{passage} .reading"), box(reviewer, ".cites")
    assert cites["y"] >= text["y"] + text["height"]


def test_every_fault_is_a_link_to_its_field(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")
    tick_all(reviewer)

    reviewer.press("Sign and publish")
    assert focused(reviewer) == "not-signed"
    reviewer.page.locator("#not-signed").get_by_text("Type your password").click()
    assert focused(reviewer) == "id_password"
    reviewer.page.locator("#not-signed").get_by_text("Say whether you have").click()
    assert focused(reviewer) == "id_interests_0"


def test_the_way_to_the_sign_off_is_in_reach_on_a_phone(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")
    widen(reviewer, NARROW)

    way = reviewer.page.locator(".to-sign a")
    place = way.bounding_box()
    assert place["y"] + place["height"] <= HEIGHT
    assert place["height"] >= 44
    way.click()

    assert 0 <= box(reviewer, "#sign-off")["y"] < HEIGHT


@pytest.mark.parametrize("width", [NARROW, 320])
@pytest.mark.parametrize("name", ["fop-what-to-avoid", "fop-causes", "fop-research"])
def test_a_review_is_never_wider_than_its_window(person, summaries, name, width):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries[name]}/review/")

    assert overflow(reviewer.page, width) == 0


def test_what_is_not_possible_is_reached_by_keyboard_and_says_why(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")

    reviewer.page.get_by_text("Not possible now").focus()
    reviewer.page.keyboard.press("Enter")
    assert reviewer.sees("“Send to recheck” needs one that is reviewed.")
    assert barriers(reviewer, "review-not-possible") == []

    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")
    reviewer.page.get_by_text("Not possible now").focus()
    reviewer.page.keyboard.press("Enter")
    reviewer.page.keyboard.press("Tab")
    with reviewer.page.expect_navigation():
        reviewer.page.keyboard.press("Enter")
    assert "/moves/" in reviewer.page.url

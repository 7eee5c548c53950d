"""Reading a review in a real browser: ticks, keys, word of a text that moved."""

import time
from contextlib import nullcontext

import pytest

from tests.browser.looking import barriers, overflow, overflow_of_large_text
from tests.browser.serving import demonstration
from tests.browser.ticking import BOXES, settled, tick_all
from tests.browser.visiting import Visitor, password_of

SIGN = "Sign and publish"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """A site of its own: elsewhere the same texts are signed by others."""
    with demonstration(tmp_path_factory.mktemp("reading")) as site:
        yield site


@pytest.fixture
def day(browser, newsroom):
    """A visitor of the site in which traces may be left."""
    visitors = []

    def arrive(username, **options):
        context = browser.new_context(base_url=newsroom.address, **options)
        context.set_default_timeout(10_000)
        visitor = Visitor(context.new_page(), newsroom.address)
        visitors.append(visitor)
        visitor.log_in(username)
        return visitor

    yield arrive
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.page.context.close()
    assert faults == []


def review(newsroom, name):
    return f"/admin/editorial/summary/{newsroom.numbers()[name]}/review/"


def focused(visitor):
    return visitor.page.evaluate("document.activeElement.closest('.change')?.id")


def test_by_keys_from_passage_to_passage_until_the_button_opens(day, newsroom):
    reviewer = day("reviewer")
    reviewer.open(review(newsroom, "fop-what-to-avoid"))
    page, boxes = reviewer.page, reviewer.page.locator(BOXES)
    assert page.get_by_role("button", name=SIGN).get_attribute("aria-disabled")
    assert not page.get_by_role("button", name="Save what I have read").is_visible()

    # Outside a passage the keys are nobody's; in a field they are letters.
    page.keyboard.press("n")
    assert focused(reviewer) is None
    page.get_by_label("The interests that you declare").press("n")
    assert page.get_by_label("The interests that you declare").input_value() == "n"
    page.get_by_label("The interests that you declare").fill("")

    boxes.first.focus()
    for key, at in (("n", 2), ("j", 3), ("k", 2), ("p", 1), ("p", 1)):
        page.keyboard.press(key)
        assert focused(reviewer) == f"change-{at}"

    count = boxes.count()
    for _ in range(count - 1):
        page.keyboard.press("Space")
        page.keyboard.press("n")
    page.get_by_text("One passage is not ticked as read").first.wait_for()
    assert barriers(reviewer, "review-half-read") == []
    page.keyboard.press("Space")
    settled(reviewer)
    assert focused(reviewer) == f"change-{count}"
    assert not page.get_by_role("button", name=SIGN).get_attribute("aria-disabled")
    reviewer.open(review(newsroom, "fop-what-to-avoid"))
    assert reviewer.page.get_by_text("✓ Read").count() == count


def test_without_scripts_ticks_and_signature_are_one_press(day, newsroom):
    reviewer = day("reviewer", java_script_enabled=False)
    reviewer.open(review(newsroom, "poh-treatment"))

    for box in reviewer.page.locator(BOXES).all():
        box.check()
    reviewer.page.get_by_label("None", exact=True).check()
    reviewer.fill("Your password", password_of("reviewer"))
    with reviewer.page.expect_navigation():
        # As greyed as the page was sent, and as reachable.
        reviewer.page.get_by_role("button", name=SIGN).click(force=True)

    assert reviewer.sees("Signed: edition 1 is live now.")


def test_reviewed_without_change_takes_three_clicks_and_a_password(
    day, newsroom, capsys
):
    """From the queue of what is overdue; the seconds are noted, not promised."""
    reviewer, clicks, pages = day("reviewer"), [], []
    page = reviewer.page
    reviewer.open("/admin/editorial/summary/?due=overdue&signer=%3Ame")
    began = time.monotonic()
    page.on(
        "response", lambda answer: pages.append(answer) if shows_a_page(answer) else 0
    )

    def click(one, *, leads_on=True):
        clicks.append(one)
        with page.expect_navigation() if leads_on else nullcontext():
            one.click()

    click(page.get_by_role("button", name="Review it now"))
    assert page.url.endswith("/review/")
    assert reviewer.sees("reviewed without change")
    assert page.locator(BOXES).count() == 0
    click(page.get_by_label("None", exact=True), leads_on=False)
    reviewer.fill("Your password", password_of("reviewer"))
    click(page.get_by_role("button", name=SIGN, exact=True))

    assert reviewer.sees("Signed: edition 2 is live now.")
    seconds = time.monotonic() - began
    assert (len(clicks), len(pages)) == (3, 2)
    with capsys.disabled():
        print(f"\nreviewed without change: 3 clicks, 2 pages, {seconds:.1f} s")


def shows_a_page(answer):
    """Say whether an answer is a page that a person looks at, and no way to one."""
    request = answer.request
    whole = request.is_navigation_request() and not request.frame.parent_frame
    return whole and answer.status == 200


def test_a_text_that_moves_while_it_is_open_is_told(day, newsroom):
    reviewer, writer = day("reviewer2"), day("writer")
    address = review(newsroom, "fop-outlook")
    reviewer.open(address)
    # The clock's own script is refused by the frame of the preview, as it should be.
    reviewer.listening = False
    reviewer.page.clock.install()
    writer.open(address.replace("/review/", "/moves/submit_for_review/"))
    writer.press("Submit for review")

    reviewer.page.clock.fast_forward(31_000)
    reviewer.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    said = "Tomás Rey submitted the text for review at"
    reviewer.page.locator("[data-since]").get_by_text(said).wait_for()
    assert reviewer.page.get_by_role("link", name="See what happened").is_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_boxes_fit_a_phone_and_large_text(person, summaries, width):
    reviewer = person("reviewer2")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")

    assert overflow(reviewer.page, width) == 0
    assert overflow_of_large_text(reviewer.page) == 0
    boxes = reviewer.page.locator(".tick")
    assert boxes.count()
    assert all(box.bounding_box()["height"] >= 44 for box in boxes.all())


def test_ticks_by_mouse_are_saved_as_they_are_made(person, summaries):
    reviewer = person("reviewer")
    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")

    tick_all(reviewer)

    reviewer.open(f"{summaries['fop-what-to-avoid']}/review/")
    assert reviewer.page.locator(BOXES).count() == 0

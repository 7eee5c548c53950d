"""A reviewer who ticks what they have read, by mouse or by keys."""

from playwright.sync_api import expect

from tests.browser.keyboard import tab_to

BOXES = "[name=read]"


def tick_all(visitor):
    """Tick each passage that is left, as quickly as a hand can; none may be left."""
    for box in visitor.page.locator(BOXES).all()[::-1]:
        box.click()
    by_hand = visitor.page.get_by_role("button", name="Save what I have read")
    if by_hand.is_visible():
        visitor.press("Save what I have read")
    settled(visitor)


def tick_all_by_keys(visitor):
    """From the top of the page: to the first box, then the space bar and n."""
    left = visitor.page.locator(BOXES).count()
    first = visitor.page.locator(".tick").first.text_content()
    tab_to(visitor, role="checkbox", name=first.strip())
    for _ in range(left):
        visitor.page.keyboard.press("Space")
        visitor.page.keyboard.press("n")
    settled(visitor)


def settled(visitor):
    """Wait until every tick is saved, and told to be."""
    expect(visitor.page.locator(BOXES)).to_have_count(0)
    assert visitor.page.locator("#why-sign_off").count() == 0 or visitor.sees(
        "You have ticked every passage."
    )

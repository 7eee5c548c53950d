"""A visitor with a mouse, on their way through the desk."""

from tests.browser.looking import too_wide


def home(visitor, album):
    visitor.open("/admin/")
    album.keep(visitor, "home")
    return visitor


def room(visitor, name):
    """Open a room of the desk, out of the folded menu where it is folded."""
    link = visitor.page.get_by_role("link", name=name, exact=True).first
    if not link.is_visible():
        visitor.page.get_by_text("Menu", exact=True).click()
    visitor.follow(name)


def move(visitor, album, name, words=None):
    """Follow a verb of the panel, fill in its form by label, and confirm."""
    visitor.follow(name)
    for label, typed in (words or {}).items():
        visitor.fill(label, typed)
    album.keep(visitor, name)
    assert too_wide(visitor.page) == 0
    visitor.press(name)

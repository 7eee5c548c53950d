"""How a page looks: in both colours and at both widths, to axe and in a picture."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from editorial.environment import BASE_DIR

PICTURES = BASE_DIR / "var" / "screenshots"
COLOURS = ("light", "dark")
WIDTHS = (390, 1280)  # CSS pixels: a telephone, a desk
ENLARGED = 320  # what is left of 1280 pixels where all is enlarged four times
HEIGHT = 900
OPTIONS = {"resultTypes": ["violations"], "iframes": False}
axe = Axe()


def barriers(visitor, name):
    """What axe finds, as "dark 390: color-contrast at .why"; [] for a page open to all.

    From here on the visitor is deaf to the page, which axe itself disturbs, until the
    next address is opened.
    """
    found = []
    for colour in COLOURS:
        visitor.page.emulate_media(color_scheme=colour)
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
            take_picture(visitor.page, f"{name}-{colour}-{width}")
            visitor.listening = False
            found += [f"{colour} {width}: {what}" for what in violations(visitor.page)]
    return found


def violations(page):
    # A preview's frame runs no script, axe's included: its page is tested in public.
    for violation in axe.run(page, options=OPTIONS).response["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']} at {' '.join(map(str, node['target']))}"


def overflow(page, width):
    """How many pixels a page is wider than a window of that width; 0 is right."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    return too_wide(page)


def overflow_of_large_text(page):
    """How many pixels a page is wider than a desk's window, its text twice as large."""
    page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = too_wide(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def too_wide(frame):
    """How many pixels wider a page or a frame is than its window as it stands."""
    return frame.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")


def take_picture(page, name):
    """Keep a picture of the whole page, where SCREENSHOTS asks for it."""
    if os.environ.get("SCREENSHOTS"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES, f"{name}.png"), full_page=True)

"""What the days of the newsroom have in common: the text, and where it is read."""

from datetime import UTC, datetime

from tests.browser.looking import HEIGHT, take_picture

POH = "/conditions/progressive-osseous-heteroplasia"
SHORT = (
    "Progressive osseous heteroplasia (POH) is found by looking. Doctors look at the "
    "skin, at X-ray pictures and at the *GNAS* gene."
)
ALWAYS = "Bone in the skin from early childhood is the first sign"
USUALLY = "Bone in the skin from early childhood is usually the first sign"
BODY = f"""## What doctors look at

{ALWAYS} [@gard-poh]. They ask about:

- the skin
- the joints

## What a test adds

A change in *GNAS* supports the diagnosis"""
DOI = "https://doi.org/10.1056/NEJMoa011262"
NEW = "PMID: 90105"


class Album:
    """The pictures of one day, numbered as they were taken."""

    def __init__(self, name):
        self.name, self.count = name, 0

    def keep(self, visitor, what):
        self.count += 1
        take_picture(visitor.page, f"{self.name}-{self.count:02}-{what}")


def widen(visitor, width):
    visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
    return visitor


def stamp(reader):
    """The line under the title, without the dot that wide windows put in it."""
    return " ".join(reader.page.locator(".stamp").inner_text().replace("·", "").split())


def reviewed_today():
    now = datetime.now(UTC)
    return f"Medically reviewed summary Last updated: {now.day} {now:%B %Y}"

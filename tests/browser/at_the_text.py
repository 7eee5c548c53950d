"""What a visitor does at the writing screen, and what they wait to see there."""


def body(visitor):
    return visitor.page.get_by_label("Body", exact=True)


def shown(visitor, words):
    """Wait until the preview has the words."""
    frame = visitor.page.frame_locator("iframe.preview")
    frame.get_by_text(words).first.wait_for()


def told(visitor, name):
    return visitor.page.locator(f"[data-told={name}]").inner_text()


def says(visitor, words):
    """Wait until the preview says the words of itself."""
    visitor.page.locator("[data-live-says]", has_text=words).wait_for()


def ask(visitor, words):
    """Type into the box and press Enter, as everybody does."""
    visitor.fill("Cite a source", words)
    visitor.page.get_by_label("Cite a source").press("Enter")


def press(visitor, name):
    """Press a button of the box, which brings no new page."""
    visitor.page.locator("#sources").get_by_role("button", name=name).first.click()


def stand_after(visitor, words):
    """Type a body and put the caret behind some of its words."""
    visitor.fill("Body", "One two three. Four five.")
    body(visitor).evaluate(
        "(field, at) => { field.focus(); field.setSelectionRange(at, at); }",
        "One two three. Four five.".index(words) + len(words),
    )

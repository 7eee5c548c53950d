"""A visitor without a mouse: every stop of the way must be seen by who stands at it."""

MOST_TABS = 200
# Where the focus is, in the page or in its frame, and whether one sees it there. The
# button inside a box for a date has the browser's own ring, which no script can see.
LOOK = """wanted => {
  let one = document.activeElement
  while (one.contentDocument) one = one.contentDocument.activeElement
  const page = one.ownerDocument
  const ring = getComputedStyle(one).outlineStyle !== 'none'
    || (/^date/.test(one.type) && !one.matches(':focus-visible'))
  const uncovered = [...one.getClientRects()].some(box =>
    [0.1, 0.5, 0.9].some(part => {
      const found = page.elementFromPoint(
        box.left + box.width / 2, box.top + box.height * part)
      return found && (one.contains(found) || found.contains(one))
    }))
  return {
    there: one === wanted,
    nowhere: one === page.body,
    seen: ring && uncovered,
    name: one.outerHTML.slice(0, 120),
  }
}"""


def tab_to(visitor, *, role, name, back=False):
    """Press Tab, or Shift and Tab, until it has the focus, which every stop shows."""
    wanted = visitor.page.get_by_role(role, name=name, exact=True).first
    tab_until(visitor, wanted, f"the {role} “{name}”", back=back)


def tab_until(visitor, wanted, what, *, back=False):
    """As `tab_to`, for what has no role of its own."""
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press("Shift+Tab" if back else "Tab")
        if _stop(visitor, wanted)["there"]:
            return
    raise AssertionError(f"No press of Tab leads to {what}.")


def _stop(visitor, wanted, patience=20):
    """Return where the focus is, once one sees it there: the page may still scroll."""
    for _ in range(patience):
        stop = wanted.evaluate(LOOK)
        if stop["seen"] or stop["nowhere"]:
            return stop
        visitor.page.wait_for_timeout(100)
    raise AssertionError(f"No one sees the focus on {stop['name']}")


def enter(visitor):
    """Press Enter and wait for the page that it brings."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def go(visitor, *links):
    """Follow links, one page after the other."""
    for name in links:
        tab_to(visitor, role="link", name=name)
        enter(visitor)


def push(visitor, name):
    """Press a button that brings a page."""
    tab_to(visitor, role="button", name=name)
    enter(visitor)


def write(visitor, name, words, role="textbox"):
    """Type in place of what a field holds."""
    tab_to(visitor, role=role, name=name)
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.insert_text(words)


def skip(visitor, name="Skip to the content"):
    """Take the link past the header, the first of a page."""
    tab_to(visitor, role="link", name=name)
    visitor.page.keyboard.press("Enter")

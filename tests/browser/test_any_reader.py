"""A page can be read on paper, in few colours, enlarged, spaced out and unstyled."""

from itertools import pairwise

import pytest

from tests.browser.looking import HEIGHT, overflow, too_wide
from tests.browser.test_pages import FOP, PAGES, POH, STATUS, every_page

ORDER = (  # of the page, as the design has it
    "nav[aria-label=Breadcrumb]",
    "h1",
    ".stamp",
    "#short-answer",
    "nav.contents",
    ".body",
    ".take-part",
    ".sources",
    ".made",
    "[aria-labelledby=who-checked]",
    "[aria-labelledby=what-changed]",
    ".quiet",
)
TWICE = "html { font-size: 225% }"  # the sheet's own size is 112.5%
# WCAG 1.4.12, in full.
SPACED = """* {
  line-height: 1.5 !important;
  letter-spacing: .12em !important;
  word-spacing: .16em !important;
}
p { margin-bottom: 2em !important }"""
# A name as long as the catalogue takes it, with a word that no line holds.
LONG = f"{'pseudopseudohypoparathyroidism' * 3} {'and a very long name ' * 5}"


def restyle(visitor, rules):
    """Give our own sheet more rules, as a reader's browser or add-on would."""

    def answer(route):
        sheet = route.fetch()
        route.fulfill(response=sheet, body=sheet.text() + rules)

    visitor.page.route("**/*.css*", answer)


def shown(visitor, selector):
    return visitor.page.locator(selector).first.is_visible()


def styled(visitor, selector, name, of=None):
    """The computed value of a property of the first element, or of its part."""
    return visitor.page.locator(selector).first.evaluate(
        "(one, [name, of]) => getComputedStyle(one, of).getPropertyValue(name)",
        [name, of],
    )


def test_paper_shows_the_answer_and_the_signature_and_no_way_on(stranger):
    stranger.open(PAGES["page-two-signatures"])
    stranger.page.emulate_media(media="print")

    for part in ("#short-answer", ".body", ".sources", ".made", ".quiet"):
        assert shown(stranger, part)
    box = stranger.page.locator("[aria-labelledby=who-checked]").inner_text()
    for words in (
        *("Dr Ines Falk, MD", "Dr Jonas Adeyemi, MD", "Interests:", "Signed 16 Nov"),
        *("Next review due", "Fingerprint", stranger.page.url),
    ):
        assert words in box
    for part in ("header.bar", "footer", "nav", ".contents", ".skip", ".to-record"):
        assert not shown(stranger, part)


def test_paper_shows_what_changed_without_a_colour(stranger):
    stranger.open(PAGES["changes"])
    stranger.page.emulate_media(media="print")

    for part, line in (("del", "line-through"), ("ins", "underline")):
        assert shown(stranger, f".compared {part}")
        assert line in styled(stranger, f".compared {part}", "text-decoration-line")
    assert shown(stranger, ".legend")
    assert stranger.page.url in stranger.page.locator(".printed").inner_text()
    for part in ("header.bar", "footer", "nav"):
        assert not shown(stranger, part)


def test_paper_spells_out_where_a_source_is(stranger):
    stranger.open(PAGES["page"])
    link = ".sources a[href^=https]"
    assert styled(stranger, link, "content", "::after") == "none"

    stranger.page.emulate_media(media="print")

    address = stranger.page.locator(link).first.get_attribute("href")
    assert address in styled(stranger, link, "content", "::after")


@every_page
def test_paper_is_white_even_in_the_dark(name, stranger):
    stranger.open(PAGES[name], STATUS.get(name, 200))
    stranger.page.emulate_media(media="print", color_scheme="dark")

    assert styled(stranger, "body", "background-color") == "rgb(255, 255, 255)"
    assert styled(stranger, "h1", "color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("page-overdue", ".badge.late"),
        ("page", ".short"),
        ("edition-old", ".banner"),
        ("withdrawn", ".badge.late"),
        ("hub", ".short"),
    ],
)
def test_few_colours_keep_a_border_where_a_tint_was(name, part, stranger):
    stranger.open(PAGES[name], STATUS.get(name, 200))
    stranger.page.emulate_media(forced_colors="active")

    assert styled(stranger, part, "border-top-style") == "solid"
    assert styled(stranger, part, "border-top-width") == "1px"


def test_few_colours_keep_the_tick_apart_from_its_disc(stranger):
    stranger.open(PAGES["page"])
    stranger.page.emulate_media(forced_colors="active")

    disc, tick = (styled(stranger, f".badge svg {p}", q) for p, q in PARTS)

    assert disc != tick


PARTS = (("circle", "fill"), (".tick", "stroke"))


def test_bare_page_is_read_in_the_agreed_order(stranger):
    stranger.page.route("**/*.css*", lambda route: route.fulfill(body=""))
    stranger.open(PAGES["page-two-editions"])

    tops = [
        stranger.page.locator(part).first.bounding_box()["y"]
        for part in ORDER
        if stranger.page.locator(part).count()
    ]

    assert len(tops) == len(ORDER)
    assert tops == sorted(tops)
    for label in ("Short answer", "On this page", "Sources", "Who checked this page"):
        assert stranger.page.get_by_role("heading", name=label).is_visible()


@every_page
def test_bare_page_has_its_headings_in_steps(name, stranger):
    stranger.open(PAGES[name], STATUS.get(name, 200))

    levels = stranger.page.eval_on_selector_all(
        "h1, h2, h3, h4", "all => all.map(one => Number(one.tagName[1]))"
    )

    assert levels[0] == 1
    assert levels.count(1) == 1
    # The answer's own headings begin at 2 and skip none either.
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


@every_page
def test_text_at_twice_its_size_stays_on_the_screen(name, stranger):
    restyle(stranger, TWICE)
    stranger.open(PAGES[name], STATUS.get(name, 200))

    assert [overflow(stranger.page, width) for width in (320, 640)] == [0, 0]


@every_page
def test_text_spaced_by_its_reader_is_cut_nowhere(name, stranger):
    restyle(stranger, SPACED)
    stranger.open(PAGES[name], STATUS.get(name, 200))

    assert [overflow(stranger.page, width) for width in (320, 1280)] == [0, 0]
    cut = stranger.page.eval_on_selector_all(
        "main :not(.wide, .visually-hidden)",
        """all => all.filter(one => getComputedStyle(one).overflow !== 'visible'
             && one.scrollHeight > one.clientHeight + 1).map(one => one.className)""",
    )
    assert cut == []


def test_page_at_400_percent_is_one_column(arrive):
    # 1280 pixels at 400 % are 320 of CSS, four device pixels each.
    reader = arrive(
        viewport={"width": 320, "height": 256},
        device_scale_factor=4,
    )
    reader.open(PAGES["page-two-editions"])

    answer, aside = (
        reader.page.locator(part).bounding_box() for part in (".answer", ".aside")
    )

    assert too_wide(reader.page) == 0
    assert aside["y"] > answer["y"] + answer["height"]


# Says whether an element is scrolled within 200 frames; the CSP forbids wait_for.
MOVES = """one => new Promise(done => {
  let left = 200
  const look = () => one.scrollLeft > 0 || !left-- ?
    done(one.scrollLeft > 0) : requestAnimationFrame(look)
  look()
})"""


def test_wide_table_scrolls_in_a_place_of_its_own_by_keyboard(stranger):
    stranger.page.set_viewport_size({"width": 320, "height": HEIGHT})
    stranger.open(PAGES["page-two-editions"])
    table = stranger.page.get_by_role("region", name="Table 1")
    assert table.evaluate("one => one.scrollWidth > one.clientWidth")

    table.focus()
    stranger.page.keyboard.press("ArrowRight")

    assert table.evaluate(MOVES)
    assert too_wide(stranger.page) == 0
    assert styled(stranger, ".wide", "outline-style") == "solid"


@pytest.mark.parametrize("name", ["home", "a-to-z", "hub", "page", "profile"])
def test_long_name_breaks_its_line_and_not_the_page(name, stranger):
    stranger.page.set_viewport_size({"width": 320, "height": HEIGHT})
    stranger.open(PAGES[name])

    stranger.page.eval_on_selector_all(
        "h1, h2 a, h3 a, .crumbs a, .names a, .who a, .aka, .lead, dd, .sources cite",
        "(all, name) => all.forEach(one => { one.textContent = name })",
        LONG,
    )

    assert too_wide(stranger.page) == 0


def test_overdue_answer_is_marked_on_every_list_of_it(stranger):
    for address in (POH, "/reviewers/ines-falk/"):
        stranger.open(address)

        assert stranger.sees("Review overdue since 16 September 2026")
    stranger.open(FOP)
    assert not stranger.page.get_by_text("Review overdue").count()

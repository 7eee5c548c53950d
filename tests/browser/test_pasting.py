"""What is pasted from a word processor or a web page comes in as our own Markdown."""

import re
import time
from pathlib import Path

import pytest

from conditions import markup
from tests.browser.copying import Desk

CLIPBOARDS = sorted(Path(__file__, "../clipboards").resolve().glob("*.html"))


@pytest.fixture
def writer(person, summaries):
    visitor = person("writer")
    visitor.open(f"{summaries['fop-outlook']}/change/")
    return visitor


@pytest.fixture
def desk(writer):
    return Desk(writer)


@pytest.fixture
def short(writer):
    return Desk(writer, "id_short_answer")


def marks(text):
    """The letters, digits and signs of a text, in order; raised digits as digits."""
    plain = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻₂", "0123456789−2")
    return re.sub(r"\s", "", text.translate(plain))


def stands_in(seen, text):
    rest = iter(text)
    return all(mark in rest for mark in seen)


@pytest.mark.parametrize("path", CLIPBOARDS, ids=lambda path: path.stem)
def test_a_clipboard_becomes_markdown(path, desk):
    text = desk.paste(path.read_text(), "plain words")

    assert text == path.with_suffix(".md").read_text().rstrip("\n")
    markup.check(text)
    assert desk.said.startswith("Pasted as Markdown: ")


VISIBLE = """(html) => {
    // The page allows no inline style, and says so at the console.
    const bare = html.replace(/<style[^]*?<.style>/g, "");
    const told = bare.replace(/\\sonerror=/g, " was=").replace(/\\sstyle=/g, " told=");
    const page = new DOMParser().parseFromString(told, "text/html");
    const unseen = `script, title, del, [told*="line-through"], .msocomanchor,
        [told*="comment-list"], [told*="mso-list:Ignore"]`;
    for (const element of page.querySelectorAll(unseen)) element.remove();
    return page.body.textContent;
}"""


@pytest.mark.parametrize("path", CLIPBOARDS, ids=lambda path: path.stem)
def test_every_mark_that_was_seen_stands_in_the_text(path, desk):
    seen = desk.page.evaluate(VISIBLE, path.read_text())
    seen = re.sub("[\u00ad\u200b]", "", seen).replace("³", "≥")
    seen = seen.replace("[@pmid:16642017]", "")

    text = markup.to_text(desk.paste(path.read_text()))

    assert stands_in(marks(seen), marks(text))


def test_what_was_left_out_is_said(desk):
    word = next(path for path in CLIPBOARDS if path.stem == "word")

    desk.paste(word.read_text())

    assert desk.said == (
        "Pasted as Markdown: 3 headings, 2 lists, 1 table, 1 link. "
        "Left out: 1 deleted passage, 1 comment, 1 picture. Ctrl+Z takes it back."
    )


# Clipboards, each with the Markdown that it must become.
CASES = [
    ("<p>10<sup>6</sup> and 10<sup>-6</sup></p>", "10⁶ and 10⁻⁶"),
    ("<p>FEV<sub>1</sub>, the 1<sup>st</sup> drug<sup>®</sup></p>",
     "FEV₁, the 1st drug®"),
    ("<p>C<sub>max</sub> of 2<sup>n/2</sup> as told<sup>1-3</sup></p>",
     "C_(max) of 2^(n/2) as told^(1-3)"),
    ("<p><font face=Symbol>\u00a3</font> 5 <font face=Symbol>m</font>g</p>", "≤ 5 μg"),
    ("<p><span style='font-family:Wingdings'>\u00e8</span> so</p><p>b</p>",
     "→ so\n\nb"),
    ("<p><b>5</b>mg <b>2</b>*3 A<i>B</i>C <b>no:</b>yes</p>",
     "5mg **2**\\*3 ABC no:yes"),
    ("<p><b>so </b><i> it</i> is <b>a <i>b</i></b>, <b>c</b><i>d</i></p>",
     "**so** *it* is **a *b***, cd"),
    ("<p>a</p><p>2*3*4 mg, a_b, 5 * 3, >60 years</p>",
     "a\n\n2*3*4 mg, a_b, 5 * 3, >60 years"),
    ("<p><b>a</b> *b* _c_ [@d e</p>", "**a** \\*b\\* \\_c\\_ \\[@d e"),
    ("<ol><li>a</ol><ol><li>b</ol>", "1. a\n\n1\\. b"),
    ("<ol start=5><li>a<li>b</ol>", "5\\. a\n\n6\\. b"),
    ("<ul><li>a<ul><li>b<ul><li>c<ul><li>d<ul><li>e</ul></ul></ul></ul></ul>",
     "- a\n  - b\n    - c\n      - d\n      - e"),
    ("<ul><li>a<br>b<li></li><li>c</ul>", "- a\n\n  b\n\n- c"),
    ("<table><tr><td colspan=2>A<tr><td>1<td>2<td>3</table>",
     "| A |  |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |"),
    ("<table><tr><td>A<td>B<tr><td rowspan=2>1<td>a|b<tr><td>3</table>",
     "| A | B |\n| --- | --- |\n| 1 | a\\|b |\n|  | 3 |"),
    ("<table><tr><td>A<td>B<tr><td><p>*</p><p>*b</p><td></table>",
     "| A | B |\n| --- | --- |\n| \\*; \\*b |  |"),
    ("<table><tr><td><h2>A</h2><p>b</p></table>", "## A\n\nb"),
    ("<p><a href='javascript:alert(1)'>a</a> <a href='#x'>b</a> <a href='https://e.org:99/ä?a=(1)'>c</a></p>",
     "a b [c](https://e.org:99/%C3%A4?a=%281%29)"),
    ("<p>Wow!<a href='https://e.org/'>a</a></p><p>b</p>", "Wow!a\n\nb"),
    ("<h2>C #</h2><h4><b>D</b></h4>", "## C \\#\n\n### D"),
    ("<p>a <math><msup><mn>1</mn><mn>2</mn></msup></math>b</p>", "a b"),
]  # fmt: skip


def test_no_mark_is_lost_or_made(desk):
    for html, text in CASES:
        desk.field.fill("")

        assert desk.paste(html) == text
        markup.check(text)


def test_words_go_in_where_the_caret_is(desk):
    desk.field.fill("It is rare.")
    desk.select("rare")

    assert desk.paste("<p>- <b>very</b> rare</p>") == "It is - **very** rare."


def test_no_mark_is_made_inside_a_word(desk):
    desk.field.fill("gene")
    desk.select("ne")

    assert desk.paste("<b>s</b>") == "ges"
    desk.select("e")
    assert desk.paste("<b>a</b> <i>b</i>") == "ga bs"


def test_blocks_stand_between_empty_lines(desk):
    desk.field.fill("Before after")
    desk.select(" ")

    text = desk.paste("<h2>Title</h2><ul><li>one</li></ul>")

    assert text == "Before\n\n## Title\n\n- one\n\nafter"


def test_undo_takes_each_paste_back(desk):
    desk.field.press_sequentially("Typed. ")
    first = desk.paste("<p><b>one</b> two</p>")
    second = desk.paste("<ul><li>three</li></ul>")

    desk.page.keyboard.press("Control+Z")
    assert (desk.text, second) == (first, "Typed. **one** two\n\n- three")
    desk.page.keyboard.press("Control+Z")
    assert desk.text == "Typed. "


def test_plain_words_are_pasted_as_they_are(desk):
    assert (
        desk.paste("<span style='color:red'>## a *b*</span>", "## a *b*") == "## a *b*"
    )
    assert desk.said == ""


def test_markdown_typed_elsewhere_stays_markdown(desk):
    plain = "## Title\n\n- one"

    assert desk.paste("<p>## Title</p><p></p><p>- one</p>", plain) == plain


def test_paste_without_formatting_is_the_browsers_own(desk):
    text = desk.paste("<h2>Title</h2>", "Title", keys="Control+Shift+V")

    assert text == "Title"


def test_the_short_answer_takes_emphasis_alone(short):
    text = short.paste(
        "<h2>Title</h2><ul><li>one <i>two</i></li></ul><ol><li>three</ol>"
        "<p><a href='https://e.org/'>four</a></p><table><tr><td>A<td>B</table>"
    )

    assert text == "Title\n\none *two*\n\n1\\. three\n\nfour\n\nA; B"
    assert "The short answer takes emphasis alone" in short.said
    markup.check_short(text)


def test_nothing_of_the_clipboard_runs(desk):
    text = desk.paste(
        "<b>a</b><img src=/x onerror='document.title=1'><svg onload='document.title=1'>"
        "</svg><script>document.title=1</script><style>body{display:none}</style>"
    )

    assert text == "**a**"
    assert desk.page.title() != "1"
    assert desk.field.is_visible()


def test_a_picture_alone_is_refused_in_words(desk):
    assert desk.paste("<img src=https://e.org/x.png>") == ""
    assert desk.said == "Nothing was pasted: a text here holds no pictures."


def test_a_long_paste_takes_no_time_to_speak_of(desk):
    html = (
        "<p class=MsoNormal>One <b style='font-weight:700'>two</b> three.</p>" * 5_000
    )
    assert len(html) > 300_000
    began = time.monotonic()

    text = desk.paste(html)

    assert text.count("**two**") == 5_000
    assert time.monotonic() - began < 10

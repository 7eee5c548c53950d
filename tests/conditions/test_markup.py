import time
import unicodedata
from contextlib import suppress

import pytest

from conditions.markup import (
    MarkupError,
    blocks,
    check,
    check_short,
    citation_counts,
    citations,
    headings,
    normalise,
    render,
    render_short,
    to_text,
)

GOLDEN_SOURCE = """\
## What *helps*

Take **<5 mg** of _PANK2_ blocker if p<0.05 [@pmid:16642017], never 2*3*4 mg; see
[the trial (2019)](https://example.org/a_(b)?c=1&d=2).

### What helps

- 10 mg daily
- twice, ≥8 hours apart
  1. morning
  2. evening

Or:

* __never__
* later

> “We were told >60 years,
> and ±0.5.”

| Dose | `Weeks` | Outcome |
|:-----|:-:|--:|
| 5 \\| 10 | 12[@doi:10.1/x; @pmid:16642017] | −0.4 |
| | <b>24</b> | "10^9" |

2019\\. was ***the*** year &amp; ~~not~~ the_last_one."""

GOLDEN_HTML = """\
<h2 id="h-what-helps">What <em>helps</em></h2>
<p>Take <strong>&lt;5 mg</strong> of <em>PANK2</em> blocker if p&lt;0.05&nbsp;<sup class="cite"><a href="#source-1" id="cite-1-1" aria-label="Source 1">1</a></sup>, never 2*3*4 mg; see
<a href="https://example.org/a_(b)?c=1&amp;d=2">the trial (2019)</a>.</p>
<h3 id="h-what-helps-2">What helps</h3>
<ul>
<li>10 mg daily</li>
<li>twice, ≥8 hours apart
<ol>
<li>morning</li>
<li>evening</li>
</ol>
</li>
</ul>
<p>Or:</p>
<ul>
<li><strong>never</strong></li>
<li>later</li>
</ul>
<blockquote>
<p>“We were told &gt;60 years,
and ±0.5.”</p>
</blockquote>
<table>
<thead>
<tr>
<th class="align-left" scope="col">Dose</th>
<th class="align-center" scope="col">`Weeks`</th>
<th class="align-right" scope="col">Outcome</th>
</tr>
</thead>
<tbody>
<tr>
<td class="align-left">5 | 10</td>
<td class="align-center">12<sup class="cite"><a href="#source-2" id="cite-2-1" aria-label="Source 2">2</a>, <a href="#source-1" id="cite-1-2" aria-label="Source 1">1</a></sup></td>
<td class="align-right">−0.4</td>
</tr>
<tr>
<td class="align-left"></td>
<td class="align-center">&lt;b&gt;24&lt;/b&gt;</td>
<td class="align-right">"10^9"</td>
</tr>
</tbody>
</table>
<p>2019. was <em><strong>the</strong></em> year &amp;amp; ~~not~~ the_last_one.</p>
"""  # noqa: E501

GOLDEN_TEXT = """\
What helps

Take <5 mg of PANK2 blocker if p<0.05, never 2*3*4 mg; see the trial (2019).

What helps

- 10 mg daily
- twice, ≥8 hours apart
  1. morning
  2. evening

Or:

- never
- later

“We were told >60 years, and ±0.5.”

Dose | `Weeks` | Outcome
5 | 10 | 12 | −0.4
 | <b>24</b> | "10^9"

2019. was the year &amp; ~~not~~ the_last_one."""


def refusal(source, function=check):
    with pytest.raises(MarkupError) as refused:
        function(source)
    return str(refused.value)


def line_refused(source, function=check):
    with pytest.raises(MarkupError) as refused:
        function(source)
    return refused.value.line


def test_schema_1_renders_every_construct_byte_for_byte():
    numbers = {"pmid:16642017": 1, "doi:10.1/x": 2}

    assert render(GOLDEN_SOURCE, numbers) == GOLDEN_HTML


def test_schema_1_reads_as_plain_words():
    assert to_text(GOLDEN_SOURCE) == GOLDEN_TEXT


def test_a_text_that_was_read_before_bears_no_trace_of_how_it_was_shown():
    """What was read is kept: numbers, headings and marks of one use are not."""
    numbers = {"pmid:16642017": 1, "doi:10.1/x": 2}
    render(GOLDEN_SOURCE, {"pmid:16642017": 7, "doi:10.1/x": 8})
    shown = "".join(html for html, _ in blocks(GOLDEN_SOURCE, numbers))

    assert shown == render(GOLDEN_SOURCE, numbers) == GOLDEN_HTML


@pytest.mark.parametrize(
    "words",
    [
        "<5 mg",
        ">60 years",
        "> 60 years",
        ">= 8",
        "≥8 and ≤3",
        "p<0.05 and p < 0.05",
        "2*3*4 mg",
        "5 * 3 * 2",
        "2 *3* 4",
        "2 *3*4",
        "(2)*3*(4)",
        "5%*3*x",
        "dose*weight*2",
        "*p<0.05, **p<0.01",
        "10^9 cells",
        "±0.5",
        "~5 mg and ~~5~~",
        "-5 °C",
        "−5 °C",
        "+ 5 mg",
        "2019. The first trial",
        "01. January",
        "1) first",
        "10. Dezember",
        "&lt;5 mg &amp; &#53;",
        "<b>5</b> <!-- 6 -->",
        "<https://example.org/>",
        "https://example.org/a_b_c",
        "snake_case_words and 1_000_000",
        "[14C](5 mg) and [1](2) and [x][y]",
        "[x]: https://example.org/",
        "`5` and ``` 6",
        "|z| > 1.96",
        "C:\\5 \\",
        "#5 and C# 7",
        "####### 7",
        "a\u00a0b\u2009c",
        "\u0645\u06cc\u200c\u062e\u0648\u0631\u0645",
    ],
)
def test_words_stand_as_typed(words):
    check(words)

    assert to_text(words) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("the value was\n> LOD", "the value was > LOD"),
        ("5 mg\n+ 3 mg", "5 mg + 3 mg"),
        ("Foo\n---", "Foo ---"),
        ("Foo\n===", "Foo ==="),
        ("    5 mg", "5 mg"),
        ("in\n2019. The", "in 2019. The"),
        ("- - 5 °C", "- - 5 °C"),
        ("- > LOD", "- > LOD"),
        ("- ## 5", "- ## 5"),
        ("- a\n+ 5 mg", "- a + 5 mg"),
        ("a\\\nb", "a\\ b"),
        ("\\- 5 °C", "- 5 °C"),
        ("\\[@pmid:1] \\* 2\\*3 \\\\ \\5", "[@pmid:1] * 2*3 \\ \\5"),
        ("a | b\n--|--\n- 5 | 3\n> LOD | 4", "a | b\n- 5 | 3\n> LOD | 4"),
    ],
)
def test_no_mark_is_lost_where_other_markdown_loses_it(source, words):
    check(source)

    assert to_text(source) == words


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("The temperature was\n- 5 °C", 2),
        ("> The temperature was\n- 5 °C", 2),
        ("* p<0.05", 1),
        ("dose = weight\n* height", 2),
        ("a\n\n-\n- b", 3),
        ("1. a\n3. b", 2),
        ("1. a\n1. b", 2),
        ("1. a\n\n2019. The first trial", 3),
        ("> Some\n> years\n>60", 3),
        ("> Some\n> 60 years", 2),
        ("> Some\n> > more", 2),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", 3),
        ("| a | b |\n|---|---|\n| 1 |", 3),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nNote: p<0.05", 4),
        ("|z|\n---", 2),
        ("a\n\n# Title", 3),
        ("#### Title", 1),
        ("##", 1),
        ("## Title ##", 1),
        ("- a\n\n  ## Title", 3),
        ("| a |\n|--|\n| \\\\| |", 3),
    ],
)
def test_text_that_would_lose_a_mark_is_refused_with_its_line(source, line):
    assert line_refused(source) == line


def test_refusal_names_the_words_and_what_to_do():
    assert refusal("1. a\n2019. The first trial") == (
        "Line 2: “2019. The first trial” would not be shown as typed; count the items "
        "of a numbered list 1, 2, 3, or put a word before the number."
    )


def test_refusal_in_a_quote_says_how_a_quote_is_written():
    assert refusal("> Over\n>60 years") == (
        "Line 2: “>60 years” would not be shown as typed; begin each line of a quote "
        "with > and a letter, or say it in words."
    )


def test_blank_lines_at_the_top_count_as_lines():
    assert line_refused("\r\n\r\n# Title") == 3


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x0b", "\u200b", "\ufeff", "\u202e", "\u00ad", "\uf0b3", "\u2028"],
)
def test_character_that_no_reader_sees_is_refused(character):
    assert refusal(f"a\n1{character}0 mg") == (
        f"Line 2: the character U+{ord(character):04X} after “1” cannot be seen on a "
        "page; type these words again."
    )


def test_half_of_a_surrogate_pair_is_refused():
    assert line_refused("5 mg \ud83d") == 1


@pytest.mark.parametrize(
    "link",
    [
        "[x](http://example.org/)",
        "[x](javascript:alert(1))",
        "[x]( JavaScript:alert(1))",
        "[x](data:text/html,5)",
        "[x](//example.org/)",
        "[x](www.example.org)",
        "[x](<https://example.org/>)",
        '[x](https://example.org/ "5 mg")',
        "[x](https://user@example.org/)",
        "[x](https://example.org/(a(b)))",
        "[x](https://exämple.org/)",
        "[ ](https://example.org/)",
        "[x](https:///example.org)",
        "[a [b]](https://example.org/)",
        "[a [@pmid:1]](https://example.org/)",
    ],
)
def test_link_that_is_not_plain_https_is_refused(link):
    assert refusal(f"a\n{link}").startswith("Line 2: write a link as [words](https://")


def test_address_that_no_browser_can_open_is_refused():
    assert line_refused("[x](https://example.org:99999/)") == 1


def test_picture_is_refused():
    assert refusal("![x](https://example.org/x.png)") == (
        "Line 1: a text holds no pictures; link to the page instead."
    )


def test_link_words_may_hold_emphasis_and_a_line_end():
    html = render("[*a*\nb](https://example.org:8443/c#d)", {})

    assert html == ('<p><a href="https://example.org:8443/c#d"><em>a</em>\nb</a></p>\n')


def test_emphasis_across_numbers_keeps_working():
    html = render("In 2019 **5 mg** for **week 2** 10 mg", {})

    assert html == (
        "<p>In 2019 <strong>5 mg</strong> for <strong>week 2</strong> 10 mg</p>\n"
    )


def test_loose_list_keeps_paragraphs_of_an_item():
    source = "- a\n\n  b\n\n- c"

    assert render(source, {}) == (
        "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n"
    )
    assert to_text(source) == "- a\n  b\n- c"


def test_starred_list_of_two_is_a_list():
    assert render("* a\n* b", {}) == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"


def test_list_right_under_a_heading_may_begin_with_a_dose():
    assert to_text("## Doses\n- 10 mg\n- 20 mg") == "Doses\n\n- 10 mg\n- 20 mg"


def test_quote_goes_on_over_empty_and_unmarked_lines():
    html = render("> A\n>\n> “B”\nc\n>", {})

    assert html == "<blockquote>\n<p>A</p>\n<p>“B”\nc</p>\n</blockquote>\n"


def test_table_may_leave_out_outer_bars():
    assert to_text("a | b\n--|--\n1 | 2\n3 | 4") == "a | b\n1 | 2\n3 | 4"


@pytest.mark.parametrize("table", ["| a | b |\n|---|\n| 1 | 2 |", "a\n\n|:-:|--|"])
def test_row_of_dashes_that_makes_no_table_is_refused(table):
    assert refusal(table).endswith(
        "this row of dashes makes no table; put it under a header row, with as many "
        "cells."
    )


def test_dash_in_a_table_cell_is_no_row_of_dashes():
    assert to_text("| a | b |\n|---|---|\n| - | - |") == "a | b\n- | -"


def test_table_may_end_with_its_header():
    check("| a |\n|---|")

    assert to_text("| a |\n|---|") == "a"


def test_lists_stand_four_deep_and_no_deeper():
    four = "- a\n  - b\n    - c\n      - d\n      - e"

    check(four)
    assert line_refused(four + "\n        - f") == 6


def test_touching_citations_are_one_group():
    assert render("a[@x][@y; @x]", {"x": 1, "y": 2}) == (
        '<p>a<sup class="cite">'
        '<a href="#source-1" id="cite-1-1" aria-label="Source 1">1</a>, '
        '<a href="#source-2" id="cite-2-1" aria-label="Source 2">2</a>, '
        '<a href="#source-1" id="cite-1-2" aria-label="Source 1">1</a></sup></p>\n'
    )


def test_citations_come_in_order_of_first_use():
    source = "## A [@b]\n\n- x [@c; @a]\n\n| d [@b] |\n|--|\n| *e [@doi:10.1/x_y_*z]* |"

    assert citations(source) == ["b", "c", "a", "doi:10.1/x_y_*z"]


def test_citations_are_counted_by_key():
    assert citation_counts("a [@x; @y] b [@x]") == {"x": 2, "y": 1}


@pytest.mark.parametrize(
    "citation",
    ["[@]", "[@ x]", "[ @x]", "[@pmid: 1]", "[@x;]", "[@x, @y]", "[@x;y]", "[@1]"],
)
def test_malformed_citation_is_refused(citation):
    assert refusal(f"a\nb {citation}") == (
        f"Line 2: “{citation}” is not a citation; write [@pmid:16642017] or "
        "[@pmid:1; @doi:10.1/x], or \\[ to show the bracket."
    )


@pytest.mark.parametrize("after", ["0 mg", "b", ".5", ",5"])
def test_citation_may_not_part_a_number_or_a_word(after):
    assert refusal(f"1[@a]{after}") == (
        "Line 1: “[@a]” runs into the word after it; put a blank between them."
    )


def test_citation_without_a_number_is_refused():
    with pytest.raises(MarkupError) as refused:
        render("a\nb [@x; @y]", {"x": 1})

    assert str(refused.value) == (
        "Line 2: the source y is cited here and is not in the list of sources; add it "
        "or correct the key."
    )


def test_plain_words_close_up_where_a_citation_stood():
    assert to_text("One [@a], two [@a] three [@a].") == "One, two three."


def test_headings_have_ids_of_their_own():
    source = "## A\n\n### Ménière & β\n\n## A\n\n## A-2 [@x]\n\n## β"

    assert headings(source) == [
        (2, "h-a", "A"),
        (3, "h-meniere", "Ménière & β"),
        (2, "h-a-2", "A"),
        (2, "h-a-2-2", "A-2"),
        (2, "h-section", "β"),
    ]


def test_short_answer_takes_paragraphs_and_emphasis():
    source = "Take *<5 mg*.\n\n**Not** 2\\*3."

    assert render_short(source) == (
        "<p>Take <em>&lt;5 mg</em>.</p>\n<p><strong>Not</strong> 2*3.</p>\n"
    )


@pytest.mark.parametrize(
    "construct",
    [
        "- a",
        "1. a",
        "## a",
        "> a",
        "| a |\n|---|",
        "b [a](https://example.org/)",
        "b [@pmid:1]",
    ],
)
def test_short_answer_refuses_everything_else(construct):
    assert refusal(f"First.\n\n{construct}", check_short) == (
        "Line 3: the short answer takes paragraphs and emphasis alone; move lists, "
        "tables, headings, quotes, links and citations to the body."
    )


def test_short_answer_keeps_its_words_too():
    assert line_refused("a\n\n# b", render_short) == 3


def test_empty_text_renders_to_nothing():
    assert (render("", {}), render_short("\n"), to_text(" ")) == ("", "", "")


def test_normalise_gives_the_stored_form():
    typed = "\r\n  \n  e\u0301 5 mg \t\r\n\r\nb\u00a0\r\n\n"

    assert normalise(typed) == "  \u00e9 5 mg\n\nb"


def test_normalised_text_renders_as_the_typed_one():
    typed = "\r\nMe\u0301nie\u0300re  \r\n<5 mg\r\n"

    assert render(typed, {}) == render(normalise(typed), {})
    assert unicodedata.normalize("NFC", to_text(typed)[:7]) == "M\u00e9ni\u00e8re"


def test_longest_text_is_200_000_characters():
    check("a " * 100_000)

    assert refusal("a" * 200_001) == (
        "This text has 200,001 characters and may have 200,000; make it shorter."
    )


@pytest.mark.parametrize(
    "piece",
    ["[", "*a ", "> ", "- ", "[@a] ", "|a|b|\n|-|-|\n", "> a\n\n", "_a_ ", "\\"],
)
def test_hostile_repetition_takes_no_longer_than_its_length(piece):
    started = time.process_time()

    with suppress(MarkupError):
        check(piece * (50_000 // len(piece)))

    assert time.process_time() - started < 10


def test_deep_nesting_is_refused_at_the_fifth_level():
    deep = "".join(" " * (2 * level) + "- a\n" for level in range(400))

    assert line_refused(deep) == 5
    check("> " * 10_000 + "a")


def test_a_citation_never_begins_a_line():
    html = render("One more [@a], and *two* [@a].", {"a": 1})

    assert "more&nbsp;<sup" in html
    assert "</em>&nbsp;<sup" in html


def test_blocks_joined_are_the_body_and_each_names_what_it_cites():
    keys = citations(GOLDEN_SOURCE)
    numbers = {key: number for number, key in enumerate(keys, 1)}

    found = blocks(GOLDEN_SOURCE, numbers)

    assert "".join(html for html, _ in found) == render(GOLDEN_SOURCE, numbers)
    assert list(dict.fromkeys(key for _, cited in found for key in cited)) == keys
    assert found[0] == ('<h2 id="h-what-helps">What <em>helps</em></h2>\n', [])


def test_blocks_of_a_text_that_cannot_be_shown_are_refused():
    with pytest.raises(MarkupError):
        blocks("A source without a number [@nobody].", {})

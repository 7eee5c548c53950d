import os
import re
from contextlib import suppress
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from conditions.markup import (
    MarkupError,
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
from tests.reading_back import SIGNS, Page, as_typed, significant

# Under var/ like all that a run leaves: a .hypothesis at the root stops pytest, since
# the project's norecursedirs replaces the default list.
set_hypothesis_home_dir(Path(__file__).parents[2] / "var" / "hypothesis")

many = settings(
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "300")), deadline=None
)

ALLOWED = {
    "p": set(),
    "h2": {"id"},
    "h3": {"id"},
    "ul": set(),
    "ol": set(),
    "li": set(),
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"scope", "class"},
    "td": {"class"},
    "em": set(),
    "strong": set(),
    "blockquote": set(),
    "sup": {"class"},
    "a": {"href", "id", "aria-label"},
}

# fmt: off
doses = st.sampled_from(
    [
        "<5 mg", ">60 years", "> 60", ">= 8", "≥8", "≤ 3", "±0.5", "p<0.05",
        "p < 0.001", "2*3*4 mg", "5 * 3 * 2", "2 *3* 4", "10^9", "~5", "-5 °C",
        "- 5 °C", "−5", "+ 3", "1. ", "1.5", "2019. The trial", "0.5–1.0", "5/10",
        "50%", "*p<0.05", "**p<0.01", "x_1_", "CYP2D6*4/*5", "10 µg/kg", "&lt;5",
        "&gt; 6", "&#53;", "C# ", "# of 5", "=5", "5=", "\\*7", "\\<8", "\\|9", "5\\\\",
        "> LOD", "(2)*3*(4)",
    ]
)
# fmt: on
# fmt: off
marks = st.sampled_from(
    [
        "*", "**", "_", "__", "***", "`", "~~", "[", "]", "(", ")", "](", "> ", ">",
        "- ", "+ ", "* ", "1. ", "2. ", "## ", "### ", "# ", "#", "---", "===", "\n",
        "\n\n", "\n> ", "\n- ", "\n  - ", "\n1. ", "\n2. ", "\n   ", "\n    ", "\t",
        "\u00a0", "  \n", "\\", "!", "![", "<", ":", ";", "@",
    ]
)
# fmt: on
tables = st.sampled_from(
    [
        "\n| a | b |\n|---|--:|\n| 1 | <2 |\n",
        "\na | 5\n:-:|---\n- 5 | > 6\n",
        "\n| 5 |\n|---|\n",
        "|",
        "\n|",
        "|---|---|\n",
    ]
)
cited = st.sampled_from(
    [
        "[@pmid:16642017]",
        "[@pmid:1; @doi:10.1/x]",
        "[@doi:10.1016/S0140-6736(05)1]",
        "[@own.word-1].",
        "[@]",
        "[@pmid: 1]",
        "[@a:<b>]",
        "[https](https://example.org/a_(1)?b=2&c=3)",
        "[5 mg](https://example.org)",
    ]
)
hostile = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><a xlink:href=javascript:alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNj)",
        "[x](https://example.org/\"onmouseover='alert(1))",
        "[x](https://example.org/'><script>)",
        "[x]: javascript:alert(1)",
        "<javascript:alert(1)>",
        '" onclick="alert(1)',
        "<style>*{}</style>",
        "<math><mtext></p><style><!--</style>",
        "]]>",
        "<!--",
        "&#x3C;script&#x3E;",
        "## x\" onclick='1'",
        "\u202e",
        "\x00",
        "\u200b",
    ]
)
words = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["foo", "bar ", " Ménière", "Me\u0301", "の", "β", ".", ", ", " "]
)
texts = st.lists(
    st.one_of(doses, marks, marks, tables, cited, words), min_size=1, max_size=14
).map("".join)
attacks = st.lists(st.one_of(hostile, marks, cited, tables), max_size=10).map("".join)


def rendered(source):
    """Render a body, or let the example go where the text is refused."""
    try:
        keys = citations(source)
        return render(source, {key: n for n, key in enumerate(keys, 1)})
    except MarkupError:
        assume(False)


@many
@given(st.one_of(texts, attacks))
def test_a_text_is_shown_or_refused_and_nothing_else_happens(source):
    for function in (check, check_short, render_short, to_text, headings, citations):
        with suppress(MarkupError):
            function(source)


@many
@given(texts)
def test_every_digit_letter_and_sign_stands_in_the_page_in_order(source):
    page = Page(rendered(source))
    typed, signs = as_typed(source, page)

    assert significant(page.words, signs) == significant(typed, signs)
    assert significant(to_text(source), SIGNS) == significant(page.words, SIGNS)


@many
@given(st.one_of(attacks, texts))
def test_page_holds_only_allowed_tags_attributes_and_addresses(source):
    for tag, attributes in Page(rendered(source)).tags:
        assert set(attributes) <= ALLOWED[tag]
        assert re.match(r"https://\w|#source-\d+$|$", attributes.get("href", ""))
        assert re.match(
            r"(?:cite|align-left|align-right|align-center|)$",
            attributes.get("class", ""),
        )


@many
@given(st.one_of(texts, attacks))
def test_ids_are_unique_and_citations_all_counted(source):
    tags = Page(rendered(source)).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    cited_ids = [name for name in ids if name.startswith("cite-")]

    assert len(ids) == len(set(ids))
    assert len(cited_ids) == sum(citation_counts(source).values())
    assert [name for name in ids if name not in cited_ids] == [
        name for _, name, _ in headings(source)
    ]


@many
@given(st.one_of(texts, attacks, st.text()))
def test_normalised_text_is_stable_and_renders_alike(source):
    once = normalise(source)

    assert normalise(once) == once
    assert rendered(once) == rendered(source) == rendered(source)

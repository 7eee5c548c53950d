"""The runs of a text, and where each of their letters stands in the source."""

import glob
from pathlib import Path

import pytest

from conditions import markup

SOURCE = """## Head *one*

Para one
second \\* line \\\\ here [@pmid:1; @doi:10.1/x]. Now **bold *x*** and
[a link](https://x.org/(a)b) end.

- item one
  wrapped
  - sub [@a].

1. Num

> Quote
> two

| A | B\\|c |
|---|---|
| x [@a] | |
| 3 * 4 | snake\\_case |
"""


def test_each_run_is_told_with_its_kind_level_block_and_words():
    assert [(r.kind, r.level, r.block, r.text) for r in markup.outline(SOURCE)] == [
        ("heading", 2, 0, "Head one"),
        (
            "paragraph",
            0,
            1,
            "Para one second * line \\ here. Now bold x and a link end.",
        ),
        ("item", 1, 2, "item one wrapped"),
        ("item", 2, 2, "sub."),
        ("item", 1, 3, "Num"),
        ("quote", 0, 4, "Quote two"),
        ("header", 0, 5, "A"),
        ("header", 0, 5, "B|c"),
        ("cell", 0, 5, "x"),
        ("cell", 0, 5, ""),
        ("cell", 0, 5, "3 * 4"),
        ("cell", 0, 5, "snake_case"),
    ]


def test_a_citation_stands_behind_the_letter_before_it():
    run = markup.outline("One [@pmid:1; @a] two [@b].")[0]

    assert (run.text, run.cited) == ("One two.", ((3, "pmid:1"), (3, "a"), (7, "b")))


def test_a_link_tells_its_words_and_its_address():
    run = markup.outline("See [our *list*](https://x.org/a_(b)) now.")[0]

    (link,) = run.links
    assert (run.text[link[0] : link[1]], link[2]) == ("our list", "https://x.org/a_(b)")


@pytest.mark.parametrize("path", sorted(glob.glob("editorial/sample/*.md")))
def test_every_letter_of_the_sample_stands_where_it_is_said_to(path):
    _, _, body = Path(path).read_text().split("---\n", 2)
    assert_placed(markup.normalise(body))


def test_every_letter_of_odd_markup_stands_where_it_is_said_to():
    assert_placed(markup.normalise(SOURCE))


def assert_placed(source):
    runs = markup.outline(source)
    assert runs
    for run in runs:
        for letter, place in zip(run.text, run.places, strict=False):
            assert source[place] == letter or (letter == " " and source[place] == "\n")


def test_a_span_leads_back_to_the_source():
    source = markup.normalise(SOURCE)
    run = markup.outline(source)[1]
    start = run.text.index("bold")

    first, last = run.span(start, start + 6)
    assert source[first:last] == "bold *x"
    assert run.span(3, 3) == (run.places[3], run.places[3])

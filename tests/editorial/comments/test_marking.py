"""Marks round rendered words: those of the passage, all of them, and nothing else."""

import re

import pytest

from conditions import markup
from editorial.anchors import Text, taken
from editorial.desk.review.discussion import Shown
from editorial.desk.review.marking import mark
from editorial.models import Comment, Summary
from editorial.quotes import Passage
from editorial.threads import Thread
from tests.builders import BODY, SHORT

TABLE = (
    "| A & B | C |\n|---|---|\n| *one* [@gard-poh] | two < 3 |\n\n1. first\n2. second"
)
WHOLE = f"{BODY}\n\n{TABLE}"


def marked(*quotes, body=WHOLE, short=SHORT):
    """Return what is marked, block by block, as a text without tags."""
    summary = Summary(short_answer=short, body=body)
    texts = {"short_answer": Text(short), "body": Text(body)}
    shown = []
    for quote in quotes:
        name, passage = taken(texts, Passage(quote))
        place = texts[name].find(passage)
        shown.append(Shown(Thread(Comment(field=name, quote=passage.quote)), place))
    numbers = {key: n for n, key in enumerate(markup.citations(body), 1)}
    blocks = [{"html": markup.render_short(short)}]
    blocks += [{"html": html} for html, _ in markup.blocks(body, numbers)]
    found = mark(blocks, summary, shown)
    for before, after in zip(blocks, found, strict=True):
        assert re.sub("</?mark[^>]*>", "", after["html"]) == before["html"]
    return [
        "".join(re.findall("<mark[^>]*>(.*?)</mark>", block["html"], re.DOTALL))
        for block in found
        if "<mark" in block["html"]
    ]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("keeps joints moving", ["keeps joints moving"]),
        ("What scientists", ["What scientists"]),
        ("from their father.", ["from their father&nbsp;."]),
        ("A & B", ["A &amp; B"]),
        ("two < 3", ["two &lt; 3"]),
        ("which soft tissue turns", ["which soft tissueturns"]),
        ("first second", ["firstsecond"]),
    ],
)
def test_the_words_of_a_passage_are_marked(quote, found):
    assert [words.replace(" ", "") for words in marked(quote)] == [
        words.replace(" ", "") for words in found
    ]


def test_a_passage_over_two_blocks_is_marked_in_both():
    found = marked("from their father. physiotherapy keeps")

    assert [words.split()[0] for words in found] == ["from", "physiotherapy"]


def test_passages_that_overlap_are_marked_as_one():
    (found,) = marked("keeps joints", "joints moving")

    assert found == "keeps joints moving"


def test_nothing_is_marked_for_a_comment_on_the_whole():
    summary = Summary(short_answer=SHORT, body=BODY)
    shown = [Shown(Thread(Comment(field="text")), None)]
    blocks = [{"html": "<p>One.</p>"}]

    assert mark(blocks, summary, shown) == blocks

from datetime import UTC, datetime

import pytest
import time_machine

from conditions import markdown_copy
from editorial import clock
from tests.builders import BODY, SHORT, Desk, record
from tests.readers import PAGE

SIGNED = datetime(2026, 5, 8, 12, tzinfo=UTC)
NUMBERS = {"pmid:1": 1, "doi:10.1/x": 2, "gard-poh": 3}


@pytest.fixture
def desk(db):
    return Desk()


def blocks(visit):
    text = visit(f"{PAGE}index.md").body.decode()
    assert text == text.rstrip() + "\n"
    return text[:-1].split("\n\n")


def test_the_first_line_is_the_one_that_the_source_pages_have(desk, visit):
    with clock.moved_to(SIGNED):
        desk.live()

    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        first, short, *_ = blocks(visit)

    line = "Short answer · Medically reviewed summary · Last updated: 2026-05-08"
    assert (first, short) == (line, SHORT)


def test_an_overdue_page_says_so_in_its_first_line(desk, visit):
    with clock.moved_to(SIGNED):
        desk.live()

    with time_machine.travel("2027-03-05T12:00:00Z", tick=False):
        first = blocks(visit)[0]

    since = "Review overdue since 2027-03-04"
    assert first == f"Short answer · {since} · Last updated: 2026-05-08"


def test_the_copy_keeps_the_order_of_the_page(desk, visit):
    desk.condition.community_name = "POH society"
    desk.condition.community_members = 1234
    desk.condition.community_as_of = SIGNED.date()
    record(desk.condition, desk.editor)
    desk.live()

    titles = [block for block in blocks(visit) if block.startswith("#")]

    assert titles == [
        f"# {desk.question.asked_of(desk.condition)}",
        "## What scientists are studying",
        "## Take part",
        "## Sources",
        "## Who checked this page",
        "## What changed",
    ]
    assert "Patient community: POH society, 1,234 members on 2026-05-08." in blocks(
        visit
    )


def test_the_body_cites_by_number_and_the_sources_are_numbered_so(desk, visit):
    desk.live(body="A [@gard-poh].\n\nB [@pmid:11784876; @gard-poh].")

    text = blocks(visit)

    assert text[3:5] == ["A [1].", "B [2, 1]."]
    sources = text[text.index("## Sources") + 1].splitlines()
    assert sources[0].startswith("1. Progressive osseous heteroplasia. Genetic and")
    assert sources[1].endswith("011262 <https://doi.org/10.1056/nejmoa011262>")
    assert len(sources) == 2


def test_who_signed_and_what_changed_are_said(desk, visit):
    with clock.moved_to(SIGNED):
        summary = desk.sign(desk.in_review())
    with clock.moved_to(SIGNED.replace(month=6)):
        desk.new_edition(summary, f"{BODY}\n- braces")

    text = blocks(visit)

    signer = text[text.index("## Who checked this page") + 1].splitlines()
    assert signer[0] == "- Dr Ines Falk, MD"
    assert signer[3] == "- Interests: none declared on 8 June 2026."
    assert signer[-1] == "- Signed 8 June 2026, 12:00 UTC"
    changes = text[text.index("## What changed") + 1].splitlines()
    assert changes == [
        "- 2026-06-08, edition 2: New evidence. Added the long-term results.",
        "- 2026-05-08, edition 1: First edition. Added the long-term results.",
    ]


def test_the_copy_ends_with_the_disclaimer_and_the_pages_address(desk, visit, settings):
    desk.live()

    assert blocks(visit)[-2:] == [settings.DISCLAIMER, f"<{settings.SITE_URL}{PAGE}>"]


@pytest.mark.parametrize(
    ("body", "numbered"),
    [
        ("A [@pmid:1].", "A [1]."),
        ("A [@pmid:1; @doi:10.1/x].", "A [1, 2]."),
        ("A [@pmid:1 ;  @gard-poh ].", "A [1, 3]."),
        ("A [@pmid:1][@gard-poh].", "A [1, 3]."),
        ("A \\[@pmid:1].", "A \\[@pmid:1]."),
        ("A \\\\[@pmid:1].", "A \\\\[1]."),
        ("- a [@pmid:1]\n- b [@doi:10.1/x]", "- a [1]\n- b [2]"),
        ("me@example.org and [1]", "me@example.org and [1]"),
    ],
)
def test_a_citation_becomes_its_number_and_nothing_else_changes(body, numbered):
    assert markdown_copy.numbered(body, NUMBERS) == numbered


def test_words_from_a_field_are_no_marks():
    text = "a *b* [c](d) <e> #f `g`\nh | i_j \\"

    assert markdown_copy.plain(text) == (
        "a \\*b\\* \\[c\\](d) \\<e\\> \\#f \\`g\\` h \\| i\\_j \\\\"
    )

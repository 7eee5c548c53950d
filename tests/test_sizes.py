"""Sizes far beyond every limit: a sentence comes back, and no work was done."""

import pytest

from conditions import compare, markup
from conditions.alignment import Effort
from conditions.composition import composed
from editorial.rules import MoveRefused
from editorial.writing import Text
from tests.benchmarks import sizes
from tests.builders import PASSWORD, Desk, fresh
from tests.walking import Walker

MEGABYTE = 1_000_000


@pytest.mark.parametrize("name", sizes.TOO_LARGE)
def test_what_is_far_too_large_is_refused_with_the_limit(name):
    with pytest.raises(MoveRefused, match=r"and may have [\d,]+: shorten it"):
        Text(**{"short_answer": "", "body": "", **sizes.TOO_LARGE[name]}).settled()


def test_a_difference_spends_no_more_than_its_effort():
    effort = Effort()
    old = "\n".join(f"line {n}" for n in range(4_500))

    compare.words(old, "\n".join(reversed(old.split("\n"))), effort)

    assert 0 <= effort.left < Effort().left


def test_a_heap_of_marks_is_put_in_no_order_and_refused():
    heap = "a" + "\u0301\u0327" * MEGABYTE

    assert composed(heap) == heap
    with pytest.raises(markup.MarkupError, match="more than 8 marks stand on"):
        markup.check_visible(heap)


@pytest.mark.parametrize("shape", ["> " * 10_000 + "a", "- " * 10_000 + "a"])
def test_deep_nesting_in_a_line_is_bounded(shape):
    assert len(markup.to_text(shape)) <= len(shape)


def test_lists_stand_four_deep_at_most():
    deep = "\n".join("  " * n + "- a" for n in range(200))

    with pytest.raises(markup.MarkupError, match="at most four deep"):
        markup.check(deep)


@pytest.mark.django_db
def test_a_request_of_20_mb_is_refused_and_nothing_is_lost(visit):
    desk = Desk()
    summary = desk.draft()
    walker = Walker(visit)
    walker.log_in(desk.writer.username, PASSWORD)
    walker.go(f"/admin/editorial/summary/{summary.pk}/change/")

    answer = walker.submit(body="a" * 20 * MEGABYTE)

    assert answer == 400
    assert fresh(summary).revision == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/conditions/", "/admin/login/", "/admin/editorial/summary/"]
)
def test_a_query_of_a_megabyte_is_answered(visit, address):
    assert visit(f"{address}?q={'a' * MEGABYTE}").status in (200, 302, 400, 414)

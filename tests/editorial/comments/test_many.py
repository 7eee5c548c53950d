"""Many comments: counted, in parts, and asked for in as few queries as one."""

import pytest
from django.db.models import QuerySet

from editorial import commenting
from editorial.desk.review.discussion import Discussion
from editorial.dossier import Dossier
from editorial.models import Comment
from tests.saying import say

pytestmark = pytest.mark.django_db
AT = "/admin/editorial/summary/"


def many(summary, by, count):
    row = {"summary": summary, "revision_seen": 1, "field": "text", "by": by}
    row |= {"at": summary.history.first().history_date, "blocking": True}
    QuerySet(Comment).bulk_create(Comment(**row, words=f"{n}") for n in range(count))


def test_the_address_of_a_comment_leads_to_the_page_that_has_it(enter, desk, summary):
    first = say(summary, by=desk.reviewer)
    many(summary, desk.writer, 100)

    answer = enter("writer").get(f"{AT}{summary.pk}/comments/{first.pk}/")

    assert answer.headers["Location"].endswith(f"/comments/?p=2#comment-{first.pk}")
    page = enter("writer").get(answer.headers["Location"]).content.decode()
    assert f'id="comment-{first.pk}"' in page


def test_the_home_counts_what_is_open_on_a_text(enter, desk):
    summary = desk.in_review()
    for words in ("One?", "Two?", "Three?"):
        last = say(summary, by=desk.writer, words=words)

    commenting.resolve(last, by=desk.writer)
    two = enter("reviewer").get("/admin/").content.decode()
    commenting.reopen(last, by=desk.writer)
    three = enter("reviewer").get("/admin/").content.decode()

    assert "2 open comments" in two
    assert "3 open comments" in three


@pytest.mark.parametrize("count", [1, 500])
def test_a_screen_asks_the_same_of_five_hundred_comments(
    enter, desk, summary, django_assert_num_queries, count
):
    many(summary, desk.writer, count)
    known = Dossier(summary)
    known.roles_of(desk.editor)

    with django_assert_num_queries(6):
        found = Discussion(known, desk.editor)
        assert {shown.why_not_resolved for shown in found.beside} == {""}
        assert (found.more, found.blocking) == (max(0, count - 30), count)

"""By when a review is wanted, and the review claimed or given back in one press."""

import re
from datetime import timedelta
from html import unescape

import pytest

from editorial import clock, wanted, workflow
from editorial.rules import MoveRefused
from tests.builders import Desk, fresh, make_reviewer, sign

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def look(client):
    def at(user, address):
        client.force_login(user)
        page = client.get(address).content.decode()
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))

    return at


def review(summary):
    return f"/admin/editorial/summary/{summary.pk}/review/"


def wanting(desk, days):
    day = clock.today() + days * DAY
    return workflow.submit_for_review(desk.draft(), by=desk.writer, wanted_by=day)


# The day


def test_whoever_submits_may_say_by_when(desk, look):
    summary = wanting(desk, 3)
    day = clock.today() + 3 * DAY

    told = f"wanted by {day.day} {day:%B %Y}"
    assert summary.review_wanted_by == day
    assert told in look(desk.reviewer, review(summary))
    assert told in look(desk.reviewer, "/admin/")
    assert told in look(desk.writer, "/admin/editorial/summary/")


@pytest.mark.parametrize(("days", "said"), [(1, "1 day over"), (4, "4 days over")])
def test_a_day_that_is_over_is_said_in_words(desk, look, days, said):
    summary = wanting(desk, 0)

    with clock.moved_to(clock.now() + days * DAY):
        assert said in look(desk.reviewer, review(summary))
        assert said in look(desk.reviewer, "/admin/")


def test_a_day_that_is_today_is_not_over():
    assert "overdue" not in wanted.told(clock.today())
    assert wanted.told(None) == ""


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_cannot_be_meant_is_refused(desk, days):
    with pytest.raises(MoveRefused, match="from today on, and within a year"):
        wanting(desk, days)


def test_an_editor_says_by_when_and_takes_the_day_away(desk):
    summary, day = desk.in_review(), clock.today() + DAY
    held = {"by": desk.editor, "reviewer": desk.reviewer}

    with_day = workflow.assign(summary, **held, wanted_by=day)
    kept = workflow.assign(summary, **held)
    without = workflow.assign(summary, **held, wanted_by=None)

    assert [one.review_wanted_by for one in (with_day, kept, without)] == [
        *(day, day),
        None,
    ]


def test_a_day_that_went_by_stands_while_somebody_else_is_asked(desk):
    summary, day = wanting(desk, 0), clock.today()

    with clock.moved_to(clock.now() + 5 * DAY):
        said = {"by": desk.editor, "reviewer": None, "wanted_by": day}
        assert workflow.assign(summary, **said).review_wanted_by == day


def test_a_reviewer_says_no_day(desk):
    with pytest.raises(MoveRefused, match="Only an editor says by when"):
        workflow.assign(
            desk.in_review(),
            by=desk.reviewer,
            reviewer=desk.reviewer,
            wanted_by=clock.today(),
        )


def test_each_request_has_a_day_of_its_own(desk):
    summary = wanting(desk, 3)
    workflow.recall(summary, by=desk.writer, reason="A slip.")

    again = workflow.submit_for_review(fresh(summary), by=desk.writer)

    assert again.review_wanted_by is None


def test_the_day_is_asked_for_where_a_text_is_submitted(desk, client):
    summary, day = desk.draft(), clock.today() + DAY
    client.force_login(desk.writer)
    address = f"/admin/editorial/summary/{summary.pk}/moves/submit_for_review/"

    said = {"revision": summary.revision, "wanted_by": day.isoformat()}
    client.post(address, said)

    assert fresh(summary).review_wanted_by == day


# Claimed, given back


def press(client, summary, user):
    """Press the one button that claims the review or gives it back."""
    client.force_login(user)
    page = client.get(review(summary)).content.decode()
    form = re.search(r'<form class="claim".*?</form>', page, re.S)[0]
    action = re.search(r'action="(.*?)"', form)[1]
    answer = client.post(action, dict(re.findall(r'name="(\w+)" value="(.*?)"', form)))
    assert answer.status_code == 302
    return re.search(r'class="plain">(.*?)<', form)[1]


def test_a_review_is_claimed_and_given_back_by_one_press_each(desk, client):
    summary = wanting(desk, 2)

    pressed = [press(client, summary, desk.reviewer)]
    holder = fresh(summary).assigned_reviewer
    pressed.append(press(client, summary, desk.reviewer))

    assert pressed == ["Claim this review", "Give this review back"]
    assert (holder, fresh(summary).assigned_reviewer) == (desk.reviewer, None)
    assert fresh(summary).review_wanted_by == clock.today() + 2 * DAY


def test_whose_review_it_is_not_has_no_button_to_give_it_back(desk, client):
    other = make_reviewer("jon", "Jon Berg")
    summary = workflow.assign(desk.in_review(), by=desk.editor, reviewer=other)
    client.force_login(desk.reviewer)

    assert 'class="claim"' not in client.get(review(summary)).content.decode()


# Two signatures


def test_the_second_reviewer_reads_who_signed_when_and_what_that_means(look):
    desk = Desk(signatures=2)
    summary = desk.in_review()
    signed = sign(summary, by=desk.reviewer)
    at = clock.local(signed.signed_at)

    words = look(make_reviewer("jon", "Jon Berg"), review(summary))

    assert (
        f"Ines Falk signed this same text on {at.day} {at:%B %Y, %H:%M}: “Review and "
        "approval of the whole page”."
    ) in words
    assert "1 of 2 signatures given by Ines Falk" in words
    assert "4 passages are not ticked as read" in words

"""“Reviewed without change” begins with one press on the desk’s home."""

import re
from datetime import timedelta

import pytest

from editorial import clock, workflow
from tests.builders import Desk, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def later(days):
    return clock.moved_to(clock.now() + timedelta(days=days))


def buttons(client, reviewer):
    client.force_login(reviewer)
    return client.get("/admin/").content.decode().count("Review it now")


def test_an_overdue_page_is_sent_to_recheck_and_opened_by_one_press(client, desk):
    sign(desk.in_review(), by=desk.reviewer, days=1)

    with later(3):
        client.force_login(desk.reviewer)
        page = client.get("/admin/").content.decode()
        form = re.search(r'<form class="recheck-now".*?</form>', page, re.S)[0]
        action = re.search(r'action="(.*?)"', form)[1]
        seen = re.search(r'name="revision" value="(\d+)"', form)[1]
        answer = client.post(action, {"revision": seen})
        review = client.get(answer.url).content.decode()

    assert answer.url.endswith("/review/")
    assert "reviewed without change" in review
    assert 'name="read"' not in review


def test_a_page_whose_text_is_worked_on_is_not_sent_to_recheck(client, desk):
    summary = desk.sign(desk.in_review(), days=1)

    with later(3):
        before = buttons(client, desk.reviewer)
        workflow.start_revision(summary, by=desk.writer)
        after = buttons(client, desk.reviewer)

    assert (before, after) == (1, 0)

"""The boxes of the review screen, by one form without a script and by JSON with one."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from editorial import catalogue, clock, reading, workflow
from editorial.dossier import Dossier
from editorial.models import Reading, SignOff
from editorial.states import Role
from tests.builders import BODY, PASSWORD, Desk, fresh, make_reviewer, read, tamper

pytestmark = pytest.mark.django_db
MORE, AND = "Surgery can help [@gard-poh].", "A test takes 3 weeks [@gard-poh]."
BOXES = r'<input type="checkbox" name="read" value="(\w+)" form="signing"'


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def summary(desk):
    """A live page's next text in review, in which two passages are new."""
    summary = workflow.start_revision(desk.live(), by=desk.writer)
    desk.revise(summary, f"{BODY}\n\n{MORE}\n\n{AND}")
    return workflow.submit_for_review(fresh(summary), by=desk.writer)


class Screen:
    def __init__(self, client, summary, by):
        client.force_login(by)
        self.client, self.answer = client, None
        self.address = reverse("admin:editorial_summary_review", args=(summary.pk,))
        self.answer = client.get(self.address)

    @property
    def page(self):
        return self.answer.content.decode()

    @property
    def words(self):
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", self.page)))

    @property
    def boxes(self):
        return re.findall(BOXES, self.page)

    def post(self, **typed):
        names = "content_sha256|evidence|shown"
        held = re.findall(rf'name="({names})" value="(.*?)"', self.page)
        sent = {
            "change_type": "wording",
            "note": "Said in other words.",
            "review_due_on": (clock.today() + timedelta(days=300)).isoformat(),
            "interests": "none",
            "password": PASSWORD,
            **{name: unescape(value) for name, value in held},
            **typed,
        }
        self.answer = self.client.post(self.address, sent)
        return self.answer.status_code


@pytest.fixture
def screen(client, summary, desk):
    return Screen(client, summary, desk.reviewer)


def save(client, summary, *keys):
    address = reverse("admin:editorial_summary_read", args=(summary.pk,))
    return client.post(address, {"read": keys})


# Without a script


def test_each_changed_passage_has_a_box_and_the_button_says_how_many_wait(screen):
    assert len(screen.boxes) == 2
    said = "2 changed passages are not ticked as read: read and tick each."
    assert f'<p class="why" id="why-sign_off">{said}</p>' in screen.page
    assert 'aria-describedby="why-sign_off" aria-disabled="true"' in screen.page
    assert "You cannot sign now." not in screen.words


def test_a_first_edition_has_a_box_for_each_passage_with_its_sources(desk, client):
    screen = Screen(client, desk.in_review(), desk.reviewer)

    assert len(screen.boxes) == 4
    assert "Passage 4 of 4: what stands around the text" in screen.words
    passage = re.search(r'id="change-2".*?id="change-3"', screen.page, re.S)[0]
    assert "What scientists are studying" in passage
    assert "Paternally inherited inactivating mutations" in passage


def test_the_last_ticks_and_the_signature_are_one_press(screen):
    assert screen.post(read=screen.boxes) == 302

    assert SignOff.objects.count() == 2


def test_a_press_without_the_ticks_is_refused_and_nothing_typed_is_lost(screen):
    assert screen.post(note="We say it in plainer words.") == 200

    assert "2 changed passages are not ticked as read" in screen.words
    assert "We say it in plainer words.</textarea>" in screen.page
    assert SignOff.objects.count() == 1


def test_a_wrong_password_loses_no_tick(screen):
    assert screen.post(read=screen.boxes, password="a guess") == 200

    assert screen.boxes == []
    assert screen.words.count("✓ Read") == 2


def test_what_was_read_is_saved_without_a_signature_and_keeps_what_was_typed(screen):
    some = screen.boxes[:1]

    assert screen.post(read=some, save_read="1", note="Half of it.") == 200

    assert "One changed passage is not ticked as read" in screen.words
    assert "Half of it.</textarea>" in screen.page
    assert PASSWORD not in screen.page
    assert "Not signed" not in screen.page
    assert "mend what is marked" not in screen.page
    assert SignOff.objects.count() == 1


def test_all_read_leaves_the_button_as_it_was(screen, summary, desk):
    read(summary, by=desk.reviewer)
    screen.answer = screen.client.get(screen.address)

    assert screen.boxes == []
    assert "Save what I have read" not in screen.page
    assert 'aria-describedby="outcome">Sign and publish' in screen.page


def test_whoever_may_not_sign_has_no_boxes(desk, client, summary):
    both = make_reviewer("noor", "Noor Said", roles=(Role.EDITOR,))
    desk.sources[0].title = "Another title"
    catalogue.save(desk.sources[0], by=both)

    for who in (both, desk.writer, desk.editor):
        assert Screen(client, summary, who).boxes == []


def test_each_change_leads_to_the_one_before_and_after(screen):
    assert 'href="#change-2">Next' in screen.page
    assert 'href="#change-1">Previous' in screen.page
    assert 'href="#change-3"' not in screen.page


def test_an_altered_edition_stops_the_reading_in_a_sentence(desk, client, summary):
    tamper("UPDATE conditions_edition SET content = '{}'")

    screen = Screen(client, summary, desk.reviewer)

    assert screen.boxes == []
    assert "An earlier edition was altered" in screen.words
    assert save(client, summary, "x").status_code == 409


# With a script


def test_a_tick_is_saved_as_it_is_made_and_told(screen, summary, desk):
    first, last = screen.boxes

    said = save(screen.client, summary, first).json()["why"]

    assert said == "One changed passage is not ticked as read: read it, then tick it."
    assert save(screen.client, summary, last).json() == {"why": ""}
    assert reading.unread(Dossier(fresh(summary)), desk.reviewer) == []


@pytest.mark.parametrize("keys", [(), ("x",), ("\x00",), ("f" * 100_000,)])
def test_an_odd_tick_writes_nothing(screen, summary, keys):
    rows = Reading.objects.count()

    assert save(screen.client, summary, *keys).status_code == 200

    assert Reading.objects.count() == rows


def test_writers_cannot_tick(desk, client, summary):
    client.force_login(desk.writer)

    assert save(client, summary, "x").status_code == 403

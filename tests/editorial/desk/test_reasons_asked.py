"""How the desk asks for reasons, keeps what is typed, and shows them to who signs."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from editorial import clock, workflow, writing
from editorial.dossier import Dossier
from editorial.manuscript import page_of
from editorial.models import SignOff, WrittenReason
from editorial.states import Status
from tests.builders import DOSED, LENIENT, PASSWORD, SOUND, WHY, Desk, fresh, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_rules")]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def browser(client):
    return Browser(client)


class Browser:
    """Opens a page of a summary, and sends its form with what it holds."""

    def __init__(self, client):
        self.client = client

    def submission(self, summary, by):
        self.client.force_login(by)
        return self._get("editorial_summary_move", summary.pk, "submit_for_review")

    def review(self, summary, by):
        self.client.force_login(by)
        read(summary, by=by)
        return self._get("editorial_summary_review", summary.pk)

    def _get(self, name, *where):
        self.address = reverse(f"admin:{name}", args=where)
        self.answer = self.client.get(self.address)
        names = "revision|content_sha256|evidence|shown"
        hidden = re.findall(rf'type="hidden" name="({names})" value="(.*?)"', self.page)
        self.hidden = {name: unescape(value) for name, value in hidden}
        return self

    def send(self, **typed):
        self.answer = self.client.post(self.address, {**self.hidden, **typed})
        return self.answer.status_code

    def sign(self, **typed):
        due = (clock.today() + timedelta(days=300)).isoformat()
        said = {"review_due_on": due, "interests": "none", "password": PASSWORD}
        return self.send(**{**said, **typed})

    @property
    def page(self):
        return self.answer.content.decode()

    @property
    def words(self):
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.page)).split())

    @property
    def asked(self):
        """The names of the fields in which a reason is asked for."""
        return re.findall(r'<textarea name="(reason-\w+)"', self.page)


@pytest.fixture
def waiting(desk):
    """A text that was submitted before the rules asked for a reason."""
    return desk.let_through()


# Submission


def test_a_text_without_findings_asks_for_no_reason(desk, browser):
    shown = browser.submission(desk.sound(), desk.writer)

    assert shown.asked == []
    assert "asks for a reason" not in shown.words


def test_each_finding_has_a_field_with_its_words_and_what_to_do(desk, browser):
    shown = browser.submission(desk.sound(DOSED), desk.writer)

    (name,) = shown.asked
    label = re.search(rf'<label for="id_{name}">(.*?)</label>', shown.page)
    assert label[1] == "Body, “5 mg” (P22)"
    help_text = re.search(
        rf'id="id_{name}_helptext"[^>]*>(.*?)</div>', shown.page, re.S
    )
    assert "leave it out, or write why readers need it" in help_text[1]
    assert f'aria-describedby="id_{name}_helptext"' in shown.page


def test_without_the_reason_nothing_is_done_and_the_note_is_kept(desk, browser):
    summary = desk.sound(DOSED)
    shown = browser.submission(summary, desk.writer)

    assert shown.send(reason="For Friday, please.") == 200

    assert "Nothing was done: mend what is marked below." in shown.words
    assert "Say why these words stay, or go back and change them." in shown.words
    assert "For Friday, please.</textarea>" in shown.page
    assert fresh(summary).status == Status.DRAFT


def test_with_the_reason_it_is_submitted(desk, browser):
    summary = desk.sound(DOSED)
    shown = browser.submission(summary, desk.writer)

    assert shown.send(**{shown.asked[0]: WHY}) == 302

    assert fresh(summary).status == Status.IN_REVIEW
    assert WrittenReason.objects.get().reason == WHY


def test_pressed_twice_it_is_submitted_once(desk, browser):
    shown = browser.submission(desk.sound(DOSED), desk.writer)
    typed = {shown.asked[0]: WHY}

    assert [shown.send(**typed), shown.send(**typed)] == [302, 302]

    assert WrittenReason.objects.count() == 1


def test_pressed_again_with_another_reason_it_is_refused(desk, browser):
    shown = browser.submission(desk.sound(DOSED), desk.writer)
    (name,) = shown.asked

    assert [shown.send(**{name: WHY}), shown.send(**{name: "Other."})] == [302, 200]

    assert "is in review" in shown.words
    assert "Other.</textarea>" in shown.page


def test_what_was_written_for_words_that_changed_in_another_tab_is_shown(desk, browser):
    summary = desk.sound(DOSED)
    shown = browser.submission(summary, desk.writer)
    newer = desk.text(DOSED.replace("5 mg", "7 mg"), summary.short_answer)
    writing.revise(summary, by=desk.writer, text=newer, against=1)

    assert shown.send(**{shown.asked[0]: WHY}) == 200

    assert f"You wrote this for words that have changed since: {WHY}" in shown.words
    assert "“7 mg”" in shown.words
    assert fresh(summary).status == Status.DRAFT


def test_a_reason_that_stands_is_shown_and_may_be_replaced(desk, browser):
    summary = workflow.recall(desk.reasoned(), by=desk.writer, reason="A second look.")
    shown = browser.submission(summary, desk.writer)

    assert f"Tomás Rey wrote on {clock.today():%-d %B %Y}: “{WHY}”" in shown.words
    assert shown.send() == 302
    assert WrittenReason.objects.count() == 1


def test_what_blocks_greys_the_button_and_says_why(desk, browser):
    body = f"{SOUND}\n\nThere is no cure [@gard-poh]."
    shown = browser.submission(desk.sound(body), desk.writer)

    why = "Preflight holds this text back. Body, “There is no cure”: Say as of when"
    assert why in shown.words
    assert 'aria-disabled="true"' in shown.page
    assert shown.send() == 200
    assert shown.words.count(why) == 1


# Before a signature


def test_the_reviewer_sees_who_wrote_which_reason_for_what(desk, browser):
    shown = browser.review(desk.reasoned(), desk.reviewer)

    told = shown.words
    assert "Reason written A dose may be copied" in told
    assert "Body, “5 mg” P22" in told
    assert f"Tomás Rey , {clock.today():%-d %B %Y}: {WHY}" in told
    assert shown.asked == []


def test_the_reviewer_sees_under_which_rules_it_was_checked(desk, browser, settings):
    settings.PREFLIGHT_RULES = LENIENT
    shown = browser.review(desk.sound(), desk.reviewer)

    said = (
        r"by the rules ([0-9a-f]{4} ?){3} , milder than those of Countersign: P01 off, "
    )
    assert re.search(said, shown.words)


def test_a_text_that_no_check_can_read_shows_its_faults_alone(desk, browser):
    shown = browser.review(desk.draft(""), desk.reviewer)

    assert "Write the body." in shown.words
    assert 'id="preflight"' not in shown.page


def test_the_signer_is_asked_for_a_reason_that_is_missing(desk, browser, waiting):
    shown = browser.review(waiting, desk.reviewer)
    (name,) = shown.asked

    assert shown.sign() == 200
    assert "Say why these words stay, or go back and change them." in shown.words
    assert not SignOff.objects.exists()

    assert shown.sign(**{name: WHY}) == 302
    assert WrittenReason.objects.get().by == desk.reviewer


def test_the_signers_reason_outlives_a_wrong_password(desk, browser, waiting):
    shown = browser.review(waiting, desk.reviewer)

    assert shown.sign(**{shown.asked[0]: WHY, "password": "a guess"}) == 200

    assert f"{WHY}</textarea>" in shown.page


def test_what_blocks_by_now_is_told_before_the_reading(desk, browser):
    summary = desk.let_through(f"{SOUND}\n\nThere is no cure [@gard-poh].")

    shown = browser.review(summary, desk.reviewer)

    assert "You cannot sign now. Preflight holds this text back." in shown.words
    assert "Request changes, so that its writers can mend it." in shown.words


# The whole way


def test_from_a_refused_submission_to_the_record(desk, browser):
    summary = desk.sound(DOSED)

    shown = browser.submission(summary, desk.writer)
    shown.send()
    shown.send(**{shown.asked[0]: WHY})
    seen = browser.review(summary, desk.reviewer)
    assert WHY in seen.words
    assert seen.sign() == 302

    (told,) = page_of(summary).live_edition.read_record()["reasons"]
    assert (told["words"], told["reason"], told["by"]) == ("5 mg", WHY, "Tomás Rey")
    assert Dossier(fresh(summary)).unreasoned == []

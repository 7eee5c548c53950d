import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from conditions import content
from editorial import catalogue, clock, next_review, publishing, signoff, workflow
from editorial.manuscript import Manuscript, page_of
from editorial.models import RefusedSigning, SignOff
from editorial.states import Role, Status
from tests.builders import (
    BODY,
    PASSWORD,
    Desk,
    fresh,
    make_reviewer,
    read,
    sign,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def screen(client):
    """Opens the review screen as somebody; `screen.sign()` presses its button."""
    return Screen(client)


class Screen:
    def __init__(self, client):
        self.client = client

    def open(self, summary, by):
        """Open it where every passage has been ticked before."""
        read(summary, by=by)
        self.client.force_login(by)
        self.address = reverse("admin:editorial_summary_review", args=(summary.pk,))
        self.response = self.client.get(self.address)
        return self

    def sign(self, **typed):
        """Post what the screen holds, and what is typed."""
        hidden = re.findall(
            r'type="hidden" name="(content_sha256|evidence|shown)" value="(.*?)"',
            self.page,
        )
        self.typed = {
            "review_due_on": (clock.today() + timedelta(days=300)).isoformat(),
            "interests": "none",
            "password": PASSWORD,
            **{name: unescape(value) for name, value in hidden},
            **typed,
        }
        return self.again()

    def again(self):
        self.response = self.client.post(self.address, self.typed)
        return self

    @property
    def page(self):
        return self.response.content.decode()

    @property
    def panel(self):
        found = re.search(r'id="sign-off".*?</section>', self.page, re.S)[0]
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", found)))

    @property
    def said(self):
        """The sentence beside the form, or ""."""
        found = re.search(r'role="alert">(.*?)</p>', self.page, re.S)
        return unescape(re.sub(r" ?<a.*?</a>", "", found[1])) if found else ""

    @property
    def faults(self):
        found = re.findall(r'<ul class="errorlist"[^>]*><li>(.*?)</li>', self.page)
        return [unescape(sentence) for sentence in found]

    @property
    def button(self):
        found = re.search(r'<button type="submit"([^>]*)>(Sign[^<]*)<', self.page)
        return found.groups()


def changed(desk):
    """Return a live page's next text, in review."""
    summary = workflow.start_revision(desk.live(), by=desk.writer)
    desk.revise(summary, BODY + "\n\nSurgery can help [@gard-poh].")
    return workflow.submit_for_review(fresh(summary), by=desk.writer)


SAID = {"change_type": "correction", "note": "We corrected who inherits what."}


# What the panel says


def test_panel_shows_what_is_signed_and_as_whom(desk, screen):
    summary = desk.in_review()

    panel = screen.open(summary, desk.reviewer).panel

    assert signoff.ATTESTATION in panel
    fingerprint = content.fingerprint(Manuscript(summary).sha256)
    assert (
        f"You sign exactly this text, {fingerprint}, as Dr Ines Falk, MD, "
        "consultant in medical genetics."
    ) in panel


def test_panel_preselects_nothing_but_the_next_review(desk, screen):
    summary = desk.in_review()
    last = next_review.limit(summary)
    day = next_review.offered(summary, last)

    page = screen.open(summary, desk.reviewer).page

    assert f'name="review_due_on" value="{day}" max="{last.on}"' in page
    assert last.told() in page
    assert "checked" not in re.search(r'id="sign-off".*?</section>', page, re.S)[0]
    assert 'autocomplete="current-password"' in page


def test_kind_of_a_first_edition_is_said_and_not_asked(desk, screen):
    screen.open(desk.in_review(), desk.reviewer)

    assert "Kind of change: first edition" in screen.panel
    assert 'name="change_type"' not in screen.page


def test_kind_of_a_recheck_is_said_and_not_asked(desk, screen):
    summary = workflow.recheck(desk.live(), by=desk.editor)

    assert "reviewed without change" in screen.open(summary, desk.reviewer).panel


def test_kind_of_a_changed_text_is_asked_and_not_chosen(desk, screen):
    page = screen.open(changed(desk), desk.reviewer).page

    assert '<option value="" selected>Choose…</option>' in page


@pytest.mark.parametrize(
    ("prepare", "button", "outcome"),
    [
        (lambda desk, s: s.in_review(), "Sign and publish", "Readers see it at once."),
        (
            lambda desk, s: publishing.schedule(
                s.in_review(), by=s.editor, at=clock.now() + timedelta(days=2)
            ),
            "Sign",
            "Readers see it from",
        ),
        (
            lambda desk, s: workflow.recheck(s.withdrawn(), by=s.editor),
            "Sign",
            "The page is withdrawn: an editor puts it back after you sign.",
        ),
    ],
)
def test_button_says_what_will_happen(desk, screen, prepare, button, outcome):
    screen.open(prepare(None, desk), desk.reviewer)

    assert screen.button == (' aria-describedby="outcome"', button)
    assert outcome in screen.panel


def test_button_only_signs_where_editors_publish(desk, screen, settings):
    settings.PUBLISH_ON_SIGN_OFF = False

    screen.open(desk.in_review(), desk.reviewer)

    assert screen.button[1] == "Sign"
    assert "An editor publishes it after you sign." in screen.panel


# A signature


def test_signing_makes_the_edition_live_and_says_so(desk, screen, client):
    summary = desk.in_review()

    response = screen.open(summary, desk.reviewer).sign().response

    assert response.url == screen.address
    assert page_of(summary).live_edition.number == 1
    assert "Signed: edition 1 is live now." in client.get(response.url).content.decode()


def test_everything_said_stands_in_the_record(desk, screen):
    summary, due = changed(desk), clock.today() + timedelta(days=100)

    screen.open(summary, desk.reviewer).sign(
        **SAID,
        interests="declared",
        declared="I advise the makers of a test.",
        review_due_on=due.isoformat(),
    )

    record = page_of(summary).live_edition.read_record()
    assert record["change_type"] == "correction"
    assert record["note"] == "We corrected who inherits what."
    assert record["review_due_on"] == due.isoformat()
    assert record["signatures"][0]["interests"] == "I advise the makers of a test."


def told(response, client):
    return [str(one) for one in client.get(response.url).context["messages"]]


def test_a_double_click_signs_once_and_says_so(desk, screen, client):
    summary = desk.in_review()
    screen.open(summary, desk.reviewer).sign()

    screen.again()

    assert told(screen.response, client) == ["Signed: edition 1 is live now."]
    assert SignOff.objects.count() == 1
    assert not RefusedSigning.objects.exists()


def test_a_double_click_on_the_first_of_two_signatures_says_so(screen, client):
    desk = Desk(signatures=2)
    screen.open(desk.in_review(), desk.reviewer).sign()

    screen.again()

    (sentence,) = told(screen.response, client)
    assert sentence.startswith("Signed. Another medical reviewer must sign")
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"interests": "declared", "declared": "A talk, paid for."},
        {"note": "Another note for readers."},
        {"review_due_on": (clock.today() + timedelta(days=30)).isoformat()},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_second_press_that_says_something_else_is_refused(desk, screen, other):
    summary = desk.in_review()
    screen.open(summary, desk.reviewer).sign()

    screen.typed.update(other)
    screen.again()

    assert screen.said.startswith("This summary is reviewed; “Sign off” needs one")
    assert SignOff.objects.count() == 1


def test_a_signature_of_a_moment_ago_is_not_said_to_be_one_on_a_recheck(desk, screen):
    summary = desk.in_review()
    screen.open(summary, desk.reviewer).sign()
    workflow.recheck(summary, by=desk.editor)

    screen.again()

    assert SignOff.objects.count() == 2


def test_a_colleagues_press_on_the_same_screen_is_refused(desk, screen, client):
    summary, second = desk.in_review(), make_reviewer("bo", "Bo Berg")
    screen.open(summary, desk.reviewer).sign()
    client.force_login(second)

    screen.again()

    assert screen.said.startswith("This summary is reviewed;")
    assert SignOff.objects.count() == 1


def test_first_of_two_signatures_asks_for_another(screen, client):
    desk = Desk(signatures=2)
    summary = desk.in_review()
    screen.open(summary, desk.reviewer)
    before = (screen.button[1], "0 of 2 signatures given." in screen.panel)

    response = screen.sign().response

    assert before == ("Sign", True)
    assert fresh(summary).status == Status.IN_REVIEW
    said = client.get(response.url).content.decode()
    assert "Another medical reviewer must sign this same text too." in said
    assert "You have signed this text already." in said


def test_second_of_two_signatures_sees_the_first_and_publishes(screen):
    desk = Desk(signatures=2)
    summary, noor = desk.in_review(), make_reviewer("noor", "Noor Said")
    sign(summary, by=desk.reviewer)

    screen.open(summary, noor)
    given = "1 of 2 signatures given by Ines Falk." in screen.panel
    screen.sign()

    assert given
    assert page_of(summary).live_edition.number == 1


# Greyed, with the sentence


def greyed(screen):
    return 'aria-disabled="true"' in screen.button[0]


def test_an_author_sees_a_greyed_button_and_why(desk, screen):
    both = make_reviewer("noor", "Noor Said", roles=(Role.WRITER,))
    summary = workflow.submit_for_review(desk.draft(by=both), by=desk.writer)

    screen.open(summary, both)

    assert greyed(screen)
    assert "You wrote part of this text, so another" in screen.panel


def test_pressing_the_greyed_button_signs_nothing_and_says_why(desk, screen):
    both = make_reviewer("noor", "Noor Said", roles=(Role.WRITER,))
    summary = workflow.submit_for_review(desk.draft(by=both), by=desk.writer)

    screen.open(summary, both).sign()

    assert screen.said.startswith("You wrote part of this text")
    assert SignOff.objects.count() == 0


@pytest.mark.parametrize(
    ("credential", "sentence"),
    [
        ({"verified": False}, "Your credential is not verified yet"),
        ({"days": -1}, "Your credential lapsed on"),
    ],
)
def test_a_credential_that_does_not_hold_greys_the_button(
    desk, screen, credential, sentence
):
    noor = make_reviewer("noor", "Noor Said", **credential)

    screen.open(desk.in_review(), noor)

    assert greyed(screen)
    assert sentence in screen.panel


@pytest.mark.parametrize("typed", [{}, {"interests": ""}])
def test_without_the_role_a_signature_is_forbidden_with_a_sentence(desk, screen, typed):
    screen.open(desk.in_review(), desk.editor).sign(**typed)

    assert screen.response.status_code == 403
    assert "This needs the role of medical reviewer: sign off." in screen.page
    assert SignOff.objects.count() == 0


# Refusals beside the form, with all that was typed


def test_a_wrong_password_signs_nothing_and_keeps_all_else(desk, screen):
    screen.open(changed(desk), desk.reviewer).sign(
        **SAID, interests="declared", declared="A <test>", password="not it at all"
    )

    assert screen.said == (
        "That is not your password. Nothing was signed; type it again."
    )
    assert '<option value="correction" selected>' in screen.page
    assert "We corrected who inherits what.</textarea>" in screen.page
    assert "A &lt;test&gt;</textarea>" in screen.page
    assert re.search(r'value="declared"[^>]* checked', screen.page)
    assert "not it at all" not in screen.page
    assert SignOff.objects.count() == 1


def test_five_wrong_passwords_lock_even_the_right_one(desk, screen):
    screen.open(desk.in_review(), desk.reviewer)
    for _ in range(5):
        screen.sign(password="wrong")

    screen.sign()

    assert screen.said.startswith(
        "Five wrong passwords or codes: your signing is locked until"
    )
    assert greyed(screen)
    assert SignOff.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"interests": ""}, "Say whether you have interests: none, or which."),
        ({"interests": "declared"}, "Say which you declare."),
        ({"interests": "declared", "declared": " \n"}, "Say which you declare."),
        (
            {"declared": "Some."},
            "You wrote an interest: choose “I declare”, or delete it.",
        ),
        ({"password": ""}, "Type your password: it is your signature."),
        ({"change_type": ""}, "Say what kind of change it is."),
        (
            {"change_type": "first_edition"},
            "Choose one of the kinds of change in the list.",
        ),
        ({"note": ""}, "Say in 10 to 300 characters what changed, for readers."),
        ({"note": "x" * 301}, "Say in 10 to 300 characters what changed, for readers."),
        (
            {"note": "y" * 20 + "\0"},
            f"Line 1: the character U+0000 after “{'y' * 20}” cannot be seen on a "
            "page; type these words again.",
        ),
        ({"review_due_on": ""}, "Say when it is due again."),
        ({"review_due_on": "soon"}, "Write the date as 2026-11-20."),
        ({"review_due_on": "0001-01-01"}, "The year 1 cannot be meant."),
    ],
)
def test_a_form_that_is_not_complete_says_what_is_missing(
    desk, screen, typed, sentence
):
    screen.open(changed(desk), desk.reviewer).sign(**{**SAID, **typed})

    assert screen.faults == [sentence]
    assert SignOff.objects.count() == 1
    assert not RefusedSigning.objects.exists()


def test_the_faults_of_a_form_are_listed_above_it_with_a_link_to_each(desk, screen):
    screen.open(changed(desk), desk.reviewer).sign(note="Short", interests="")

    listed = re.search(r'id="not-signed".*?</div>', screen.page, re.S)[0]
    places = re.findall(r'href="#(.*?)"', listed)
    assert places == ["id_change_type", "id_note", "id_interests_0"]
    for place in places:
        assert f' id="{place}"' in screen.page
    assert screen.page.index('id="not-signed"') < screen.page.index('id="id_note"')


def test_after_a_wrong_password_a_link_leads_to_it(desk, screen):
    screen.open(desk.in_review(), desk.reviewer).sign(password="wrong")

    assert '<a href="#id_password">Type your password again.</a>' in screen.page


def test_changes_can_be_requested_beside_the_signature_and_there_alone(desk, screen):
    screen.open(desk.in_review(), desk.reviewer)

    assert screen.page.count("/moves/request_changes/") == 1
    assert "Request changes" in screen.panel


def test_a_way_to_the_sign_off_stands_below_the_text_of_who_may_sign(desk, screen):
    way = '<a class="button" href="#sign-off">Sign off</a>'
    summary = desk.in_review()

    assert way in screen.open(summary, desk.reviewer).page
    assert way not in screen.open(summary, desk.writer).page
    lapsed = make_reviewer("noor", "Noor Said", days=-1)
    assert way not in screen.open(summary, lapsed).page


@pytest.mark.parametrize("day", ["9999-12-31", "2001-01-01"])
def test_a_review_due_outside_the_interval_is_refused(desk, screen, day):
    screen.open(desk.in_review(), desk.reviewer).sign(review_due_on=day)

    assert screen.faults[0].startswith("The next review is due after today and by ")
    assert SignOff.objects.count() == 0


def test_line_ends_of_a_browser_count_as_one_character(desk, screen):
    summary = changed(desk)

    screen.open(summary, desk.reviewer).sign(
        **{**SAID, "note": "a\r\n" * 100 + "b" * 100}
    )

    assert len(page_of(summary).live_edition.read_record()["note"]) == 300


# The text that was on the screen, and no other


def rewritten(desk, summary):
    """Take a text out of review, change it and send it back."""
    workflow.recall(summary, by=desk.writer, reason="One more word.")
    desk.revise(summary, BODY.replace("their father", "the father"))
    return workflow.submit_for_review(fresh(summary), by=desk.writer)


def test_a_text_that_moved_is_not_signed_and_its_change_is_shown(desk, screen):
    summary = desk.in_review()
    screen.open(summary, desk.reviewer)
    rewritten(desk, summary)

    screen.sign(note="Our first edition.")

    assert screen.said.startswith("The text has changed since you opened it.")
    moved = re.search(r'id="moved".*?</section>', screen.page, re.S)[0]
    assert "removed: </span>their</del>" in moved
    assert "added: </span>the</ins>" in moved
    assert SignOff.objects.count() == 0


def test_after_the_change_was_read_the_new_text_is_signed(desk, screen):
    summary = desk.in_review()
    screen.open(summary, desk.reviewer)
    rewritten(desk, summary)
    screen.sign(note="Our first edition.", interests="none")
    kept = "Our first edition.</textarea>" in screen.page
    ticked = re.findall(r'name="read" value="(\w+)"', screen.page)

    screen.sign(read=ticked)

    assert kept
    assert "the father" in page_of(summary).live_edition.read_content()["body"]


def test_a_source_that_moved_in_the_catalogue_is_shown_too(desk, screen):
    screen.open(desk.in_review(), desk.reviewer)
    desk.sources[1].title = "Another title altogether"
    catalogue.save(desk.sources[1], by=desk.editor)

    screen.sign()

    moved = re.search(r'id="moved".*?</section>', screen.page, re.S)[0]
    assert "added: </span>Another title altogether</ins>" in moved
    assert SignOff.objects.count() == 0


@pytest.mark.parametrize("fault", [{"password": "wrong"}, {"interests": ""}])
def test_another_fault_does_not_hide_that_the_text_moved(desk, screen, fault):
    summary = desk.in_review()
    screen.open(summary, desk.reviewer)
    rewritten(desk, summary)

    screen.sign(**fault)

    assert 'id="moved"' in screen.page
    assert SignOff.objects.count() == 0


@pytest.mark.parametrize("shown", ["", "x", "x" * 9_000, "e30:1:1", "\0"])
def test_a_screen_that_lost_its_text_signs_nothing(desk, screen, shown):
    screen.open(desk.in_review(), desk.reviewer)

    screen.sign(content_sha256="", shown=shown)

    assert "What your screen showed cannot be told any more" in screen.page
    assert SignOff.objects.count() == 0


def test_an_empty_post_signs_nothing(desk, screen):
    screen.open(desk.in_review(), desk.reviewer)

    screen.response = screen.client.post(screen.address)

    assert len(screen.faults) == 3
    assert SignOff.objects.count() == 0

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from conditions.models import Publication, PublicationKind
from editorial import clock, publishing, workflow
from editorial.desk.review import moves
from editorial.desk.review.acts import ACTS
from editorial.manuscript import page_of
from editorial.states import MOVES, Status
from tests.builders import Desk, fresh, make_reviewer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def press(client):
    """Opens a verb's page as somebody, then presses its button."""

    def act(summary, name, by, **typed):
        client.force_login(by)
        address = reverse("admin:editorial_summary_move", args=(summary.pk, name))
        typed.setdefault("revision", fresh(summary).revision)
        return client.post(address, typed)

    return act


def look(client, summary, name, by):
    client.force_login(by)
    return client.get(reverse("admin:editorial_summary_move", args=(summary.pk, name)))


def said(response):
    """Return the refusal that a page shows, or ""."""
    found = re.search(r'role="alert">(.*?)</p>', response.content.decode(), re.S)
    return unescape(found[1]) if found else ""


def offered(summary, user):
    panel = moves.panel(summary, user)
    return {m["name"]: m["why"] for m in (*panel["possible"], *panel["refused"])}


# The panel


def test_panel_offers_a_writer_their_own_verbs(desk):
    assert offered(desk.draft(), desk.writer) == {
        "submit_for_review": "",
        "set_aside": "",
        "recall": "This summary is a draft; “Recall” needs one that is in review. "
        "It can be changed as it is.",
        "start_revision": "This summary is a draft; “Start a revision” needs one that "
        "is reviewed. It can be changed as it is.",
    }


def test_panel_parts_what_can_be_done_from_what_cannot(desk):
    panel = moves.panel(desk.in_review(), desk.reviewer)

    parts = [[m["name"] for m in panel[part]] for part in ("possible", "refused")]
    assert parts == [["request_changes", "assign"], ["recall", "recheck", "withdraw"]]


@pytest.mark.parametrize(
    ("state", "who", "first"),
    [
        ("draft", "writer", "submit_for_review"),
        ("changes_requested", "editor", "submit_for_review"),
        ("in_review", "writer", ""),
        ("live", "reviewer", "recheck"),
        ("live", "writer", "start_revision"),
        ("withdrawn", "editor", "reinstate"),
    ],
)
def test_panel_names_the_natural_next_step_and_puts_it_first(desk, state, who, first):
    panel = moves.panel(getattr(desk, state)(), getattr(desk, who))

    names = [move["name"] for move in panel["possible"]]
    assert panel["first"] == first
    assert not first or names[0] == first


def test_panel_puts_the_dangerous_verb_last(desk):
    possible = moves.panel(desk.live(), desk.editor)["possible"]

    assert [move["name"] for move in possible if move["danger"]] == ["withdraw"]
    assert possible[-1]["danger"]


def test_panel_offers_an_editor_every_verb_but_the_reviewers_own(desk):
    assert set(offered(desk.draft(), desk.editor)) == set(ACTS) - {"request_changes"}


def test_panel_and_signing_screen_and_writing_form_hold_every_verb():
    elsewhere = {"start", "revise", "restore", "sign_off"}

    assert set(ACTS) | elsewhere == set(MOVES)


@pytest.mark.parametrize("superuser", [True, False])
def test_panel_offers_nothing_without_a_role(desk, superuser):
    nobody = make_user("nobody", superuser=superuser)

    assert offered(desk.draft(), nobody) == {}


def test_claim_says_give_back_once_the_review_is_claimed(desk):
    summary = workflow.assign(
        desk.in_review(), by=desk.reviewer, reviewer=desk.reviewer
    )

    possible = moves.panel(summary, desk.reviewer)["possible"]
    labels = {move["name"]: move["label"] for move in possible}

    assert labels["assign"] == "Give back"


def test_a_greyed_button_is_a_link_described_by_its_sentence(desk, client):
    client.force_login(desk.reviewer)
    address = reverse("admin:editorial_summary_review", args=(desk.draft().pk,))

    page = client.get(address).content.decode()

    link = re.search(r"<a [^>]*moves/request_changes/[^>]*>", page)[0]
    assert 'aria-disabled="true" aria-describedby="why-request_changes"' in link
    sentence = re.search(r'id="why-request_changes">(.*?)</p>', page)[1]
    assert sentence == (
        "This summary is a draft; “Request changes” needs one that is in review. "
        "A writer or an editor submits it first."
    )
    assert "<summary>Not possible now (4)</summary>" in page


def test_pressing_a_greyed_button_shows_the_sentence_and_a_greyed_form(desk, client):
    page = look(client, desk.draft(), "recall", desk.writer).content.decode()

    assert '<button type="submit" aria-disabled="true" aria-describedby="why">' in page
    assert 'id="why">This summary is a draft; “Recall” needs one' in page


# Each verb, allowed


def test_submit_sends_the_text_to_review_and_says_so(desk, press, client):
    summary = desk.draft()

    response = press(summary, "submit_for_review", desk.writer, reason="Ready.")

    assert response.url == f"/admin/editorial/summary/{summary.pk}/review/"
    assert fresh(summary).status == Status.IN_REVIEW
    assert summary.history.first().history_change_reason == "Ready."
    assert "Submitted for review." in client.get(response.url).content.decode()


def test_who_may_not_write_is_led_back_to_the_review(desk):
    summary = desk.draft()

    assert moves.next_screen(summary, desk.reviewer).endswith("/review/")
    assert moves.next_screen(summary, desk.writer).endswith("/change/")


def test_recall_takes_the_text_back_to_the_form(desk, press):
    summary = desk.in_review()

    response = press(summary, "recall", desk.writer, reason="A typo.")

    assert response.url == f"/admin/editorial/summary/{summary.pk}/change/"
    assert fresh(summary).status == Status.DRAFT


def test_request_changes_sends_the_note(desk, press):
    summary = desk.in_review()

    said = {"note": "Cite it.\r\nTwice.", "reasons": ["unclear"]}
    press(summary, "request_changes", desk.reviewer, **said)

    assert fresh(summary).status == Status.CHANGES_REQUESTED
    assert summary.history.first().history_change_reason == "Cite it.\nTwice."


def test_start_revision_opens_the_text(desk, press):
    summary = desk.reviewed()

    press(summary, "start_revision", desk.writer)

    assert fresh(summary).status == Status.DRAFT


def test_recheck_takes_the_date_of_a_search(desk, press):
    summary, today = desk.reviewed(), clock.today()

    press(summary, "recheck", desk.editor, evidence_searched_on=today.isoformat())

    row = fresh(summary)
    assert (row.status, row.evidence_searched_on) == (Status.IN_REVIEW, today)


def test_recheck_without_a_search_keeps_the_date(desk, press):
    summary = desk.reviewed(evidence_searched_on=clock.today())

    press(summary, "recheck", desk.reviewer)

    assert fresh(summary).evidence_searched_on == clock.today()


def test_editor_assigns_anybody(desk, press):
    summary = desk.in_review()

    press(summary, "assign", desk.editor, reviewer=desk.reviewer.pk)

    assert fresh(summary).assigned_reviewer == desk.reviewer


def test_reviewer_claims_and_gives_back(desk, press):
    summary = desk.in_review()

    press(summary, "assign", desk.reviewer, reviewer=desk.reviewer.pk)
    claimed = fresh(summary).assigned_reviewer
    press(summary, "assign", desk.reviewer, reviewer="")

    assert (claimed, fresh(summary).assigned_reviewer) == (desk.reviewer, None)


def test_reviewer_is_offered_nobody_but_themself(desk, client):
    make_reviewer("noor", "Noor Said")

    page = look(client, desk.in_review(), "assign", desk.reviewer)

    choices = [
        str(label) for _, label in page.context["form"].fields["reviewer"].choices
    ]
    assert choices == ["Nobody: whoever is free", "Ines Falk"]


def test_schedule_reads_the_time_in_the_sites_zone(desk, press):
    summary = desk.in_review()
    day = (clock.today() + timedelta(days=9)).isoformat()
    with timezone.override("Asia/Tokyo"):
        press(summary, "schedule", desk.editor, at=f"{day}T09:00")

    assert fresh(summary).publish_not_before.isoformat() == f"{day}T00:00:00+00:00"


def test_schedule_left_empty_forgets_the_time(desk, press):
    summary = publishing.schedule(
        desk.in_review(), by=desk.editor, at=clock.now() + timedelta(days=2)
    )

    press(summary, "schedule", desk.editor, at="")

    assert fresh(summary).publish_not_before is None


def test_publish_makes_the_signed_edition_live(desk, press, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = desk.reviewed()

    press(summary, "publish", desk.editor)

    assert page_of(summary).live_edition.number == 1


def test_withdraw_says_what_will_happen_before_it_does(desk, client):
    page = look(client, desk.live(), "withdraw", desk.reviewer).content.decode()

    assert (
        "every address of the page, /conditions/progressive-osseous-heteroplasia/"
        "research/ and all below it, answers “410 Gone” with your note"
    ) in page


def test_withdraw_takes_the_page_from_readers_with_the_note(desk, press):
    summary = desk.live()

    press(summary, "withdraw", desk.reviewer, reason="Dose.", note="We check a dose.")

    act = Publication.objects.order_by("pk").last()
    assert (act.kind, act.note) == (PublicationKind.WITHDRAWN, "We check a dose.")


def test_reinstate_puts_the_page_back(desk, press):
    summary = desk.withdrawn()

    press(summary, "reinstate", desk.editor, reason="The dose is right.", note="")

    assert page_of(summary).live_edition.number == 1


def test_set_aside_takes_the_draft_away(desk, press):
    summary = desk.draft()

    press(summary, "set_aside", desk.writer, reason="Not rare.")

    assert fresh(summary).set_aside


def test_a_reviewer_sends_a_live_page_to_recheck_from_the_review_screen(desk, client):
    summary = desk.live()
    client.force_login(desk.reviewer)
    page = client.get(f"/admin/editorial/summary/{summary.pk}/review/")
    form = re.search(r'<form[^>]* id="recheck".*?</form>', page.content.decode(), re.S)

    address = re.search(r'action="(.*?)"', form[0])[1]
    seen = re.search(r'name="revision" value="(.*?)"', form[0])[1]
    answer = client.post(address, {"revision": seen, "evidence_searched_on": ""})

    assert answer.url == f"/admin/editorial/summary/{summary.pk}/review/"
    assert 'id="sign-off"' in client.get(answer.url).content.decode()


def test_a_recheck_has_one_place_on_the_review_screen(desk, client):
    client.force_login(desk.reviewer)

    page = client.get(f"/admin/editorial/summary/{desk.live().pk}/review/")

    assert page.content.decode().count("/moves/recheck/") == 1


def test_withdrawing_looks_dangerous_and_has_a_note_ready(desk, client):
    page = look(client, desk.live(), "withdraw", desk.reviewer).content.decode()

    assert 'class="panel narrow danger"' in page
    assert (
        "We have taken this page away while we check what it says.</textarea>" in page
    )


# Each verb, refused


@pytest.mark.parametrize(
    ("state", "name", "who", "sentence"),
    [
        ("in_review", "submit_for_review", "writer", "needs one that is a draft or"),
        ("draft", "recall", "writer", "needs one that is in review."),
        ("draft", "request_changes", "reviewer", "needs one that is in review."),
        ("draft", "start_revision", "writer", "needs one that is reviewed."),
        ("in_review", "recheck", "editor", "needs one that is reviewed."),
        ("draft", "publish", "editor", "No edition is signed yet"),
        ("live", "publish", "editor", "is live already."),
        ("draft", "withdraw", "reviewer", "The page is not live."),
        ("live", "reinstate", "editor", "The page is not withdrawn."),
        ("live", "set_aside", "writer", "needs one that is a draft."),
    ],
)
def test_a_refusal_is_shown_on_the_form_and_nothing_is_done(
    desk, press, state, name, who, sentence
):
    summary = getattr(desk, state)()
    revision = fresh(summary).revision

    typed = {"reason": "Why.", "note": "Note.", "reasons": ["wrong"]}
    response = press(summary, name, getattr(desk, who), **typed)

    assert sentence in said(response)
    assert fresh(summary).revision == revision


@pytest.mark.parametrize(
    ("state", "name", "who", "sentence"),
    [
        ("in_review", "recall", "writer", "Say why the text is taken back."),
        ("in_review", "request_changes", "reviewer", "Say what must change."),
        ("live", "withdraw", "editor", "Say why, for the record."),
        ("withdrawn", "reinstate", "editor", "Say why, for the record."),
        ("draft", "set_aside", "editor", "Say why the draft is set aside."),
    ],
)
def test_a_verb_that_needs_words_asks_for_them(desk, press, state, name, who, sentence):
    response = press(getattr(desk, state)(), name, getattr(desk, who))

    assert said(response) == sentence


def test_a_refusal_keeps_everything_typed(desk, press):
    response = press(
        desk.live(), "withdraw", desk.editor, reason="The dose <b>", note=""
    )

    assert said(response) == "Write a note to readers: why the page is not there."
    assert "The dose &lt;b&gt;</textarea>" in response.content.decode()


def test_a_reviewer_cannot_take_a_colleagues_review(desk, press):
    noor = make_reviewer("noor", "Noor Said")
    summary = workflow.assign(desk.in_review(), by=desk.editor, reviewer=noor)

    response = press(summary, "assign", desk.reviewer, reviewer=desk.reviewer.pk)

    assert said(response).startswith("Noor Said holds this review")


@pytest.mark.parametrize(
    ("name", "who", "wanted"),
    [
        ("submit_for_review", "reviewer", "editor or writer"),
        ("request_changes", "editor", "medical reviewer"),
        ("start_revision", "reviewer", "editor or writer"),
        ("recheck", "writer", "editor or medical reviewer"),
        ("assign", "writer", "editor or medical reviewer"),
        ("schedule", "writer", "editor"),
        ("publish", "reviewer", "editor"),
        ("withdraw", "writer", "editor or medical reviewer"),
        ("reinstate", "reviewer", "editor"),
        ("set_aside", "reviewer", "editor or writer"),
    ],
)
def test_without_the_role_a_verb_is_forbidden_with_a_sentence(
    desk, client, press, name, who, wanted
):
    summary, user = desk.in_review(), getattr(desk, who)
    revision = fresh(summary).revision

    responses = [look(client, summary, name, user), press(summary, name, user)]

    assert [response.status_code for response in responses] == [403, 403]
    for response in responses:
        assert f"This needs the role of {wanted}: " in response.content.decode()
    assert fresh(summary).revision == revision


# What a page showed, and what is there when its button is pressed


@pytest.mark.parametrize("seen", ["1", "", "x", "9" * 400])
def test_a_verb_acts_on_nothing_but_the_revision_that_was_shown(desk, press, seen):
    summary = desk.draft()
    desk.revise(summary, "A newer text [@gard-poh].")

    response = press(summary, "submit_for_review", desk.writer, revision=seen)

    assert "Tomás Rey changed this summary at" in said(response)
    assert fresh(summary).status == Status.DRAFT
    assert 'name="revision" value="2"' in response.content.decode()


# Bad input


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("recall", {"reason": "x" * 5_001}, "Shorten it to 5000 characters"),
        (
            "recall",
            {"reason": "a\0b"},
            "cannot be seen on a page",
        ),
        ("schedule", {"at": "soon"}, "Write the time as"),
        ("schedule", {"at": "9999-12-31T23:59"}, "within the next five years"),
        ("schedule", {"at": "0001-01-01T00:00"}, "within the next five years"),
        ("schedule", {"at": "2001-01-01T00:00"}, "that has not come yet"),
        ("assign", {"reviewer": "9" * 40}, "Choose one of the reviewers"),
        ("assign", {"reviewer": "\0"}, "Null characters are not allowed."),
        ("assign", {"reviewer": "tomas"}, "Choose one of the reviewers"),
    ],
)
def test_bad_input_gets_a_sentence(desk, press, name, typed, sentence):
    summary = desk.in_review()

    response = press(summary, name, desk.editor, **typed)

    assert sentence in unescape(response.content.decode())
    assert fresh(summary).revision == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "yesterday", "2026-13-40"])
def test_a_bad_date_of_a_search_gets_a_sentence(desk, press, day):
    summary = desk.reviewed()

    response = press(summary, "recheck", desk.editor, evidence_searched_on=day)

    assert response.status_code == 200
    assert fresh(summary).status == Status.REVIEWED


@pytest.mark.parametrize(
    "place",
    ["1/moves/sign_off", "1/moves/start", "1/moves/nonsense", f"{10**30}/moves/recall"],
)
def test_what_is_not_there_is_404(desk, client, place):
    desk.draft()
    client.force_login(desk.editor)

    response = client.get(f"/admin/editorial/summary/{place}/")

    assert response.status_code == 404


def test_a_stranger_is_sent_to_the_login(desk, client):
    address = f"/admin/editorial/summary/{desk.draft().pk}/moves/recall/"

    response = client.get(address)

    assert response.url == f"/admin/login/?next={address}"


def test_a_verbs_page_is_kept_by_no_cache(desk, client):
    response = look(client, desk.draft(), "recall", desk.writer)

    assert "no-store" in response.headers["Cache-Control"]

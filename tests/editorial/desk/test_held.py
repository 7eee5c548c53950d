"""What is sent from a page whose login has lapsed comes back to its sender."""

import re
from urllib.parse import urlencode

import pytest

from editorial.models import LostText, SignOff
from editorial.states import Status
from tests.builders import BODY, PASSWORD, Desk, fresh, make_user
from tests.returning import WORDS, Returner, change, lapse

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def writer(desk, visit):
    return Returner(visit)


def move(summary, name):
    return f"/admin/editorial/summary/{summary.pk}/moves/{name}/"


# A login that has lapsed


def test_a_text_sent_after_the_login_lapsed_comes_back_unsaved(desk, writer):
    summary = desk.draft()
    writer.go(change(summary))
    lapse()

    writer.submit(body=WORDS, save="1")
    at_the_door = writer.answer.status, "You were logged out." in writer.text
    writer.at_the_door()
    shown = "You are logged in again." in writer.text and "for an hour" in writer.text
    writer.go_on()

    assert (at_the_door, shown) == ((403, True), True)
    assert writer.address == change(summary)
    assert writer.hidden("body") == [WORDS]
    assert fresh(summary).body == BODY
    writer.submit(save="1")
    assert fresh(summary).body == WORDS


def test_a_text_that_somebody_overtook_meanwhile_is_merged_and_not_lost(desk, writer):
    summary = desk.draft()
    writer.go(change(summary))
    lapse()
    writer.submit(body=WORDS, save="1")
    desk.revise(summary, "Meanwhile.", by=desk.editor)
    writer.at_the_door()
    writer.go_on()

    status = writer.submit(save="1")

    assert (status, LostText.objects.get().body) == (409, WORDS)
    assert fresh(summary).body == "Meanwhile."


def test_a_wrong_password_at_the_door_keeps_what_was_sent(desk, writer):
    summary = desk.draft()
    writer.go(change(summary))
    lapse()
    writer.submit(body=WORDS, save="1")

    writer.at_the_door(password="not this one")
    writer.at_the_door()
    writer.go_on()

    assert writer.hidden("body") == [WORDS]


def test_a_move_goes_on_after_the_login(desk, visit):
    summary, reviewer = desk.in_review(), Returner(visit, "ines")
    reviewer.go(move(summary, "request_changes"))
    lapse()
    reviewer.submit(note="Please cite the registry.", reasons="unclear")
    assert fresh(summary).status == Status.IN_REVIEW
    reviewer.at_the_door("ines")
    assert "the move “Request changes”" in reviewer.text

    reviewer.go_on()

    row = fresh(summary)
    assert row.status == Status.CHANGES_REQUESTED
    assert row.history.first().history_change_reason == "Please cite the registry."


def test_a_sign_off_asks_for_the_password_and_keeps_the_rest(desk, visit):
    summary, reviewer = desk.in_review(), Returner(visit, "ines")
    reviewer.go(f"/admin/editorial/summary/{summary.pk}/review/")
    ticked = re.findall(r'name="read" value="(\w+)"', reviewer.text)
    lapse()
    said = {"interests": "declared", "declared": "A talk, paid for."}
    reviewer.submit(**said, read=" ".join(ticked), password=PASSWORD)
    door = reviewer.text
    reviewer.at_the_door("ines")
    page = reviewer.text
    reviewer.go_on()

    assert PASSWORD not in door + page + reviewer.text
    assert "Type your password: it is your signature." in reviewer.text
    assert reviewer.hidden("declared") == ["A talk, paid for."]
    assert not SignOff.objects.exists()
    reviewer.submit(password=PASSWORD)
    assert SignOff.objects.get().signer == desk.reviewer


def test_somebody_else_who_logs_in_has_their_own_roles_and_no_more(desk, writer):
    summary = desk.draft()
    writer.go(change(summary))
    lapse()
    writer.submit(body=WORDS, save="1")

    writer.at_the_door("ines")
    status = writer.go_on()

    assert (status, fresh(summary).body) == (403, BODY)
    assert "This is not yours to do" in writer.text


def test_an_account_without_a_role_gets_no_further_than_the_door(desk, writer):
    summary = desk.draft()
    make_user("nobody")
    writer.go(change(summary))
    lapse()
    writer.submit(body=WORDS, save="1")

    writer.at_the_door("nobody")
    writer.go_on()

    assert "that account has no role at the desk" in writer.text
    writer.at_the_door()
    assert "Summaries</a>" in writer.text  # the rooms of who is logged in now
    writer.go_on()
    assert writer.hidden("body") == [WORDS]


def test_passwords_and_tokens_are_never_handed_back(writer):
    writer.go("/admin/password_change/")
    lapse()

    writer.submit(old_password=PASSWORD, new_password1="a new one, long enough")

    assert writer.address == "/admin/login/?next=/admin/password_change/"
    assert "a new one" not in writer.text + writer.address


def test_a_script_is_led_to_the_door_and_gets_nothing_back(desk, writer, visit):
    summary = desk.draft()
    lapse()
    writer.go("/admin/login/")
    token = writer.hidden("csrfmiddlewaretoken")[0]

    answer = visit(
        change(summary),
        "POST",
        urlencode({"csrfmiddlewaretoken": token, "body": WORDS}).encode(),
        CONTENT_TYPE="application/x-www-form-urlencoded",
        HTTP_SEC_FETCH_MODE="cors",
        HTTP_COOKIE=writer.sent_cookies,
    )

    assert (answer.status, answer.body) == (302, b"")


@pytest.mark.parametrize(
    "away", ["https://evil.example/admin/", "//evil.example/admin/", "/", "/search/"]
)
def test_nothing_is_carried_to_an_address_that_is_not_the_desks(writer, away):
    writer.log_out()
    writer.go("/admin/login/")

    sent = {"username": "tomas", "next": away, "held-body": WORDS}
    writer.post("/admin/login/", **sent, password=PASSWORD)

    assert "evil.example" not in writer.text
    assert "Go on with what you sent" not in writer.text


def test_what_is_handed_back_is_kept_from_caches_and_searches(desk, writer):
    summary = desk.draft()
    writer.go(change(summary))
    lapse()

    answers = []
    for act in (lambda: writer.submit(body=WORDS), lambda: writer.at_the_door()):
        act()
        answers.append(writer.answer.headers)

    assert ["no-store" in answer["Cache-Control"] for answer in answers] == [True, True]
    assert {answer["X-Robots-Tag"] for answer in answers} == {"noindex, noarchive"}


# Dead ends


def test_a_refused_role_keeps_what_was_sent_in_sight(desk, writer):
    summary = desk.draft()
    writer.go(change(summary))
    desk.writer.groups.clear()
    make_user("root", superuser=True)
    lapse()
    writer.submit(body=WORDS, save="1")

    writer.at_the_door("root")
    status = writer.go_on()

    assert status == 403
    assert "Copy from here what you want to keep" in writer.text
    assert "for an hour" in writer.text


def test_a_missing_summary_leads_back_to_the_desk(writer):

    status = writer.go("/admin/editorial/summary/999/change/")

    assert status == 404
    assert "There is nothing at this address" in writer.text
    assert '<a href="/admin/">Back to the desk</a>' in writer.text


def test_who_logs_out_is_told_what_next(writer):

    assert writer.log_out() == 200

    assert 'href="/admin/login/">Log in again' in writer.text


def test_an_old_link_says_what_to_do_next(client, db):
    page = client.get("/accounts/invitation/Mg/x-y/").content.decode()

    assert "This link has ended" in page
    assert "If you have chosen a password with it" in page

"""The desk's home: what waits for whom, and how to begin where nothing does."""

from datetime import timedelta

import pytest

from editorial import clock, publishing, soundness, workflow, writing
from editorial.models import LostText, Schedule
from editorial.states import Role
from editorial.writing import Text
from tests.builders import (
    BODY,
    SHORT,
    Desk,
    make_condition,
    make_editor,
    make_question,
    make_reviewer,
    make_user,
    make_writer,
    sign,
    tamper,
)

pytestmark = pytest.mark.django_db
ASKED = (
    "What are the most promising research directions for "
    "progressive osseous heteroplasia?"
)
# Session, account, roles; an editor’s ten queues, their rows, who is named in them; own
# texts kept from a conflict; readers’ reports; plans, altered editions, pages,
# credentials; questions changed, pages that can differ from the catalogue (here none);
# when the worker last ran.
QUERIES = 25


@pytest.fixture
def desk():
    return Desk()


def groups(client, user):
    """Return the rows of each group that has some, by its name."""
    client.force_login(user)
    found = client.get("/admin/").context["groups"]
    return {group.name: group.rows for group in found if group.rows}


def names(client, user):
    return set(groups(client, user))


def another(desk, slug):
    return make_condition(desk.editor, slug=slug, name=slug, abbreviation="")


def test_a_writers_drafts_wait_for_their_writer_alone(client, desk):
    summary = desk.draft()

    (row,) = groups(client, desk.writer)["drafts"]

    assert (row.what, row.address) == (
        ASKED,
        f"/admin/editorial/summary/{summary.pk}/change/",
    )
    assert names(client, make_writer("lena")) == set()


def test_who_may_start_a_summary_starts_one_from_home(client, desk):
    desk.in_review()
    button = '<a class="button" href="/admin/editorial/summary/add/">'

    for user, offered in ((desk.writer, 1), (desk.editor, 1), (desk.reviewer, 0)):
        client.force_login(user)
        page = client.get("/admin/").content.decode()
        assert page.count(button) == offered


def test_what_was_sent_back_waits_for_who_wrote_it(client, desk):
    desk.changes_requested()

    assert names(client, desk.writer) == {"sent_back"}
    assert names(client, make_writer("lena")) == set()


def test_a_text_in_review_waits_for_every_reviewer_until_one_is_assigned(client, desk):
    summary = desk.in_review()
    other = make_reviewer("jonas")
    before = names(client, desk.reviewer), names(client, other)

    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)

    after = names(client, desk.reviewer), names(client, other)
    assert before == ({"unassigned"}, {"unassigned"})
    assert after == ({"assigned"}, set())


def test_the_row_of_a_review_names_whose_turn_it_is_and_since_when(client, desk):
    summary = desk.in_review()
    sent = summary.history.get(move="submit_for_review").history_date
    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)

    (row,) = groups(client, desk.editor)["in_review"]

    assert (row.who, row.since) == ("Ines Falk", sent)
    assert row.address == f"/admin/editorial/summary/{summary.pk}/review/"


def test_an_editor_sees_who_is_to_mend_a_text(client, desk):
    desk.changes_requested()

    (row,) = groups(client, desk.editor)["changes"]

    assert row.who == "Tomás Rey"


def test_an_overdue_page_waits_for_an_editor(client, desk):
    sign(desk.in_review(), by=desk.reviewer, days=1)

    with clock.moved_to(clock.now() + timedelta(days=2)):
        rows = groups(client, desk.editor)
    (row,) = rows["overdue"]
    assert (row.who, row.since) == ("Ines Falk", clock.today() + timedelta(days=1))
    assert names(client, desk.editor) == {"due_30", "due_60", "due_90"}


def test_a_page_that_is_due_in_a_year_does_not_wait(client, desk):
    desk.live()

    assert names(client, desk.editor) == set()


def test_a_signed_edition_that_is_not_live_waits_for_an_editor(client, desk, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.reviewed()

    (row,) = groups(client, desk.editor)["unpublished"]

    assert row.said == "edition 1"


def test_a_newer_edition_than_the_live_one_waits_for_an_editor(client, desk, settings):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.new_edition(summary, BODY + " More.")

    (row,) = groups(client, desk.editor)["unpublished"]

    assert row.said == "edition 2"


def test_a_withdrawn_page_waits_for_an_editor_alone(client, desk):
    desk.withdrawn()

    assert names(client, desk.editor) == {"withdrawn"}
    assert names(client, desk.reviewer) == set()


def test_a_plan_is_shown_as_scheduled_and_its_failure_as_failed(client, desk):
    at = clock.now() + timedelta(days=1)
    desk.sign(publishing.schedule(desk.in_review(), by=desk.editor, at=at))
    before = names(client, desk.editor)

    Schedule.objects.update(failure="The role is gone.")

    assert before == {"scheduled"}
    (row,) = groups(client, desk.editor)["failed"]
    assert row.said == "The role is gone."


def test_an_edition_that_was_tampered_with_is_the_first_thing_to_act_on(client, desk):
    desk.live()
    tamper("UPDATE conditions_edition SET record = '{}'")
    soundness.look()

    client.force_login(desk.editor)
    (first, *_) = client.get("/admin/").context["table"]

    assert first[0].name == "altered"


def keep(summary, by):
    with pytest.raises(writing.Conflict):
        writing.revise(
            summary, by=by, text=Text(short_answer="", body="Late."), against=1
        )
    return LostText.objects.latest("pk")


def test_a_text_kept_from_a_conflict_waits_for_who_typed_it(client, desk):
    summary = desk.revise(desk.draft(), "New words.", by=desk.editor)
    lost = keep(summary, desk.writer)

    (row,) = groups(client, desk.writer)["kept"]

    assert row.what.endswith(f": {ASKED}")
    assert row.address == f"/admin/editorial/summary/{summary.pk}/kept/{lost.pk}/"
    assert (row.since, row.said) == (lost.at, "typed against revision 1")
    assert "kept" not in names(client, desk.editor)
    writing.leave_out(lost, by=desk.editor, against=2, reason="Said already.")
    assert "kept" not in names(client, desk.writer)


def test_a_kept_text_waits_also_while_the_text_is_in_review(client, desk):
    keep(desk.in_review(), desk.editor)

    (row,) = groups(client, desk.editor)["kept"]

    assert row.said == "typed against revision 1; the text is in review now"


def test_a_kept_text_of_a_draft_set_aside_waits_for_nobody(client, desk):
    summary = desk.revise(desk.draft(), "New words.")
    keep(summary, desk.writer)
    writing.set_aside(summary, by=desk.writer, reason="Later.")

    assert names(client, desk.writer) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_as_often_for_one_kept_text_as_for_three(
    client, desk, django_assert_num_queries, count
):
    for number in range(count):
        desk.condition = another(desk, f"c{number}")
        keep(desk.revise(desk.draft(), "New words."), desk.editor)
    client.force_login(desk.editor)

    with django_assert_num_queries(QUERIES - 2):  # no row in any queue, nobody named
        answer = client.get("/admin/")

    assert {group.name: len(group.rows) for group in answer.context["groups"]}[
        "kept"
    ] == count


def test_what_is_set_aside_waits_for_nobody(client, desk):
    writing.set_aside(desk.draft(), by=desk.writer, reason="Later.")

    assert names(client, desk.writer) == set()


def test_a_credential_waits_for_others_and_not_for_its_owner(client, desk):
    both = make_reviewer("both", roles=[Role.EDITOR], verified=False)

    (row,) = groups(client, desk.editor)["credentials"]

    assert (row.said, row.address) == (
        "Not verified",
        f"/admin/editorial/user/{both.pk}/change/",
    )
    assert "credentials" not in names(client, both)


def test_a_reviewer_is_told_that_their_own_credential_has_lapsed(client):
    client.force_login(make_reviewer(days=-1))

    said = client.get("/admin/").context["credential"]

    assert said.startswith("Your credential: lapsed on ")


def test_a_superuser_sees_people_and_no_text(client, desk):
    desk.in_review()
    invited = make_user("lena")
    invited.set_unusable_password()
    invited.save()

    assert names(client, make_user("root", superuser=True)) == {"invited"}


def test_one_text_stands_once_in_the_table(client, desk):
    desk.in_review()
    client.force_login(desk.editor)

    answer = client.get("/admin/")

    assert [(group.name, len(rows)) for group, rows, _ in answer.context["table"]] == [
        ("unassigned", 1)
    ]
    counts = {group.name: len(group.rows) for group in answer.context["groups"]}
    assert (counts["unassigned"], counts["in_review"]) == (1, 1)


def test_a_long_group_shows_ten_and_leads_to_all(client, desk):
    for number in range(12):
        writing_in_review(desk, f"c{number}")
    client.force_login(desk.editor)

    page = client.get("/admin/")

    ((_, rows, more),) = page.context["table"][:1]
    assert (len(rows), more) == (10, True)
    assert "All 12 without a reviewer" in page.content.decode()


def writing_in_review(desk, slug):
    text = Text(short_answer=SHORT, body=BODY)
    summary = writing.start(
        another(desk, slug), desk.question, by=desk.writer, text=text
    )
    return workflow.submit_for_review(summary, by=desk.writer)


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_as_often_for_one_thing_as_for_three(
    client, desk, django_assert_num_queries, count
):
    for number in range(count):
        sign(writing_in_review(desk, f"live{number}"), by=desk.reviewer, days=20)
        writing_in_review(desk, f"review{number}")
        make_reviewer(f"new{number}", verified=False)
    client.force_login(desk.editor)

    with django_assert_num_queries(QUERIES):
        answer = client.get("/admin/")

    found = {group.name: len(group.rows) for group in answer.context["groups"]}
    assert (found["in_review"], found["due_90"], found["credentials"]) == (
        *(count, count),
        count,
    )


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_writer, "The catalogue is empty: an editor fills it first."),
        (make_editor, "Begin with the condition."),
        (lambda: make_user("root", superuser=True), "Invite the people who write"),
    ],
)
def test_an_empty_newsroom_says_how_to_begin(client, make, sentence):
    client.force_login(make())

    assert sentence in client.get("/admin/").content.decode()


def test_a_filled_catalogue_leads_to_the_first_summary(client):
    editor = make_editor()
    make_condition(editor), make_question(editor)
    client.force_login(editor)

    page = client.get("/admin/").content.decode()

    assert 'href="/admin/editorial/summary/add/"' in page


def test_home_is_for_staff_with_a_role(client):
    client.force_login(make_user("nobody"))

    answer = client.get("/admin/")

    assert answer.status_code == 302
    assert answer["X-Robots-Tag"] == "noindex, noarchive"


def test_a_form_without_its_token_says_what_to_do(visit, db):
    answer = visit("/admin/login/", "POST", b"username=a&password=b")

    assert answer.status == 403
    assert b"Go back: what you typed is still there." in answer.body

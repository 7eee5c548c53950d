import pytest

from conditions.models import Page, Publication
from editorial import writing
from editorial.models import Summary
from editorial.states import Status
from tests.builders import (
    BODY,
    SHORT,
    Desk,
    fresh,
    make_user,
    make_writer,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


def change(summary):
    return f"{LIST}{summary.pk}/change/"


def typed(summary, **fields):
    return {
        "short_answer": SHORT,
        "body": BODY,
        "drafting": "person",
        "against": summary.revision,
        **fields,
    }


# Who may enter


def test_a_reader_without_a_role_is_sent_to_the_door(client, db):
    client.force_login(make_user("nobody"))

    answer = client.get(LIST)

    assert answer["Location"] == f"/admin/login/?next={LIST}"


def test_an_account_that_is_not_staff_is_sent_to_the_door(client, desk):
    desk.writer.is_staff = False
    desk.writer.save()
    client.force_login(desk.writer)

    assert client.get(LIST)["Location"] == f"/admin/login/?next={LIST}"


def test_a_superuser_enters_the_desk_and_reads_no_draft(client, desk):
    summary = desk.draft()
    client.force_login(make_user("root", superuser=True))

    answers = [client.get(place) for place in (LIST, change(summary))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert b"This is not yours to do" in answers[1].content
    assert b"heteroplasia" not in answers[1].content


@pytest.mark.parametrize("role", ["writer", "reviewer", "editor"])
def test_every_role_reads_a_draft(client, desk, role):
    summary = desk.draft()
    client.force_login(getattr(desk, role))

    assert SHORT[:40] in client.get(change(summary)).content.decode()


def test_pages_of_the_desk_are_kept_from_caches_and_search_engines(as_writer, desk):
    answer = as_writer.get(change(desk.draft()))

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, noarchive"


def test_a_medical_reviewer_saves_no_text(client, desk):
    summary = desk.draft()
    client.force_login(desk.reviewer)

    answer = client.post(change(summary), typed(summary, body="Mine."))

    assert answer.status_code == 403
    assert "This needs the role of editor or writer: save." in answer.content.decode()
    assert fresh(summary).body == BODY


def test_a_medical_reviewer_gets_no_form_even_by_a_press_that_saves_nothing(
    client, desk
):
    summary = desk.draft()
    client.force_login(desk.reviewer)

    shown = client.get(change(summary)).content.decode()
    pressed = client.post(change(summary), typed(summary, preview=1))

    assert "You can read this text; writers and editors change it." in shown
    assert 'name="body"' not in shown
    assert pressed.status_code == 403


def test_a_medical_reviewer_starts_nothing(client, desk):
    client.force_login(desk.reviewer)

    assert client.get(f"{LIST}add/").status_code == 403


# Start


def test_writer_starts_a_summary_and_comes_to_the_form(as_writer, desk):
    chosen = {"condition": desk.condition.pk, "question": desk.question.pk}

    answer = as_writer.post(f"{LIST}add/", chosen)

    summary = Summary.objects.get()
    assert answer["Location"] == change(summary)
    assert (summary.revision, summary.move) == (1, "start")


def test_a_second_start_leads_to_the_summary_that_is_there(as_writer, desk):
    summary = desk.draft(by=desk.editor)
    chosen = {"condition": desk.condition.pk, "question": desk.question.pk}

    page = as_writer.post(f"{LIST}add/", chosen).content.decode()

    assert "This answer has a summary already" in page
    assert f'href="{change(summary)}"' in page


def test_start_takes_up_what_was_set_aside(as_writer, desk):
    summary = writing.set_aside(desk.draft(), by=desk.writer, reason="Later.")
    chosen = {"condition": desk.condition.pk, "question": desk.question.pk}

    as_writer.post(f"{LIST}add/", chosen)

    assert (fresh(summary).set_aside, fresh(summary).body) == (False, BODY)


@pytest.mark.parametrize("odd", ["", "x", "9" * 30, "-1"])
def test_an_odd_choice_starts_nothing(as_writer, desk, odd):
    chosen = {"condition": odd, "question": desk.question.pk}

    answer = as_writer.post(f"{LIST}add/", chosen)

    assert (answer.status_code, Summary.objects.count()) == (200, 0)


def test_start_has_its_choice_from_the_address(as_writer, desk):
    page = as_writer.get(f"{LIST}add/?condition={desk.condition.pk}&question=x")

    assert f'<option value="{desk.condition.pk}" selected>' in page.content.decode()


def test_start_says_when_the_catalogue_is_empty(client, db):
    client.force_login(make_writer())

    assert b"The catalogue is empty" in client.get(f"{LIST}add/").content


# Save


def test_a_save_is_a_revision_with_who_and_why(as_writer, desk):
    summary = desk.draft()

    answer = as_writer.post(
        change(summary), typed(summary, body="New words.", reason="Clearer.")
    )

    row = fresh(summary).history.first()
    assert answer["Location"] == change(summary)
    assert (row.body, row.revision) == ("New words.", 2)
    assert (row.history_user, row.history_change_reason) == (desk.writer, "Clearer.")


def test_a_save_of_the_same_text_writes_no_revision(as_writer, desk):
    summary = desk.draft()

    answer = as_writer.post(change(summary), typed(summary), follow=True)

    assert fresh(summary).revision == 1
    assert "Nothing to save" in answer.content.decode()


def test_extra_fields_of_a_save_change_nothing(as_writer, desk):
    summary = desk.draft()
    forged = {
        "status": "reviewed",
        "revision": 99,
        "wrote_text": "",
        "set_aside": "on",
        "publish_not_before": "2020-01-01",
        "assigned_reviewer": desk.reviewer.pk,
        "signed_on": "2020-01-01",
        "condition": 7,
    }

    as_writer.post(change(summary), typed(summary, body="Other words.", **forged))

    row = fresh(summary)
    assert (row.status, row.revision, row.set_aside) == (Status.DRAFT, 2, False)
    assert (row.wrote_text, row.assigned_reviewer) == (True, None)
    assert (row.publish_not_before, row.condition) == (None, desk.condition)
    assert not Publication.objects.exists()
    assert not Page.objects.exists()


REFUSED = {
    "image": ("body", "![x](https://example.org/x.png)"),
    "control": ("body", "A hidden\x07bell."),
    "nul": ("body", "A hidden\x00sign."),
    "long": ("body", "word " * 60_000),
    "short": ("short_answer", "## A heading"),
    "date": ("evidence_searched_on", "31/12/2026"),
    "future": ("evidence_searched_on", "2999-01-01"),
    "drafting": ("drafting", "by magic"),
    "note": ("drafting_note", "x" * 301),
    "reason": ("reason", "x" * 501),
}


@pytest.mark.parametrize(("field", "value"), REFUSED.values(), ids=REFUSED)
def test_a_refused_save_keeps_what_was_typed_and_says_why(
    as_writer, desk, field, value
):
    summary = desk.draft()
    words = typed(summary, **{"body": "Kept words.", field: value})

    answer = as_writer.post(change(summary), words)

    page = answer.context["form"]
    assert answer.status_code == 200
    assert page.errors
    assert page["short_answer"].value() == words["short_answer"]
    assert page["body"].value() == words["body"]
    assert fresh(summary).revision == 1


def test_a_text_of_five_megabytes_is_refused(as_writer, desk):
    summary = desk.draft()

    answer = as_writer.post(change(summary), typed(summary, body="word " * 1_000_000))

    assert answer.status_code == 400
    assert fresh(summary).revision == 1


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("in_review", "Recall it to change it."), ("reviewed", "Start a revision to")],
)
def test_a_text_that_takes_no_change_is_shown_without_a_form(
    as_writer, desk, state, sentence
):
    summary = getattr(desk, state)()

    page = as_writer.get(change(summary)).content.decode()

    assert 'name="body"' not in page
    assert sentence in page
    assert 'title="The page as readers will see it"' in page


@pytest.mark.parametrize("odd", ["x", "0", "9" * 30, "-1", "1%20or%201", "٣x"])
def test_a_summary_that_is_not_there_is_404(as_writer, desk, odd):
    answers = [
        as_writer.get(f"{LIST}{odd}/{screen}/") for screen in ("change", "history")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_nobody_deletes_a_summary(client, desk):
    summary = desk.draft()
    client.force_login(desk.editor)

    answer = client.post(f"{LIST}{summary.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert fresh(summary).body == BODY


def test_every_desk_page_has_no_inline_script_or_style(as_writer, desk):
    for place in (LIST, f"{LIST}add/", change(desk.draft())):
        page = as_writer.get(place).content.decode()
        assert ("<style" in page, " style=" in page, "<script>" in page) == (
            False,
            False,
            False,
        )


def test_the_reviewers_note_stands_above_the_text_that_was_sent_back(desk, client):
    summary = desk.changes_requested()
    client.force_login(desk.writer)

    page = client.get(f"/admin/editorial/summary/{summary.pk}/change/")

    assert "Changes requested by Ines Falk" in page.content.decode()
    assert "Please cite the registry." in page.content.decode()

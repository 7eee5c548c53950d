import pytest

from editorial import workflow
from editorial.models import LostText, Summary
from editorial.writing import Conflict, Text, revise
from tests.builders import BODY, Desk, fresh, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


def place(summary, way=""):
    return f"/admin/editorial/summary/{summary.pk}/history/{way}"


@pytest.mark.parametrize("way", ["", "1/", "compare/?a=1&b=2"])
def test_history_is_read_and_never_posted_to(as_writer, desk, way):
    summary = desk.draft()

    answer = as_writer.post(place(summary, way), {"body": "Altered."})

    assert answer.status_code == 405
    assert (fresh(summary).body, fresh(summary).history.count()) == (BODY, 1)


def test_the_stock_history_form_is_nowhere(as_writer, desk):
    summary = desk.draft()
    row = summary.history.get()

    answer = as_writer.get(place(summary, f"{row.history_id}/change/"))

    assert answer.status_code in (302, 404)
    assert "editorial/summary/history.html" in [
        template.name for template in as_writer.get(place(summary)).templates
    ]


def test_the_timeline_numbers_every_revision_with_who_and_why(as_writer, desk):
    summary = desk.changes_requested()

    page = as_writer.get(place(summary))

    assert [(e.revision, e.who, e.what) for e in page.context["events"]] == [
        (3, "Ines Falk", "requested changes"),
        (2, "Tomás Rey", "submitted the text for review"),
        (1, "Tomás Rey", "started the summary"),
    ]
    assert "Please cite the registry." in page.content.decode()


@pytest.mark.parametrize("rounds", [0, 2])
def test_the_timeline_asks_the_same_questions_however_long(
    as_writer, desk, rounds, django_assert_num_queries
):
    summary = desk.live()
    for number in range(rounds):
        summary = desk.new_edition(summary, BODY.replace("joints", f"{number} joints"))

    # Session, account, roles, summary; revisions, signatures, publications,
    # refusals, kept texts; comments, what was done with them; reasons; why it was sent
    # back.
    with django_assert_num_queries(14):
        as_writer.get(place(summary))


@pytest.mark.parametrize(
    ("show", "revisions"),
    [("all", [3, 2, 1]), ("text", [2, 1]), ("moves", [3]), ("x", [3, 2, 1])],
)
def test_the_timeline_shows_texts_or_moves_alone(as_writer, desk, show, revisions):
    summary = desk.draft()
    desk.revise(summary, BODY + " More.")
    workflow.submit_for_review(fresh(summary), by=desk.writer)

    page = as_writer.get(place(summary), {"show": show})

    assert [event.revision for event in page.context["events"]] == revisions


def test_a_text_leads_to_what_it_changed_and_to_what_has_changed_since(as_writer, desk):
    summary = desk.draft()
    desk.revise(summary, "New words.")
    desk.revise(summary, "Newer words.")

    page = as_writer.get(place(summary)).content.decode()

    assert f"{place(summary, 'compare/')}?a=1&amp;b=2" in page
    assert f"{place(summary, 'compare/')}?a=1&amp;b=3" in page


def test_the_timeline_is_cut_into_pages(as_writer, desk):
    summary = desk.draft()
    for number in range(100):
        desk.revise(summary, f"Words {number}.")

    pages = [as_writer.get(place(summary) + q).context for q in ("", "?p=2", "?p=x")]

    assert [len(page["events"]) for page in pages] == [100, 1, 100]


def test_an_old_text_is_shown_as_it_was(as_writer, desk):
    summary = desk.draft()
    desk.revise(summary, "New words.")

    page = as_writer.get(place(summary, "1/")).content.decode()

    assert "Most people inherit the changed copy" in page
    assert "New words." not in page


def test_two_revisions_are_compared_word_by_word(as_writer, desk):
    summary = desk.draft(body="Give 5 mg a day.")
    desk.revise(summary, "Give 50 mg a day.")

    page = as_writer.get(place(summary, "compare/?a=1&b=2"))

    (passage,) = page.context["body_passages"]
    assert passage.kind == "changed"
    assert "<del>" in passage.html
    assert passage.html in page.content.decode()


@pytest.mark.parametrize(
    "odd", ["", "?a=1", "?a=x&b=1", f"?a={'9' * 40}&b=1", "?a=1&b=-1", "?a=٣&b=1"]
)
def test_an_odd_comparison_is_answered_with_a_sentence(as_writer, desk, odd):
    summary = desk.draft()

    page = as_writer.get(place(summary, f"compare/{odd}"))

    assert page.status_code == 200
    assert "Choose two revisions between 1 and 1." in page.content.decode()


@pytest.mark.parametrize("number", ["2", "0", "9" * 30])
def test_a_revision_that_is_not_there_is_404(as_writer, desk, number):
    summary = desk.draft()

    assert as_writer.get(place(summary, f"{number}/")).status_code == 404


def test_a_writer_restores_an_old_text_as_a_new_revision(as_writer, desk):
    summary = desk.draft()
    desk.revise(summary, "New words.")

    sent = {"reason": "It was better.", "revision": 2}
    as_writer.post(place(summary, "1/restore/"), sent)

    row = fresh(summary).history.first()
    assert (row.revision, row.move, row.body) == (3, "restore", BODY)
    assert row.history_change_reason == "It was better."


def test_a_restore_that_is_refused_says_why(as_writer, desk):
    summary = desk.in_review()

    page = as_writer.post(place(summary, "1/restore/"), follow=True)

    assert "This summary is in review" in page.content.decode()
    assert fresh(summary).revision == 2


def test_the_button_to_restore_is_greyed_with_its_reason(as_writer, desk):
    summary = desk.draft()

    page = as_writer.get(place(summary, "1/")).content.decode()

    assert 'aria-disabled="true" aria-describedby="why-restore"' in page
    assert "This is the revision that stands now." in page


def test_a_medical_reviewer_is_offered_no_restore_and_refused_one(client, desk):
    summary = desk.draft()
    desk.revise(summary, "New words.")
    client.force_login(desk.reviewer)

    page = client.get(place(summary, "1/")).content.decode()
    answer = client.post(place(summary, "1/restore/"))

    assert ("restore/" in page, answer.status_code) == (False, 403)


def test_restore_is_no_link(as_writer, desk):
    summary = desk.draft()
    desk.revise(summary, "New words.")

    answer = as_writer.get(place(summary, "1/restore/"))

    assert answer["Location"] == place(summary, "1/")
    assert fresh(summary).body == "New words."


@pytest.mark.parametrize("way", ["", "1/", "compare/?a=1&b=1"])
def test_a_superuser_reads_no_history(client, desk, way):
    summary = desk.draft()
    client.force_login(make_user("root", superuser=True))

    assert client.get(place(summary, way)).status_code == 403


def test_a_kept_text_is_an_event_that_leads_to_it(as_writer, desk):
    summary = desk.draft()
    desk.revise(summary, "New words.")
    text = Text(short_answer="", body="Late words.")
    with pytest.raises(Conflict):
        revise(summary, by=desk.writer, text=text, against=1)

    page = as_writer.get(place(summary)).content.decode()

    lost = LostText.objects.get()
    assert f"/admin/editorial/summary/{summary.pk}/kept/{lost.pk}/" in page
    assert Summary.objects.get().body == "New words."

import pytest

from editorial import workflow, writing
from editorial.writing import Text
from tests.builders import Desk, make_condition, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"
# Session, account, roles; five to filter by; count, rows, who may review.
QUERIES = 11


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_editor(client, desk):
    client.force_login(desk.editor)
    return client


def add_two(desk):
    for slug in ("ribose-deficiency", "alpers-disease"):
        condition = make_condition(
            desk.editor, slug=slug, name=slug, abbreviation=slug[:3].upper()
        )
        writing.start(
            condition,
            desk.question,
            by=desk.writer,
            text=Text(short_answer="Short.", body="Body."),
        )


def listed(answer):
    return [str(row) for row in answer.context["cl"].result_list]


def test_the_empty_list_says_how_to_begin(as_editor):
    page = as_editor.get(LIST).content.decode()

    assert "No summary is in work yet" in page
    assert 'href="/admin/editorial/summary/add/"' in page


@pytest.mark.parametrize("more", [False, True])
def test_the_list_asks_the_same_questions_of_one_row_and_of_three(
    as_editor, desk, django_assert_num_queries, more
):
    desk.live()
    if more:
        add_two(desk)

    with django_assert_num_queries(QUERIES):
        answer = as_editor.get(LIST)

    assert len(listed(answer)) == (3 if more else 1)


def test_a_row_says_its_state_what_readers_see_and_who_saved_last(as_editor, desk):
    workflow.start_revision(desk.live(), by=desk.editor)

    (row,) = as_editor.get(LIST).context["cl"].result_list
    page = as_editor.get(LIST).content.decode()

    assert (row.public, row.live_number, row.saved_by) == ("live", 1, "Maren Holt")
    assert '<span class="state ">Draft</span>' in page
    assert '<span class="state ok">Live, edition 1</span>' in page


def test_a_saver_without_a_name_is_shown_by_username(as_editor, desk):
    desk.draft()
    desk.writer.first_name = desk.writer.last_name = ""
    desk.writer.save()

    (row,) = as_editor.get(LIST).context["cl"].result_list

    assert row.saved_by == "tomas"


def test_a_withdrawn_page_is_found_by_what_readers_see(as_editor, desk):
    desk.withdrawn()
    add_two(desk)

    assert len(listed(as_editor.get(f"{LIST}?public=withdrawn"))) == 1
    assert len(listed(as_editor.get(f"{LIST}?public=never"))) == 2
    assert len(listed(as_editor.get(f"{LIST}?public=live"))) == 0


def test_what_is_set_aside_is_hidden_until_asked_for(as_editor, desk):
    writing.set_aside(desk.draft(), by=desk.writer, reason="Later.")
    add_two(desk)

    counts = [len(listed(as_editor.get(LIST + q))) for q in ("", "?aside=yes")]

    assert counts == [2, 1]


@pytest.mark.parametrize("words", ["POH", "progressive", "promising", "directions poh"])
def test_a_summary_is_found_by_condition_abbreviation_and_question(
    as_editor, desk, words
):
    desk.draft()

    assert len(listed(as_editor.get(LIST, {"q": words}))) == 1


def test_a_search_without_an_answer_leads_back(as_editor, desk):
    desk.draft()

    page = as_editor.get(LIST, {"q": "nothing of the kind"}).content.decode()

    assert "No summary fits" in page


def test_a_search_of_any_length_is_answered(as_editor, desk):
    desk.draft()

    assert as_editor.get(LIST, {"q": "x" * 60_000}).status_code == 200


def test_reviews_are_found_by_who_is_asked(client, desk):
    workflow.assign(desk.in_review(), by=desk.editor, reviewer=desk.reviewer)
    add_two(desk)
    client.force_login(desk.reviewer)

    counts = [
        len(listed(client.get(LIST, {"reviewer": who})))
        for who in (":me", ":nobody", "ines", "no such person")
    ]

    assert counts == [1, 2, 1, 0]


@pytest.mark.parametrize(
    "odd", ["state=none", "public=x", "aside=x", "o=999", "p=zz", "x=y", "status=1"]
)
def test_an_odd_question_to_the_list_is_answered(as_editor, desk, odd):
    desk.draft()

    assert as_editor.get(f"{LIST}?{odd}", follow=True).status_code == 200


def test_the_list_changes_nothing(as_editor, desk):
    summary = desk.draft()
    sent = {"action": "delete_selected", "_selected_action": summary.pk}

    page = as_editor.post(LIST, {**sent, "post": "yes"})

    assert len(listed(page)) == 1


def test_the_header_names_the_person_and_the_rooms_open_to_them(as_editor, desk):
    page = as_editor.get(LIST)

    assert "Maren Holt · Editor" in page.content.decode()
    assert "Summaries" in [room["label"] for room in page.context["rooms"]]


def test_a_superuser_has_no_room_of_summaries(client, desk):
    client.force_login(make_user("root", superuser=True))

    rooms = client.get("/admin/").context["rooms"]

    assert "Summaries" not in [room["label"] for room in rooms]

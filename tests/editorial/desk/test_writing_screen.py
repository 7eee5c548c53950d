"""What the writing screen shows, by itself and to a browser without scripts."""

import pytest

from tests.builders import BODY, SHORT, Desk, fresh, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


def change(summary):
    return f"/admin/editorial/summary/{summary.pk}/change/"


def typed(**fields):
    words = {"short_answer": SHORT, "body": BODY, "drafting": "person"}
    return {**words, "against": 1, **fields}


def frame(answer):
    return answer.content.decode().split('srcdoc="')[1].split('"')[0]


def test_the_page_stands_beside_its_text(as_writer, desk):
    answer = as_writer.get(change(desk.draft()))

    assert "physiotherapy keeps joints moving" in frame(answer)
    assert "As it was saved." in answer.content.decode()


def test_the_form_names_what_the_text_cites(as_writer, desk):
    summary = desk.draft(body=BODY + " More [@pmid:1].")

    shown = as_writer.get(change(summary)).context["typed"]

    assert [key for key, _ in shown.cited] == ["pmid:11784876", "gard-poh", "pmid:1"]
    assert [source is None for _, source in shown.cited] == [False, False, True]
    assert shown.proof.unresolved == ["pmid:1"]


def test_words_time_and_grade_stand_below_each_text(as_writer, desk):
    page = as_writer.get(change(desk.draft())).content.decode()

    assert 'data-told="short_answer">28 words, under 1 minute to read. Reading' in page
    assert 'data-told="body">27 words, under 1 minute to read. Reading grade' in page


def test_a_preview_shows_unsaved_words_and_saves_nothing(as_writer, desk):
    summary = desk.draft()

    answer = as_writer.post(change(summary), typed(body="Words not saved.", preview=1))

    assert "&lt;p&gt;Words not saved." in frame(answer)
    assert "As you typed it. Nothing is saved." in answer.content.decode()
    assert fresh(summary).revision == 1


@pytest.mark.parametrize("button", ["preview", "save"])
def test_a_fault_stands_beside_its_text_once(as_writer, desk, button):
    words = typed(body="One.\n\n[@ not a citation", **{button: 1})

    answer = as_writer.post(change(desk.draft()), words)

    form = answer.context["form"]
    assert form.errors.keys() == {"body"}
    assert [fault[:8] for fault in form.errors["body"]] == ["Line 3: "]
    assert "is not a citation" in frame(answer)


def test_save_is_the_one_primary_action_and_says_what_stands(as_writer, desk):
    page = as_writer.get(change(desk.draft())).content.decode()

    bar = page.split('<div class="bar"')[1].split("</div>")[0]
    assert bar.count("<button") == 2
    assert bar.count('class="plain"') == 1
    assert "Saved by Tomás Rey" in bar


def test_an_unsaved_text_is_said_to_be(as_writer, desk):
    page = as_writer.post(change(desk.draft()), typed(show=1)).content.decode()

    assert "Not saved yet: this is what you typed." in page


@pytest.mark.parametrize("state", ["in_review", "reviewed"])
def test_a_text_that_is_only_read_shows_its_page_first(as_writer, desk, state):
    page = as_writer.get(change(getattr(desk, state)())).content.decode()

    assert page.index("errornote warn") < page.index("<iframe") < page.index("What you")
    assert 'id="writing"' not in page


def test_who_cannot_recall_a_locked_text_is_told_who_can(client, desk):
    summary = desk.in_review()
    pages = []
    for colleague in (desk.writer, make_writer("lena", "Lena Okafor")):
        client.force_login(colleague)
        pages.append(client.get(change(summary)).context["why"])

    assert pages[0].endswith("Recall it to change it.")
    assert "Only Tomás Rey" in pages[1]


def test_the_screen_asks_the_database_seldom(
    as_writer, desk, django_assert_num_queries
):
    place = change(desk.draft())

    with django_assert_num_queries(15):
        as_writer.get(place)


@pytest.mark.parametrize("screen", ["change", "review"])
def test_a_preview_calls_only_what_nobody_signed_a_draft(as_writer, desk, screen):
    summary = desk.in_review()
    at = f"/admin/editorial/summary/{summary.pk}/{screen}/"
    assert "Draft: not reviewed" in frame(as_writer.get(at))

    desk.sign(summary)

    shown = frame(as_writer.get(at))
    assert "Preview of a signed text" in shown
    assert "The history of the text says who signed it, and when." in shown
    assert "Nobody has signed" not in shown

"""The answer to a form while it is typed."""

import pytest

from editorial import workflow
from tests.builders import BODY, SHORT, Desk, fresh, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def summary(desk):
    return desk.draft()


@pytest.fixture
def send(client, desk, summary):
    """Sends the form as somebody typed it; nothing of it may be saved."""
    client.force_login(desk.writer)

    def send(**fields):
        words = {"short_answer": SHORT, "body": BODY, "drafting": "person"}
        answer = client.post(live(summary), {**words, "against": 1, **fields})
        assert (fresh(summary).body, fresh(summary).revision) == (BODY, 1)
        return answer

    return send


def live(summary):
    return f"/admin/editorial/summary/{summary.pk}/live/"


def test_the_preview_is_of_what_is_typed(send):
    now = send(body="Words not saved.").json()

    assert "<p>Words not saved." in now["preview"]
    assert "Draft: not reviewed" in now["preview"]


def test_words_time_and_grade_are_told(send):
    now = send(short_answer="The cat sat on the mat. It was a very fat cat.").json()

    assert now["told"]["short_answer"] == (
        "12 words, under 1 minute to read. "
        "Reading grade 0.0: a reader of about 6 follows it."
    )


def test_a_fault_is_told_beside_its_field_with_its_line(send):
    now = send(body="One.\n\n[@ not a citation", short_answer="- a list").json()

    assert now["faults"]["body"].startswith("Line 3: ")
    assert now["faults"]["short_answer"].startswith("Line 1: ")


def test_a_good_text_has_no_fault(send):
    now = send().json()

    assert (now["faults"], now["standing"]) == ({}, "")


def test_a_source_that_the_catalogue_lacks_has_its_place_in_the_preview(send):
    now = send(body="Words [@pmid:1].").json()

    assert now["faults"] == {}
    assert "pmid:1: not in the catalogue" in now["preview"]
    assert "Add to the catalogue, or correct the key: pmid:1." in now["cited"]


def test_the_sources_cited_are_listed_in_their_order(send):
    cited = send(body="Words [@gard-poh; @pmid:11784876].").json()["cited"]

    assert cited.index("gard-poh") < cited.index("pmid:11784876")


ODD = {
    "empty": {"body": "", "short_answer": ""},
    "nul": {"body": "A\x00B", "short_answer": "\x00", "drafting_note": "\x00"},
    "drafting": {"drafting": "by magic", "drafting_note": "x" * 301},
    "dates": {"evidence_searched_on": "31/31/31"},
    "against": {"against": "9" * 50},
    "cjk": {"body": "骨" * 1000},
    "tags": {"body": "<script>alert(1)</script>", "short_answer": "</iframe>"},
    "long": {"body": "word " * 60_000},
}


@pytest.mark.parametrize("fields", ODD.values(), ids=ODD)
def test_odd_words_are_answered(send, fields):
    answer = send(**fields)

    assert answer.status_code == 200
    assert "<script" not in answer.json()["preview"]


def test_a_form_without_its_fields_is_answered(client, desk, summary):
    client.force_login(desk.writer)

    assert client.post(live(summary)).status_code == 200


def test_five_megabytes_are_refused(send):
    assert send(body="word " * 1_000_000).status_code == 400


def test_an_answer_is_kept_from_caches(send):
    assert "no-store" in send()["Cache-Control"]


# Who may ask, and when


@pytest.mark.parametrize(
    ("role", "status"), [("writer", 200), ("editor", 200), ("reviewer", 403)]
)
def test_who_may_write_may_ask(client, desk, summary, role, status):
    client.force_login(getattr(desk, role))

    assert client.post(live(summary), {"body": "x"}).status_code == status


def test_a_superuser_reads_no_draft_by_it(client, summary):
    client.force_login(make_user("root", superuser=True))

    assert client.post(live(summary)).status_code == 403


def test_who_is_logged_out_gets_no_preview(client, summary):
    answer = client.post(live(summary), {"body": "x"})

    assert not answer["Content-Type"].startswith("application/json")


def test_it_is_posted_to(client, desk, summary):
    client.force_login(desk.writer)

    assert client.get(live(summary)).status_code == 405


def test_a_summary_that_is_not_there_is_404(client, desk):
    client.force_login(desk.writer)

    assert client.post("/admin/editorial/summary/77/live/").status_code == 404


def test_a_text_locked_meanwhile_is_said_to_be(client, desk, summary):
    workflow.submit_for_review(summary, by=desk.writer)
    client.force_login(desk.writer)

    now = client.post(live(summary), {"body": "Mine.", "against": 1}).json()

    assert now["standing"].startswith("This summary is in review;")
    assert "<p>Mine." in now["preview"]


def test_a_colleagues_save_is_told_before_ones_own(client, desk, summary):
    desk.revise(summary, "Theirs.", by=desk.editor)
    client.force_login(desk.writer)

    now = client.post(live(summary), {"body": "Mine.", "against": 1}).json()

    assert now["standing"].startswith("Maren Holt saved revision 2 at ")
    assert now["standing"].endswith("when you save, you merge the two.")


def test_it_asks_the_database_seldom(client, desk, summary, django_assert_num_queries):
    client.force_login(desk.writer)

    with django_assert_num_queries(8):
        client.post(live(summary), {"body": BODY, "against": 1})


def test_what_preflight_finds_is_told_with_its_place(send, real_rules):
    body = "There is no cure. Words here [@pmid:11784876]."
    now = send(body=body).json()

    assert now["found"].startswith("Preflight: ")
    assert (
        'href="#id_body" data-from="0" data-words="There is no cure"' in now["findings"]
    )


def test_a_faulty_text_is_not_looked_at_by_preflight(send):
    now = send(body="There is no cure. [@ not").json()

    assert now["findings"].strip() == ""


def test_words_that_are_marked_are_shown_as_words(send, real_rules):
    now = send(body='You should take "<b onclick=x>10 mg</b>" now.').json()

    assert "<b" not in now["findings"]
    assert "10 mg" in now["findings"]

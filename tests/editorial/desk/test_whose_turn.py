"""What colleagues see of a hand-over, and of what a shut account still holds."""

import pytest

from editorial import accounts, workflow
from editorial.states import Role
from tests.builders import Desk, make_editor, make_reviewer, make_user, make_writer

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/editorial/user/"


@pytest.fixture
def desk():
    return Desk()


def assigned(desk):
    return workflow.assign(desk.in_review(), by=desk.editor, reviewer=desk.reviewer)


def test_the_new_writer_finds_the_text_and_everybody_sees_whose_it_is(client, desk):
    summary = desk.changes_requested()
    lena, root = make_writer("lena", "Lena Okafor"), make_user("r", superuser=True)
    workflow.hand_over(summary, by=root, part=Role.WRITER, to=lena, reason="Gone.")
    client.force_login(lena)

    groups = {g.name: g.rows for g in client.get("/admin/").context["groups"]}
    screens = [
        client.get(f"/admin/editorial/summary/{rest}").content.decode()
        for rest in ("", f"{summary.pk}/change/", f"{summary.pk}/review/")
    ]

    assert [row.who for row in groups["sent_back"]] == ["Lena Okafor"]
    assert [("written on by Lena Okafor" in screen) for screen in screens] == [True] * 3


def test_what_a_shut_account_holds_is_shown_as_nobodys(client, desk):
    summary = assigned(desk)
    accounts.set_active(desk.reviewer, False, by=make_user("r", superuser=True))
    client.force_login(desk.editor)

    groups = {g.name: g.rows for g in client.get("/admin/").context["groups"]}
    listed = client.get("/admin/editorial/summary/?reviewer=%3Anobody")
    head = client.get(f"/admin/editorial/summary/{summary.pk}/change/")

    assert [row.who for row in groups["unassigned"]] == ["nobody yet"]
    assert listed.context["cl"].result_count == 1
    assert "reviewer: nobody yet" in head.content.decode()


def test_a_draft_that_nobody_writes_on_waits_for_an_editor(client, desk):
    desk.draft()
    accounts.set_active(desk.writer, False, by=make_user("r", superuser=True))
    client.force_login(desk.editor)

    groups = {g.name: g.rows for g in client.get("/admin/").context["groups"]}

    assert [row.who for row in groups["writerless"]] == ["nobody yet"]


# The people


def test_the_list_of_people_counts_what_each_has_open(client, desk):
    assigned(desk)
    client.force_login(make_user("root", superuser=True))

    rows = client.get(PEOPLE).context["cl"].result_list

    assert {row.username: row.open_texts for row in rows if row.open_texts} == {
        "tomas": 1,
        "ines": 1,
    }


@pytest.mark.parametrize("make", [None, make_editor])
def test_an_empty_newsroom_is_told_whom_to_invite(client, make):
    client.force_login(make_user("root", superuser=True))
    if make:
        make()

    page = client.get(PEOPLE).content.decode()

    assert ("Nobody writes, reviews or edits here yet." in page) == (make is None)


def credential(client, person):
    """Return the panel of the credential, as a superuser reads it."""
    client.force_login(make_user("root", superuser=True))
    page = client.get(f"{PEOPLE}{person.pk}/change/").content.decode()
    return page.split('id="credential-title"')[1].split("</section>")[0]


def test_a_credential_says_who_verified_it_when_and_where_to_look(client):
    panel = credential(client, make_reviewer())

    assert "People on <time" in panel
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in panel
    assert "The byline names no register" in panel


@pytest.mark.parametrize(("days", "due"), [(700, False), (30, True), (-1, True)])
def test_only_a_credential_that_is_due_asks_to_be_renewed(client, days, due):
    panel = credential(client, make_reviewer(days=days))

    assert ("<details open>" in panel) == due
    assert ('value="verify" class="plain"' in panel) == (not due)

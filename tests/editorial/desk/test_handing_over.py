"""The page before an account is shut: what it lists, asks and does."""

from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from editorial import account_notes, accounts, clock, publishing, workflow, writing
from editorial.desk.people import handing_over
from editorial.models import User
from editorial.states import Role
from tests.builders import (
    BODY,
    Desk,
    fresh,
    make_condition,
    make_editor,
    make_reviewer,
    make_user,
    make_writer,
)

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/editorial/user/"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_root(client):
    client.force_login(make_user("root", superuser=True))
    return client


def at(person, *, keep=False):
    return f"{PEOPLE}{person.pk}/hand-over/" + ("?keep=1" if keep else "")


def told(answer):
    return [strip_tags(str(message)) for message in answer.context["messages"]]


def press(client, person, *, keep=False, **chosen):
    """Open the page, choose, and press its button."""
    form = client.get(at(person, keep=keep)).context["form"]
    sent = {"seen": form["seen"].value(), **chosen}
    return client.post(at(person, keep=keep), sent, follow=True)


def assigned(desk):
    return workflow.assign(desk.in_review(), by=desk.editor, reviewer=desk.reviewer)


def details(person, *roles):
    names = ("first_name", "last_name", "email")
    said = {name: getattr(person, name) for name in names}
    return {"act": "details", **said, "roles": [role.value for role in roles]}


@pytest.mark.parametrize("make", [make_writer, make_reviewer, make_editor])
def test_only_superusers_see_it(client, make):
    person = make("someone")
    client.force_login(person)

    assert client.get(at(person)).status_code == 403
    assert client.post(at(person)).status_code == 403


@pytest.mark.parametrize("pk", ["999", "9" * 40])
def test_a_person_who_is_not_there_is_not_found(as_root, pk):
    assert as_root.get(f"{PEOPLE}{pk}/hand-over/").status_code == 404


def test_it_lists_what_is_open_before_anything_is_done(as_root, desk):
    assigned(desk)

    page = as_root.get(at(desk.reviewer)).content.decode()

    assert "To review: 1" in page
    assert "Signs as <b>Dr Ines Falk, MD</b>." in page
    assert "Shut the account and hand over" in page
    assert User.objects.get(pk=desk.reviewer.pk).is_active


def test_it_offers_colleagues_who_may_do_the_work(as_root, desk):
    summary = assigned(desk)
    make_reviewer("jonas", "Jonas Adeyemi")
    make_reviewer("late", "Late One", days=-1)
    both = make_reviewer("both", "Bo Both", roles=[Role.WRITER])
    summary = workflow.recall(summary, by=desk.editor, reason="More.")
    desk.revise(summary, "Other words [@gard-poh].", by=both)

    form = as_root.get(at(desk.reviewer)).context["form"]

    labels = [label for _, label in form.fields["reviewer"].choices]
    assert labels == [
        "Nobody yet",
        "Jonas Adeyemi",
        "Bo Both: may not sign 1 of the 1, which goes to nobody yet",
    ]


def test_an_account_is_shut_and_its_work_handed_over(as_root, desk):
    summary = assigned(desk)
    jonas = make_reviewer("jonas", "Jonas Adeyemi")

    answer = press(as_root, desk.reviewer, reviewer=jonas.pk)

    assert told(answer) == [
        "The account of Ines Falk is shut.",
        "Handed over: 1 review to Jonas Adeyemi.",
    ]
    assert fresh(summary).assigned_reviewer == jonas
    assert "Reopening hands nothing back." in answer.content.decode()


def test_with_nothing_open_an_account_is_just_shut(as_root, desk):
    page = as_root.get(at(desk.writer)).content.decode()

    answer = press(as_root, desk.writer)

    assert "No work is open in their name." in page
    assert told(answer) == ["The account of Tomás Rey is shut."]


@pytest.mark.parametrize("odd", ["999", "x", "9" * 40, "\x00"])
def test_an_odd_choice_does_nothing(as_root, desk, odd):
    assigned(desk)

    answer = press(as_root, desk.reviewer, reviewer=odd)

    assert answer.context["form"].errors["reviewer"]
    assert User.objects.get(pk=desk.reviewer.pk).is_active


def test_what_changed_meanwhile_is_shown_first_and_keeps_the_choice(as_root, desk):
    jonas = make_reviewer("jonas", "Jonas Adeyemi")
    summary = assigned(desk)
    sent = {"seen": "", "reviewer": jonas.pk}

    first = as_root.post(at(desk.reviewer), sent)
    form = first.context["form"]
    again = as_root.post(
        at(desk.reviewer), {**sent, "seen": form["seen"].value()}, follow=True
    )

    assert told(first)[0].startswith("What Ines Falk has open changed a moment ago.")
    assert form["reviewer"].value() == str(jonas.pk)
    assert fresh(summary).assigned_reviewer == jonas
    assert told(again)[0] == "The account of Ines Falk is shut."


def test_nobody_shuts_their_own_account(as_root):
    root = User.objects.get(username="root")

    answer = press(as_root, root)

    assert told(answer) == ["Nobody shuts their own account: ask a colleague."]
    assert 'class="danger"' not in answer.content.decode()


def test_a_press_too_many_does_nothing_more(as_root, desk):
    assigned(desk)
    sent = {"seen": as_root.get(at(desk.reviewer)).context["form"]["seen"].value()}

    for _ in range(2):
        answer = as_root.post(at(desk.reviewer), sent, follow=True)

    assert answer.status_code == 200
    notes = [one.change_message for one in account_notes.of(desk.reviewer)]
    assert notes == ["Handed over: 1 review to nobody yet.", "Shut the account."]


def test_a_lost_role_leads_to_what_is_open_and_the_account_stays(as_root, desk):
    summary = assigned(desk)
    jonas = make_reviewer("jonas", "Jonas Adeyemi")

    warned = as_root.post(
        f"{PEOPLE}{desk.reviewer.pk}/change/",
        details(desk.reviewer, Role.WRITER),
        follow=True,
    )
    answer = press(as_root, desk.reviewer, keep=True, reviewer=jonas.pk)

    assert told(warned)[1] == (
        "Ines Falk has work open that these roles do not cover. See it, and hand it "
        "over"
    )
    assert at(desk.reviewer, keep=True) in warned.content.decode()
    assert told(answer) == ["Handed over: 1 review to Jonas Adeyemi."]
    assert User.objects.get(pk=desk.reviewer.pk).is_active
    assert fresh(summary).assigned_reviewer == jonas


def test_a_role_without_open_work_is_lost_without_a_word(as_root, desk):
    answer = as_root.post(
        f"{PEOPLE}{desk.reviewer.pk}/change/",
        details(desk.reviewer, Role.WRITER),
        follow=True,
    )

    assert told(answer) == ["Changed roles: medical reviewer → writer."]


def test_a_shut_account_hands_over_what_was_left(as_root, desk):
    summary = assigned(desk)
    accounts.set_active(desk.reviewer, False, by=User.objects.get(username="root"))
    jonas = make_reviewer("jonas", "Jonas Adeyemi")

    person = as_root.get(f"{PEOPLE}{desk.reviewer.pk}/change/").content.decode()
    answer = press(as_root, desk.reviewer, reviewer=jonas.pk)

    assert "Hand over what is still open" in person
    assert told(answer) == ["Handed over: 1 review to Jonas Adeyemi."]
    assert fresh(summary).assigned_reviewer == jonas


def test_reopening_says_what_is_not_handed_back(as_root, desk):
    assigned(desk)
    press(as_root, desk.reviewer)

    answer = as_root.post(
        f"{PEOPLE}{desk.reviewer.pk}/change/", {"act": "reopen"}, follow=True
    )

    assert told(answer) == [
        "The account of Ines Falk is open again.",
        "What was handed over is not handed back: 1 review to nobody yet.",
    ]
    assert User.objects.get(pk=desk.reviewer.pk).is_active


# Much work

# The session, and who looks; what is open; who may take over, and what bars them.
QUERIES = 27


def much(desk, person, number):
    """Let a person have so many of each kind of open work, with a colleague's part."""
    texts = [another(desk, f"c-{n}", by=person) for n in range(4 * number)]
    at = clock.now() + timedelta(days=2)
    for text in texts[:number]:
        workflow.submit_for_review(text, by=person)
        workflow.assign(text, by=desk.editor, reviewer=person)
    for text in texts[number : 2 * number]:
        desk.revise(text, BODY + " More.", by=desk.writer)
        with pytest.raises(writing.Conflict):
            writing.revise(text, by=person, text=desk.text(BODY + " x"), against=1)
    for text in texts[2 * number : 3 * number]:
        publishing.schedule(text, by=person, at=at)
    for text in texts[3 * number :]:
        text = workflow.submit_for_review(text, by=person)
        desk.sign(publishing.schedule(text, by=person, at=at))


def another(desk, slug, *, by):
    condition = make_condition(desk.editor, slug=slug, name=slug, identifiers=[])
    return writing.start(condition, desk.question, by=by, text=desk.text())


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_as_often_of_much_work_as_of_little(
    as_root, desk, django_assert_num_queries, number
):
    bo = make_reviewer("bo", "Bo Berg", roles=[Role.WRITER, Role.EDITOR])
    much(desk, bo, number)
    for n in range(number):
        make_reviewer(f"other-{n}")
    as_root.get(at(bo))

    with django_assert_num_queries(QUERIES):
        work = as_root.get(at(bo)).context["work"]

    assert [len(part) for part in vars(work).values()] == [
        *(number, 2 * number, number, 2 * number, number)
    ]


@pytest.mark.parametrize("query", ["", "keep=1&"])
def test_much_work_is_shown_in_pages(as_root, desk, monkeypatch, query):
    monkeypatch.setattr(handing_over, "A_PAGE", 2)
    for n in range(3):
        another(desk, f"c-{n}", by=desk.writer)
    text = another(desk, "shared", by=desk.writer)
    desk.revise(text, BODY + " More.", by=desk.editor)
    desk.writer.groups.clear()

    first, second = (
        as_root.get(f"{at(desk.writer)}?{query}p={page}") for page in (1, 2)
    )

    shown = [
        [text.condition.name for text in answer.context["here"]["texts"]]
        for answer in (first, second)
    ]
    assert shown == [["c-0", "c-1"], ["c-2"]]
    assert "To write on: 3" in second.content.decode()
    assert "They stand on the pages before." in second.content.decode()
    assert f'href="?{query}p=2"'.replace("&", "&amp;") in first.content.decode()


@pytest.mark.parametrize(("number", "said"), [(1, False), (2, True)])
def test_it_says_that_much_work_takes_long(as_root, desk, monkeypatch, number, said):
    monkeypatch.setattr(handing_over, "MANY", 1)
    for n in range(number):
        another(desk, f"c-{n}", by=desk.writer)

    page = as_root.get(at(desk.writer)).content.decode()

    assert ("each of the 2 texts" in page) == said

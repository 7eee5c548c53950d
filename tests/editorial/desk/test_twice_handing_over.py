"""Two presses that shut an account and hand its work over: it is given away once."""

import pytest

from editorial import account_notes, workflow
from editorial.models import User
from tests.builders import Desk, fresh, make_reviewer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def root(client):
    root = make_user("root", superuser=True)
    client.force_login(root)
    return root


@pytest.fixture
def look(client):
    """Opens the page of a person; what comes back presses its button."""

    def look(person, query=""):
        place = f"/admin/editorial/user/{person.pk}/hand-over/{query}"
        seen = client.get(place).context["form"]["seen"].value()
        return lambda **chosen: client.post(
            place, {"seen": seen, **chosen}, follow=True
        )

    return look


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_an_account_shut_twice_is_shut_once_and_said_to_be(root, look):
    person = make_user("ada", name="Ada Byron")
    press = look(person)

    for _ in range(2):
        page = press()

    assert told(page) == ["The account of Ada Byron is shut."]
    assert account_notes.of(person).count() == 1


@pytest.mark.parametrize("query", ["", "?keep=1"])
def test_work_handed_over_twice_is_given_once(desk, root, look, query):
    summary, other = desk.in_review(), make_reviewer("bo", "Bo Berg")
    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)
    desk.reviewer.groups.clear()
    press, before = look(desk.reviewer, query), fresh(summary).revision

    for _ in range(2):
        page = press(reviewer=other.pk)

    assert "Handed over: 1 review to Bo Berg." in told(page)
    assert fresh(summary).revision == before + 1
    assert fresh(summary).assigned_reviewer == other


@pytest.mark.parametrize("second", ["another choice", "a colleague"])
def test_a_press_that_is_not_the_same_is_refused(desk, root, look, client, second):
    summary, other = desk.in_review(), make_reviewer("bo", "Bo Berg")
    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)
    press = look(desk.reviewer)
    press(reviewer=other.pk)
    if second == "a colleague":
        client.force_login(make_user("r2", superuser=True))

    page = press(reviewer=other.pk if second == "a colleague" else "")

    assert not any("Handed over" in words or "is shut" in words for words in told(page))
    assert fresh(summary).assigned_reviewer == other
    assert not User.objects.get(pk=desk.reviewer.pk).is_active

"""Two presses of one button in the catalogue: the entry is written once."""

import pytest

from conditions.models import Condition, Source
from editorial.models import User
from tests.builders import make_condition, make_editor

pytestmark = pytest.mark.django_db
CONDITIONS = "/admin/conditions/condition/"
CONDITION = {"name": "melorheostosis", "abbreviation": "MEL", "reason": "Asked for."}
SOURCE = {"key": "PMID 11784876", "kind": "article", "title": "GNAS1", "year": 2002}


@pytest.fixture
def editor(client):
    editor = make_editor()
    client.force_login(editor)
    return editor


@pytest.fixture
def press(client):
    """Posts a form: `press(address, name="…")`."""

    def press(address, **typed):
        return client.post(address, typed, follow=True)

    return press


def told(page):
    return [str(message) for message in page.context["messages"]]


def test_an_entry_added_twice_is_there_once(editor, press):
    for _ in range(2):
        page = press(f"{CONDITIONS}add/", **CONDITION)

    entry = Condition.objects.get()
    assert told(page) == ["Saved: melorheostosis."]
    assert page.redirect_chain[-1][0] == f"{CONDITIONS}{entry.pk}/change/"
    assert entry.history.count() == 1


def test_a_source_added_twice_is_there_once(editor, press):
    for _ in range(2):
        page = press("/admin/conditions/source/add/", **SOURCE)

    assert page.redirect_chain != []
    assert Source.objects.get().history.count() == 1


@pytest.mark.parametrize("other", [{"abbreviation": "MRS"}, {"reason": "Again."}])
def test_another_entry_under_the_same_slug_is_refused_and_kept(editor, press, other):
    press(f"{CONDITIONS}add/", **CONDITION)

    page = press(f"{CONDITIONS}add/", **CONDITION | other)

    assert "already exists" in page.content.decode()
    assert {name: page.context["form"][name].value() for name in other} == other


def test_a_colleagues_entry_is_not_said_to_be_mine(editor, press, client):
    press(f"{CONDITIONS}add/", **CONDITION)
    client.force_login(make_editor("second"))

    page = press(f"{CONDITIONS}add/", **CONDITION)

    assert "already exists" in page.content.decode()


@pytest.mark.parametrize(
    ("second", "sentence"),
    [("maren", "Saved: "), ("second", "Nothing to save: the entry is the same.")],
)
def test_a_change_of_an_entry_pressed_twice_is_saved_once(
    editor, press, client, second, sentence
):
    entry = make_condition(editor)
    make_editor("second")
    address = f"{CONDITIONS}{entry.pk}/change/"
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"abbreviation": "PH", "against": entry.history.get().pk}
    typed["identifiers"] = "ORPHA:2762\nOMIM 166350"
    typed |= {"genes": "GNAS", "synonyms": "progressive ossifying heteroplasia"}

    press(address, **typed)
    client.force_login(User.objects.get(username=second))
    page = press(address, **typed)

    assert told(page)[0].startswith(sentence)
    assert entry.history.count() == 2

"""The gate of the catalogue: who may write what, and what it leaves behind."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conditions.models import Condition, Question, Reviewer, Source
from editorial import catalogue
from editorial.models import ReviewerAccount
from editorial.states import Role
from tests.builders import Desk, make_editor, make_reviewer, make_user, make_writer

pytestmark = pytest.mark.django_db


def a_condition(**fields):
    return Condition(**{"slug": "pompe", "name": "Pompe disease", **fields})


def a_source(**fields):
    return Source(
        **{"key": "pmid:11784876", "title": "A study", "year": 2002, **fields}
    )


def test_editor_adds_a_condition_in_their_name():
    editor = make_editor()

    assert catalogue.save(a_condition(), by=editor, reason="Asked for by readers.")

    row = Condition.history.get()
    assert (row.history_user, row.history_change_reason) == (
        editor,
        "Asked for by readers.",
    )


def test_entry_that_has_not_changed_is_not_written_again():
    editor = make_editor()
    condition = a_condition()
    catalogue.save(condition, by=editor)

    assert catalogue.save(Condition.objects.get(), by=editor) is False
    assert Condition.history.count() == 1


@pytest.mark.parametrize("model", [Condition, Question, Reviewer])
def test_writer_may_write_sources_alone(model):
    writer = make_writer()

    assert catalogue.may(writer, Source)
    assert not catalogue.may(writer, model)


def test_writer_cannot_add_a_condition():
    with pytest.raises(PermissionDenied, match="Only an editor adds or changes"):
        catalogue.save(a_condition(), by=make_writer())

    assert not Condition.objects.exists()


def test_a_look_ahead_refuses_a_writer_as_the_save_would():
    with pytest.raises(PermissionDenied):
        catalogue.would_change(a_condition(), by=make_writer())


def test_writer_adds_a_source():
    assert catalogue.save(a_source(), by=make_writer())
    assert Source.objects.get().pmid == "11784876"


@pytest.mark.parametrize(
    "someone", [make_reviewer, lambda: make_user("x", superuser=True)]
)
def test_reviewer_and_superuser_write_no_source(someone):
    with pytest.raises(PermissionDenied, match="Only a writer or an editor"):
        catalogue.save(a_source(), by=someone())


def test_bad_value_is_refused_and_nothing_is_kept():
    with pytest.raises(ValidationError):
        catalogue.save(a_source(key="Not A Key"), by=make_editor())

    assert not Source.objects.exists()


def test_control_character_in_a_list_is_refused():
    condition = a_condition(synonyms=["acid\0maltase deficiency"])

    with pytest.raises(ValidationError, match="cannot be seen"):
        catalogue.save(condition, by=make_editor())


def test_slug_may_change_before_anything_is_signed():
    desk = Desk()
    desk.draft()
    desk.condition.slug = "poh"

    assert catalogue.save(desk.condition, by=desk.editor)


@pytest.mark.parametrize("name", ["condition", "question"])
def test_slug_is_fixed_once_an_edition_exists(name):
    desk = Desk()
    desk.reviewed()
    entry = getattr(desk, name)
    before, entry.slug = entry.slug, "another"

    with pytest.raises(ValidationError, match=f"Keep “{before}”"):
        catalogue.save(entry, by=desk.editor)


def test_the_key_of_a_source_is_fixed_while_a_text_cites_it():
    desk = Desk()
    desk.draft()
    source = desk.sources[1]
    source.key = "gard-page"

    with pytest.raises(ValidationError, match="Keep “gard-poh”"):
        catalogue.save(source, by=desk.editor)


def test_the_slug_of_a_reviewer_who_signed_is_fixed():
    desk = Desk()
    desk.reviewed()
    byline = Reviewer.objects.get()
    byline.slug = "another"

    with pytest.raises(ValidationError, match="Keep “ines”"):
        catalogue.save(byline, by=desk.editor)


def test_asking_whether_an_entry_would_change_writes_nothing():
    assert catalogue.would_change(a_condition(), by=make_editor())
    assert not Condition.objects.exists()


def test_two_people_who_add_the_same_entry_at_once_get_a_sentence(monkeypatch):
    editor = make_editor()
    catalogue.save(a_condition(), by=editor)
    twin = a_condition(name="Other name")
    # As if the first had come in after the second was checked.
    monkeypatch.setattr(Condition, "full_clean", lambda self: None)

    with pytest.raises(ValidationError, match="Somebody has just saved a condition"):
        catalogue.save(twin, by=editor)


def test_nobody_changes_their_own_byline():
    desk = Desk()
    editor = make_reviewer("both", "Bo Both", roles=(Role.EDITOR,))
    byline = editor.reviewer_account.reviewer
    byline.post_nominals = "MD, PhD"

    with pytest.raises(ValidationError, match="own byline"):
        catalogue.save(byline, by=editor)

    assert catalogue.save(byline, by=desk.editor)


def test_a_byline_whose_words_change_must_be_verified_again():
    desk = Desk()
    byline = desk.reviewer.reviewer_account.reviewer
    byline.registration_number = "1234567"

    catalogue.save(byline, by=desk.editor)

    assert ReviewerAccount.objects.get(user=desk.reviewer).verified_at is None


def test_a_new_biography_leaves_the_verification():
    desk = Desk()
    byline = desk.reviewer.reviewer_account.reviewer
    byline.biography = "Works on bone."

    catalogue.save(byline, by=desk.editor)

    assert ReviewerAccount.objects.get(user=desk.reviewer).verified_at


def test_an_entry_holds_no_character_that_nobody_sees():
    desk = Desk()
    desk.condition.synonyms = ["bone\u202edisease"]

    with pytest.raises(ValidationError, match="cannot be seen"):
        catalogue.save(desk.condition, by=desk.editor)

"""A newsroom that is recalled is the one that the verbs make."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.forms import model_to_dict

from editorial import clock, verifying
from tests import recalling
from tests.builders import Desk, make_writer

pytestmark = pytest.mark.django_db
BY_THE_VERBS = Desk.__init__.__wrapped__
# A question whether the database is empty, and an insert for each table.
RECALLED = 1 + 13


def rows():
    models = apps.get_models(include_auto_created=True)
    return {model.__name__: model._base_manager.count() for model in models}


def words(desk):
    """What its people and entries say, but for keys, times and salted hashes."""
    parts = [desk.writer, desk.editor, desk.reviewer, desk.condition, desk.question]
    return [
        model_to_dict(part, exclude=("id", "password", "date_joined"))
        for part in [*parts, *desk.sources]
    ]


@pytest.mark.parametrize("signatures", [1, 2])
def test_it_is_recalled_as_it_is_made(signatures):
    with transaction.atomic():
        made = Desk.__new__(Desk)
        BY_THE_VERBS(made, signatures=signatures)
        wanted = rows(), words(made)
        transaction.set_rollback(True)

    desk = Desk(signatures=signatures)

    assert (rows(), words(desk)) == wanted
    assert verifying.verify().found.findings == {}


def test_it_works_on_as_one_that_was_made(django_assert_num_queries):
    with django_assert_num_queries(RECALLED):
        desk = Desk()

    desk.writer.last_name = "Altered"
    desk.new_edition(desk.live(), "Other words [@gard-poh].")

    assert verifying.verify().found.findings == {}


def test_what_one_test_alters_another_does_not_see():
    with transaction.atomic():
        Desk().writer.last_name = "Altered"
        transaction.set_rollback(True)

    assert Desk().writer.last_name == "Rey"


def asked_of_the_verbs():
    statements = []

    def note(execute, sql, *others):
        statements.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        Desk()
    return len(statements) > RECALLED


def test_it_is_made_where_somebody_is_already():
    make_writer("somebody")

    assert asked_of_the_verbs()


@pytest.mark.parametrize("hours", [-1, 1, 24])
def test_it_is_made_at_another_time(time_machine, hours):
    time_machine.move_to(clock.now() + timedelta(hours=hours))

    assert asked_of_the_verbs()


def test_it_is_made_in_another_database(monkeypatch):
    monkeypatch.setattr(recalling, "_key", lambda asked: "elsewhere")

    assert asked_of_the_verbs()


NEXT = ("draft", "in_review", "changes_requested", "live", "withdrawn")


def is_recalled(desk, name="live", **asked):
    """Say whether a newsroom's method is recalled: it asks the database nothing."""
    before = recalling.reads[0]
    getattr(desk, name)(**asked)
    return recalling.reads[0] == before


@pytest.mark.parametrize("name", NEXT)
def test_what_comes_next_is_recalled_as_it_is_made(name):
    with transaction.atomic():
        made = getattr(Desk, name).__wrapped__(Desk())
        wanted = rows(), model_to_dict(made, exclude=["id"])
        transaction.set_rollback(True)

    desk = Desk()
    summary = getattr(desk, name)()

    assert (rows(), model_to_dict(summary, exclude=["id"])) == wanted
    assert summary.history.get(revision=summary.revision).status == summary.status
    assert verifying.verify().found.findings == {}


@pytest.mark.parametrize("name", NEXT)
def test_it_asks_nothing(name):
    assert is_recalled(Desk(), name)


def test_it_is_made_once_something_was_written():
    desk = Desk()
    make_writer("somebody")

    assert not is_recalled(desk)


def test_it_is_made_with_other_words():
    assert not is_recalled(Desk(), body="Other words [@gard-poh].")


def test_it_is_made_where_a_setting_is_another(settings):
    settings.PUBLISH_ON_SIGN_OFF = False

    assert not is_recalled(Desk())


def test_it_is_made_where_code_may_be_another(monkeypatch):
    assert not is_recalled(Desk())


def test_it_is_made_where_queries_are_counted(django_assert_max_num_queries):
    desk = Desk()
    with django_assert_max_num_queries(1000):
        assert not is_recalled(desk)


def test_it_is_made_at_another_time_too(time_machine):
    desk = Desk()
    time_machine.move_to(clock.now() + timedelta(hours=1))

    assert not is_recalled(desk, "draft")

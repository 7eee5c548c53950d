"""What every test may ask for."""

import gc
import inspect
import io
from contextlib import contextmanager
from email.message import Message
from typing import NamedTuple
from wsgiref.util import setup_testing_defaults

import pytest
from django.contrib.auth.models import Group
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections, transaction
from django.db.utils import load_backend
from django.test import TransactionTestCase

from editorial import guards
from tests import recalling

# Python looked through all that is imported, again and again, for what may be thrown
# away: a ninth of the time of the tests, and a fifth of that of finding them.
gc.set_threshold(100_000, 20, 100)

# They take longest, and are begun with: what comes last may leave a core idle.
LONG = ("test_workflow_as_a_machine.py", "test_mutated_forms.py")
ALTERING = {"monkeypatch", "caplog"}
OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "no_database"}


def pytest_addoption(parser):
    words = "leave out what asks for no database, and says the same on every engine"
    parser.addoption("--of-the-database", action="store_true", help=words)


def pytest_collection_modifyitems(config, items):
    """Without these fixtures a test gets no connection: pytest-django refuses it."""
    if config.getoption("--of-the-database"):
        found = {item for item in items if OF_THE_DATABASE & {*item.fixturenames}}
        found |= {item for item in items if item.get_closest_marker("django_db")}
        config.hook.pytest_deselected(items=[i for i in items if i not in found])
        items[:] = [item for item in items if item in found]
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Every test has `monkeypatch`, by pytest-django: who asks for it counts."""
    known = item._fixtureinfo.name2fixturedefs.values()
    ours = [one for found in known for one in found if one.baseid.startswith("tests")]
    asked = {*inspect.signature(item.function).parameters}.union(
        *(one.argnames for one in ours)
    )
    recalling.may_go_on[0] = not ALTERING & asked


def pytest_sessionfinish():
    """What is left need not be looked through five times more."""
    gc.freeze()


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


@pytest.fixture
def visit():
    """Asks the WSGI application itself: Django's test client goes past it.

    ``visit("/search/?q=x", "POST", HTTP_ACCEPT="*/*")``
    """
    with visiting() as ask:
        yield ask


@pytest.fixture(scope="module")
def visit_all():
    """As ``visit``, for a site that is built once for all the tests of a module."""
    with visiting() as ask:
        yield ask


@contextmanager
def visiting():
    from editorial.wsgi import application

    # It asks the database once a second: a count of queries would depend on the clock.
    application.is_open = lambda: True
    # A test's own transaction is open: it would be closed between two requests.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)

    def ask(address, method="GET", body=b"", **environ):
        path, _, query = address.partition("?")
        environ = {
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "REQUEST_METHOD": method,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "HTTP_HOST": "127.0.0.1:8000",
        } | environ
        setup_testing_defaults(environ)
        started = []
        chunks = application(environ, lambda *said: started.append(said))
        try:
            content = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, pairs = started[0][:2]
        headers = Message()
        for name, value in pairs:
            headers[name] = value
        return Answer(int(status[:3]), headers, content)

    yield ask
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Before any test alters a setting or our code, which may not be learnt."""
    from tests.builders import Desk

    with django_db_blocker.unblock():
        recalling.learn(Desk)
        recalling.learn(Desk, signatures=2)
        connection.execute_wrappers.append(recalling.count)
        for name in ("draft", "in_review", "changes_requested", "live", "withdrawn"):
            recalling.learn_next(Desk, name)


@pytest.fixture(scope="module")
def built_once(django_db_setup, django_db_blocker):
    """Around what a module builds once for all its tests; each takes back its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def real_rules(settings):
    """Preflight as a site has it; else no check holds the tests' tiny texts back."""
    settings.PREFLIGHT_RULES = ""


@pytest.fixture
def no_database(django_db_blocker, tmp_path):
    """The database is away; the value is a word of its address."""
    kept = connections["default"]
    word = "hidden-place"
    place = "NAME" if kept.vendor == "sqlite" else "HOST"
    config = kept.settings_dict | {place: str(tmp_path / word / "database")}
    with django_db_blocker.unblock():
        connections["default"] = load_backend(config["ENGINE"]).DatabaseWrapper(config)
        yield word
        connections["default"] = kept


@pytest.fixture(scope="session", autouse=True)
def flush_lifts_the_guards():
    """They refuse the flush after a test; the signal of migrate sets them anew.

    The flush takes the roles along, which a migration made: they are put back.
    """
    flush = TransactionTestCase._fixture_teardown

    def lift_and_flush(case):
        roles = list(Group.objects.all())
        guards.drop()
        flush(case)
        Group.objects.bulk_create(roles)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_flush)
        yield

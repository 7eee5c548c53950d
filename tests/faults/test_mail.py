"""The mail server is away, or never answers: the act stands, and says so."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from editorial.models import User
from tests.faults.load import Writer
from tests.faults.sites import served
from tests.faults.wholeness import half_done


@contextmanager
def deaf_server():
    """A mail server that takes every connection, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    yield port


@pytest.fixture(params=[closed_port, deaf_server], ids=["closed", "deaf"])
def mailing(request, site):
    """The site once more, with a mail server that takes nothing."""
    with (
        request.param() as port,
        served(site.url, EMAIL_URL=f"smtp://127.0.0.1:{port}") as other,
    ):
        yield other


def test_an_account_is_made_and_its_mail_is_told_not_to_have_gone(mailing):
    walker, writer = mailing.walker("people"), Writer(mailing)
    others, over = [], threading.Event()

    def save():
        """Somebody else, who must not wait for that mail."""
        while not (over.is_set() and others):
            began = time.monotonic()
            assert writer.save().status == 200
            others.append(time.monotonic() - began)

    thread = threading.Thread(target=save)
    thread.start()
    walker.go("/admin/editorial/user/add/")
    status = walker.submit(
        username="nadia",
        first_name="Nadia",
        last_name="Berg",
        email="n@example.org",
        roles="Writers",
    )
    over.set()
    thread.join()

    assert status == 200
    assert "The mail could not be sent" in walker.text
    assert User.objects.filter(username="nadia").exists()
    assert max(others) < mailing.ready_within
    assert half_done() == []

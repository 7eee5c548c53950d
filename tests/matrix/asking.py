"""Asks one cell of the table through the WSGI application, and names what came.

Whatever a cell wrote is taken back, so that no cell knows of another.
"""

import re
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.middleware import csrf

from tests.matrix import words
from tests.walking import ORIGIN

TOKEN = csrf._get_new_csrf_string()
LOGINS = ("/admin/login/", "/accounts/login/")
# What a request may write though it did nothing: that it came, and was refused; and
# what readers get, which is made again at any time.
QUIET = {
    "conditions_printed",
    "conditions_allowance",
    "django_session",
    "editorial_cacheentry",
    "editorial_logentry",
    "editorial_refusedsigning",
    "editorial_signingattempt",
}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
STATUSES = {
    204: words.TELLS,
    400: words.NOT_TAKEN,
    404: words.NOT_FOUND,
    405: words.NOT_ALLOWED,
    409: words.CONFLICT,
    410: words.GONE,
}


class Came(NamedTuple):
    """An answer, and the word for it; `said` is all that whoever asked can see."""

    word: str
    answer: object
    said: str


def ask(visit, world, row, method, role, state, *, at=None, beside=None, then=None):
    """Return what came of one cell, of which nothing stays.

    `at` has the facts of the address where the form is of another place, `beside` what
    is posted with it; `then` is called while all that was written is still there.
    """
    facts = world.facts[state]
    address = "/" + filled(row, at or facts)
    with transaction.atomic():
        try:
            with watched() as written:
                cookies, typed = world.cookies[role], typed_in(row, facts)
                typed |= beside or {}
                answer = _sent(visit, cookies, row.query, address, method, typed)
            said = _said(answer, cookies)
            if then:
                then()
        finally:
            transaction.set_rollback(True)
    return Came(named(answer, written), answer, said)


def filled(row, facts):
    """Return the address of a place: each parameter has the fact of its name."""
    fill = {name: value.format(**facts) for name, value in row.fill.items()}
    parameter = r"<(?:\w+:)?(\w+)>"
    pattern = re.sub(r"\(\?P<(\w+)>.*?\)(?=[/$])", r"<\1>", row.pattern).strip("^$")
    pattern = pattern.replace("^", "").replace("$", "")
    return re.sub(parameter, lambda m: str(fill.get(m[1]) or facts[m[1]]), pattern)


def typed_in(row, facts):
    """Return what is typed into the form of a place."""
    return {name: said.format(**facts) for name, said in row.typed.items()}


def _sent(visit, cookies, query, address, method, typed):
    if method in (words.GET, words.HEAD):
        return _visit(visit, cookies, f"{address}?{query}", method)
    body = urlencode(typed)
    if method == words.UNTOKENED:
        return _visit(visit, cookies, address, "POST", body)
    cookies = {**cookies, "csrf": TOKEN}
    said = {"HTTP_X_CSRFTOKEN": TOKEN, "HTTP_ORIGIN": ORIGIN}
    return _visit(visit, cookies, address, method, body, **said)


def _visit(visit, cookies, address, method, body="", **environ):
    return visit(
        address,
        method,
        body.encode(),
        CONTENT_TYPE="application/x-www-form-urlencoded",
        HTTP_COOKIE="; ".join(f"{name}={value}" for name, value in cookies.items()),
        **environ,
    )


@contextmanager
def watched():
    """Yield the tables that are written meanwhile, but for the quiet ones."""
    written = set()

    def watch(execute, sql, params, many, context):
        if (found := WRITES.match(sql)) and found[1] not in QUIET:
            written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def _said(answer, cookies):
    """Return body and headers, and the messages that the next page would show."""
    kept = SessionStore(cookies.get("session")).load() if cookies else {}
    return answer.body.decode() + str(answer.headers) + str(kept)


def named(answer, written):
    """Return the word for an answer; one that no table knows is told as it is."""
    status, body = answer.status, answer.body.decode()
    if status in (301, 302):
        if urlsplit(answer.headers["Location"]).path in LOGINS:
            return _quietly(words.LOGIN, written)
        return words.ACTS if written else words.MOVES
    if status == 200:
        return words.ACTS if written else words.OPENS
    if status == 403:
        return _quietly(_refusal(body), written)
    word = STATUSES.get(status, str(status))
    return word if word == words.CONFLICT else _quietly(word, written)


def _refusal(body):
    if 'id="login-form"' in body:
        return words.LOGIN
    return (
        words.NO_TOKEN if "This form could not be accepted" in body else words.REFUSED
    )


def _quietly(word, written):
    return f"{word}, yet wrote {sorted(written)}" if written else word


def cells(row):
    """Return every (method, role, state) of a row."""
    return [
        (method, role, state)
        for state in row.states
        for role in words.EVERYBODY
        for method in words.METHODS
    ]


def part(row):
    """Return the GETs and POSTs of a row by everybody, in four states."""
    states = {words.DRAFT, words.REVIEW, words.LIVE, words.NONE}
    return [
        cell
        for cell in cells(row)
        if cell[0] in (words.GET, words.POST) and cell[2] in states
    ]


def sample(row, place):
    """Return a part of a row's cells: each role at least once, another at each row."""
    every = [words.GET, words.POST, *words.METHODS]
    return [
        (every[n % len(every)], role, row.states[(n // 2) % len(row.states)])
        for n, role in enumerate(words.EVERYBODY, start=place * 5)
    ]

"""A program of PostgreSQL that is not here, too old or fails says what to do."""

import pytest

from editorial.backups import programs
from editorial.backups.files import Refused


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Puts a program on PATH, before any of the machine's own."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    def put(name, lines):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)

    return put


def run(program, *options):
    programs.run(program, *options, server=16, environment={"PGHOST": "there"})


def test_one_that_is_not_here_says_what_to_install():
    with pytest.raises(Refused, match="Install postgresql-client-16, or put"):
        run("pg_nothing")


@pytest.mark.parametrize("said", ["pg_dump (PostgreSQL) 9.6.1", "of no version"])
def test_one_that_is_too_old_is_not_run(script, tmp_path, said):
    script("pg_dump", f'echo {said!r}; [ "$1" = --version ] || touch {tmp_path}/ran')

    with pytest.raises(Refused, match="is older than the server, which is 16"):
        run("pg_dump", "--file=there")
    assert not (tmp_path / "ran").exists()


def test_one_that_fails_says_why_in_its_first_line(script):
    script(
        "pg_dump", "echo 16; echo 'a note\npg_dump: error: no\nerror: 2' >&2; exit 1"
    )

    with pytest.raises(Refused, match=r"^pg_dump failed: pg_dump: error: no$"):
        run("pg_dump")


def test_one_of_the_servers_version_is_run_with_what_it_is_told(script, tmp_path):
    script("pg_dump", f'echo 16; echo "$* $PGHOST" > {tmp_path}/told')

    run("pg_dump", "--one", "--two")

    assert (tmp_path / "told").read_text() == "--one --two there\n"

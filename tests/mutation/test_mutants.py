"""The mutation gate itself finds the checks, and has tests for each of them."""

import ast
import signal

import pytest

from editorial import demands
from editorial.rules import MoveRefused
from editorial.states import MOVES
from tests.mutation import mutants
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.forks import verdict
from tests.mutation.mapped import MAPPED, killers_of
from tests.mutation.warm import functions_of, patched

FOUND = mutants.found()


def test_the_gate_finds_more_checks_than_we_promise():
    assert len(FOUND) >= 60


def test_no_two_mutants_are_one():
    assert len({one.name for one in FOUND}) > len(FOUND) * 0.95


@pytest.mark.parametrize("one", FOUND[::10], ids=lambda one: one.name)
def test_a_mutant_is_a_program_that_differs(one):
    tree = one.tree()

    compile(tree, one.path, "exec")
    assert ast.dump(tree) != ast.dump(ast.parse(one.source))


def test_each_mutant_that_is_called_equivalent_is_there():
    assert set(EQUIVALENT) <= {one.plain_name for one in FOUND}


@pytest.mark.parametrize("path", sorted({one.path for one in FOUND}))
def test_every_module_with_a_check_has_tests_that_are_there(path):
    files = killers_of(path)

    assert files
    assert [file for file in files if not (mutants.ROOT / file).is_file()] == []


def test_each_line_of_the_map_is_of_a_module_with_a_check():
    paths = {one.path for one in FOUND}

    idle = [at for at in MAPPED if not any(f"{p}/".startswith(f"{at}/") for p in paths)]
    assert idle == []


@pytest.mark.parametrize(
    "what",
    [
        "editorial/workflow.py roles.require",
        "editorial/workflow.py why_not",
        "editorial/signoff.py TextMoved",
        "editorial/signoff.py NotIdentified",
        "editorial/writing.py roles.require",
        "editorial/four_eyes.py own_words",
        "editorial/identity.py WRONG_PASSWORD",
        "editorial/identity.py _is_first_use says yes",
        "editorial/backups/files.py Refused",
        "conditions/content.py sha256",
        "editorial/desk/text/live.py require_POST",
        "editorial/settings.py CsrfViewMiddleware",
        *(f"editorial/states.py {n} by any role" for n in MOVES if n != "recall"),
    ],
)
def test_the_checks_that_matter_most_are_among_them(what):
    path, _, words = what.partition(" ")

    assert any(one.path == path and words in one.what for one in FOUND)


@pytest.mark.parametrize(
    ("status", "said", "word"),
    [
        (1 << 8, "FAILED tests/test_one.py::test_it\n", "killed"),
        (1 << 8, "ERROR tests/test_one.py - ImportError\n", "killed"),
        (99 << 8, "OSError: no space is left\n", "strange"),
        (signal.SIGALRM, "", "hung"),
        (0, "", "SURVIVED"),
    ],
)
def test_a_test_that_fails_kills_and_nothing_else(tmp_path, status, said, word):
    out = tmp_path / "out"
    out.write_text(said)

    assert verdict(status, out)[0] == word


def the(what):
    return next(one for one in FOUND if one.plain_name == what)


def patched_where_it_is(one):
    return patched(one, functions_of({one.path})[one.path])


def test_a_function_that_is_there_loses_its_check():
    code = demands.need.__code__
    try:
        found = patched_where_it_is(
            the("editorial/demands.py never MoveRefused if not words.strip()")
        )
        demands.need("", "Say why.")
    finally:
        demands.need.__code__ = code

    assert found
    with pytest.raises(MoveRefused):
        demands.need("", "Say why.")


def test_what_is_made_at_import_is_left_to_an_import():
    assert not patched_where_it_is(the("editorial/states.py recheck from any state"))

"""The mutation gate itself finds the checks, and has tests for each of them."""

import ast

import pytest

from editorial.states import MOVES
from tests.mutation import mutants
from tests.mutation.mapped import killers_of

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


@pytest.mark.parametrize("path", sorted({one.path for one in FOUND}))
def test_every_module_with_a_check_has_tests_that_are_there(path):
    files = killers_of(path)

    assert files
    assert [file for file in files if not (mutants.ROOT / file).is_file()] == []


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

"""Forged proofs and evidence: whatever is changed in them, the script refuses them."""

import json
import os
import random
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from conditions.models import Page
from tests.builders import Desk
from tests.outsider import verify

pytestmark = pytest.mark.django_db
FORGED = int(os.environ.get("FORGED", "300"))
REFUSED = (ValueError, LookupError, TypeError, AttributeError)
# They say how to read the rest, and nothing of what was signed.
OF_NO_WEIGHT = ("README.txt", "verify.py")


@pytest.fixture(scope="module")
def page(built_once):
    desk = Desk()
    summary = desk.new_edition(desk.live(), "Newer words [@gard-poh].")
    desk.new_edition(summary, "Newest words [@gard-poh].")
    return Page.objects.get()


def accepted(check, *what):
    try:
        check(*what)
    except REFUSED:
        return False
    return True


def forged(value, draw):
    """Return the value with one leaf, key or item of it changed."""
    match value:
        case dict():
            key = draw.choice(sorted(value))
            return {**value, key: forged(value[key], draw)}
        case list() if value:
            place = draw.randrange(len(value))
            item = draw.choice(("change", "drop", "double", "swap"))
            rest = {
                "change": [forged(value[place], draw)],
                "drop": [],
                "double": [value[place]] * 2,
                "swap": [*value[place + 1 : place + 2], value[place]],
            }[item]
            tail = place + 2 if item == "swap" else place + 1
            return [*value[:place], *rest, *value[tail:]]
        case str() if value:
            place = draw.randrange(len(value))
            other = draw.choice("0123456789abcdefé ")
            return value[:place] + other + value[place + draw.randrange(2) :]
        case bool() | None:
            return not value
        case int():
            return draw.choice((value + 1, value - 1, -value, str(value), None, True))
    return draw.choice(("x", 0, None, [], ["0" * 64]))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_forged_proof_is_accepted(page, visit, number):
    proof = json.loads(visit(f"{page.address}editions/{number}/proof.json").body)
    assert accepted(verify.edition, proof)
    draw = random.Random(number)

    forgeries = [forged(proof, draw) for _ in range(FORGED)]

    assert [
        other
        for other in forgeries
        if repr(other) != repr(proof) and accepted(verify.edition, other)
    ] == []


def test_no_forged_evidence_is_accepted(page, tmp_path):
    path, draw = tmp_path / "evidence.zip", random.Random(7)
    call_command("evidence", page.condition.slug, page.question.slug, to=path)
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert accepted(verify.evidence, dict(files))
    names = sorted(files.keys() - set(OF_NO_WEIGHT))

    for _ in range(FORGED // 5):  # each is checked whole
        name = draw.choice(names)
        data = with_a_byte_changed(files[name], draw)

        assert same(data, files[name]) or not accepted(
            verify.evidence, {**files, name: data}
        ), (name, data)


def with_a_byte_changed(data, draw):
    place, removed = draw.randrange(len(data)), draw.randrange(2)
    return data[:place] + bytes([draw.randrange(32, 127)]) + data[place + removed :]


def same(one, other):
    """Say whether two files mean the same: a blank in JSON means nothing."""
    try:
        said = [[json.loads(x) for x in data.split(b"\n")] for data in (one, other)]
    except ValueError:
        return one == other
    return repr(said[0]) == repr(said[1])

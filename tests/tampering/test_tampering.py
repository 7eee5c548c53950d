"""Random alterations by an owner who took the guards away: all found by `verify`.

TAMPERINGS says how many, TAMPER_SEED where chance begins; `make tamper` does more.
"""

import os
import random

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from editorial import verifying
from tests.tampering.altering import COVERED, Alteration
from tests.tampering.populating import populate, take_the_guards_away

pytestmark = pytest.mark.django_db
HOW_MANY = int(os.environ.get("TAMPERINGS", "10"))
SEED = int(os.environ.get("TAMPER_SEED", "1"))

# What `verify` says nothing of, and why.
NOT_COVERED = {
    "conditions_report": "a stranger's words, forgotten in time; the decision is kept",
    "editorial_user_user_permissions": "nobody has any: roles are groups",
    "editorial_schedule": "a plan, dropped when it is done; what is published by it is "
    "signed, numbered and in the log",
    "editorial_cacheentry": "counts tries, and what was used once; gone in a day",
    "editorial_mail": "who was mailed; what it tells of is in the log",
    "editorial_mailchoice": "what somebody wants mailed, and may change",
    "editorial_job": "how far the worker came; told twice at worst",
    "editorial_alterededition": "what the worker found; it looks again each round",
    "conditions_printed": "sealed by a key of its own, and made again at any time",
    "conditions_indexed": "says what the search has; no word of it is ever shown",
    "conditions_nameword": "leads to live editions, whose own words are shown",
    "conditions_trigram": "leads to words of live names, read from their editions",
    "conditions_allowance": "counts questions of a minute, then nothing",
    "editorial_signingattempt": "counts guesses of a quarter of an hour, then nothing",
}


@pytest.fixture
def owner():
    """Somebody who has taken every guard away from a filled database."""
    populate()
    take_the_guards_away()


def found(against=()):
    """Return what `verify` finds, but for the guards that are away."""
    findings = verifying.verify(against).found.findings
    return {kind: one for kind, one in findings.items() if kind != "guards"}


def test_every_table_of_ours_is_covered_or_said_not_to_be():
    tables = {
        model._meta.db_table
        for app in ("conditions", "editorial")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }

    assert tables == {model._meta.db_table for model in COVERED} | set(NOT_COVERED)


def test_every_random_alteration_is_found_and_named(owner):
    assert found() == {}
    head = verifying.verify().head
    done, missed = 0, []
    turn = SEED * 1_000_000

    while done < HOW_MANY:
        turn += 1
        change = Alteration(random.Random(turn))
        seen = tried(change, head)
        if seen is None:
            continue
        done += 1
        said = " ".join(f"{one.row} {one.sentence}" for one in seen.values())
        if not seen or not (
            change.needs_a_kept_root or any(name in said for name in change.names)
        ):
            missed.append(f"TAMPER_SEED turn {turn}: {change.told}: {sorted(seen)}")

    print(f"{done} alterations, {len(missed)} missed")
    assert not missed, "\n".join(missed)


def tried(change, head):
    """Return what is found of an alteration; None where the database refused it."""
    seen = None
    try:
        with transaction.atomic():
            if change.alter():
                seen = found([head] if change.needs_a_kept_root else [])
            transaction.set_rollback(True)
    except (IntegrityError, OverflowError):
        return None
    return seen

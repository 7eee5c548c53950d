"""Without any one rule the machine finds a fault: so each rule is there for something.

`STEPS` says how many it may take; how many it took is printed for each.
"""

import os
from dataclasses import replace

import pytest

from editorial import (
    catalogue,
    credentials,
    four_eyes,
    publishing,
    roles,
    rules,
    signoff,
    workflow,
    writing,
)
from editorial.importing import run as importing
from editorial.manuscript import Manuscript
from editorial.models import LostText, SignOff, User
from editorial.states import MOVES, Role, Status
from tests.state_machine import machine
from tests.state_machine.world import World

STEPS = int(os.environ.get("STEPS", "8000"))
TAKEN = {}


def taken(name, *places, instead):
    """Remember how to take a rule away: `places` are pairs of a module and a name."""

    def take(patch):
        for module, attribute in places:
            patch.setattr(module, attribute, instead)

    TAKEN[name] = take


def nothing(*args, **kwargs):
    return ""


def no(*args, **kwargs):
    return False


for verb in rules._RULES:
    TAKEN[f"rule of {verb}"] = lambda patch, verb=verb: patch.setitem(
        rules._RULES, verb, nothing
    )
for verb, move in MOVES.items():
    if move.origins and move.origins != frozenset(Status):
        anywhere = replace(move, origins=frozenset(Status))
        TAKEN[f"states of {verb}"] = lambda patch, verb=verb, move=anywhere: (
            patch.setitem(MOVES, verb, move)
        )
    if move.roles != frozenset(Role):
        anybody = replace(move, roles=frozenset(Role))
        TAKEN[f"roles of {verb}"] = lambda patch, verb=verb, move=anybody: (
            patch.setitem(MOVES, verb, move)
        )
taken("any role at all", (roles, "require"), instead=nothing)
taken("moved on", (workflow, "moved_on"), (writing, "moved_on"), instead=nothing)
taken("saved since", (writing, "_saved_since"), instead=nothing)
taken("wrong passwords", (rules, "locked_until"), instead=nothing)
taken("the credential", (rules, "_credential"), instead=nothing)
taken("four eyes", (four_eyes, "own_words"), instead=nothing)
taken("one's own revisions", (four_eyes, "wrote_since"), instead=no)
taken("one's own kept texts", (four_eyes, "_was_kept"), instead=no)
taken("one's own entries", (four_eyes, "_edited_since"), instead=no)
taken("signed already", (rules, "_signed_already"), instead=nothing)
taken("counts no longer", (rules, "no_longer_counts"), instead=nothing)
taken("faults of a text", (rules, "faults"), instead=lambda known: [])
taken("plans overtaken", (publishing, "drop_plans"), instead=nothing)
taken("entries' roles", (catalogue, "require"), instead=nothing)
taken("a byline's words", (credentials, "take_back"), instead=nothing)
taken("words of a person", (importing, "_edited_since"), instead=nothing)
taken("what a file may not change", (importing, "_closed"), instead=nothing)


def remember(take):
    TAKEN[take.__name__.replace("_", " ")] = take
    return take


@remember
def superusers_have_no_role(patch):
    def every(user):
        names = User.objects.filter(pk=user.pk, is_active=True)
        held = names.values_list("groups__name", flat=True)
        return frozenset(Role(name) for name in held if name in Role.values)

    for room in (roles, catalogue, credentials):
        patch.setattr(room, "roles_of", every)


@remember
def a_shut_account_has_no_role(patch):
    def every(user):
        names = User.objects.filter(pk=user.pk, is_superuser=False)
        held = names.values_list("groups__name", flat=True)
        return frozenset(Role(name) for name in held if name in Role.values)

    for room in (roles, catalogue, credentials):
        patch.setattr(room, "roles_of", every)


@remember
def the_text_on_the_screen(patch):
    sign = signoff._sign

    def whatever(row, by, content_sha256, statement):
        return sign(row, by, Manuscript(row).sha256, statement)

    patch.setattr(signoff, "_sign", whatever)


@remember
def a_draft_set_aside_is_left_alone(patch):
    why_not = rules.why_not

    def as_if_not(name, summary, by, known=None):
        aside = summary.set_aside
        summary.set_aside = aside and name == "start"
        try:
            return why_not(name, summary, by, known)
        finally:
            summary.set_aside = aside

    patch.setattr(rules, "why_not", as_if_not)


@remember
def a_text_that_lost_is_kept(patch):
    def forgotten(row, **typed):
        return LostText(summary=row, pk=0, **typed)

    patch.setattr(writing, "_keep", forgotten)


@remember
def a_recheck_washes_nobody_clean(patch):
    def newest(known):
        given = SignOff.objects.filter(summary=known.summary)
        numbers = [one.number for one in known.editions]
        return given.filter(edition_number__in=numbers).last()

    patch.setattr(four_eyes, "last_sign_off_of_another_text", newest)


@remember
def old_words_that_came_back(patch):
    def as_if_new(summary, user, last):
        after = last.revision_read.revision if last else 0
        moment = last.signed_at if last else None
        return four_eyes.wrote_since(summary, user, after) or four_eyes._was_kept(
            summary, user, after, moment
        )

    patch.setattr(four_eyes, "_wrote_in", as_if_new)


@remember
def a_recalled_recheck_is_reviewed(patch):
    def recall(summary, *, by, reason, seen=None):
        with workflow.moving(summary, "recall", by=by, reason=reason, seen=seen) as row:
            row.status = Status.DRAFT
        return row

    patch.setattr(workflow, "recall", recall)


@pytest.mark.parametrize("name", TAKEN)
def test_a_rule_that_is_taken_away_is_missed(
    name, db, visit, settings, monkeypatch, capsys
):
    world = World(visit)
    # Once: each override by the fixture lies over the one before, a thousand deep.
    settings.PUBLISH_ON_SIGN_OFF = True
    TAKEN[name](monkeypatch)

    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever comes first
        machine.run(world, STEPS, seed=1)

    with capsys.disabled():
        print(f"\nwithout {name}: found within {world.steps} steps", end=" ")

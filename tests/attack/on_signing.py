"""Attacks on signatures: whose, of what, and when."""

from datetime import timedelta

from django.db.models import QuerySet

from conditions.models import (
    Condition,
    Question,
)
from editorial import clock
from editorial.models import LostText, ReviewerAccount, Summary, User
from tests.attack.arena import forge, genuine, newest, put, write
from tests.attack.attack import Attack, forging

HISTORY = Summary.history.model


SIGN_OFF = "guard_editorial_signoff_insert"


def before(**ago):
    """Signed and printed at a moment in the past, or to come."""
    at = clock.now() - timedelta(**ago)
    return {"signed_at": at}, {"at": at.isoformat(timespec="seconds")}


def at(**ago):
    def do(world):
        signed, printed = before(**ago)
        forge(world, signoff=signed, signature=printed, upto="signoff")

    return do


def changing(table_change, **forged):
    """Change something that is no kept row, then sign."""

    def do(world):
        table_change(world)
        forge(world, upto="signoff", **forged)

    return do


def account(**changed):
    """A signer who was good when the text was signed, and is not in the database."""

    def do(world):
        rows = genuine(world)
        changed_now = {k: v(world) if callable(v) else v for k, v in changed.items()}
        user = world.desk.reviewer.pk
        for name, value in changed_now.items():
            if name in ("is_active", "is_superuser"):
                User.objects.filter(pk=user).update(**{name: value})
            elif name == "groups":
                world.desk.reviewer.groups.clear()
            else:
                accounts = QuerySet(ReviewerAccount).filter(user=user)
                accounts.update(**{name: value})
        write(rows, "signoff", "")

    return do


def by(who):
    """In the name of somebody else, who has the role and a credential, and a part."""

    def do(world):
        rows = genuine(world)
        user = getattr(world.desk, who)
        reviewer = QuerySet(ReviewerAccount).get(user=world.desk.reviewer)
        user.groups.add(*world.desk.reviewer.groups.all())
        QuerySet(ReviewerAccount).filter(pk=reviewer.pk).update(user=user)
        write(
            rows | {"signoff": rows["signoff"] | {"signer_id": user.pk}}, "signoff", ""
        )

    return do


def having(model, **row):
    """The reviewer has a row of their own, of this minute, then signs."""

    def do(world):
        rows = genuine(world)
        ready, reviewer = world.ready, world.desk.reviewer
        key = model._meta.pk.attname
        mine = newest(model, **({"id": getattr(ready, row["of"])} if row else {}))
        mine[key] = None
        if model is LostText:
            mine |= {"by_id": reviewer.pk, "at": clock.now(), "summary_id": ready.pk}
        else:
            mine |= {"history_user_id": reviewer.pk, "history_date": clock.now()}
        put(model, mine)
        write(rows, "edition", "")

    return do


SIGN_OFFS = (
    Attack(
        "a sign-off of an older revision",
        f"{SIGN_OFF}_read",
        lambda world: forge(
            world,
            upto="signoff",
            signoff={
                "revision_read_id": HISTORY.objects.filter(id=world.ready.pk)
                .earliest("revision")
                .pk
            },
        ),
    ),
    Attack(
        "a sign-off of a draft",
        f"{SIGN_OFF}_read",
        lambda world: forge(
            world,
            upto="signoff",
            signoff={
                "summary_id": world.draft.pk,
                "revision_read_id": world.draft.history.first().pk,
            },
        ),
    ),
    Attack("a sign-off of tomorrow", f"{SIGN_OFF}_future", at(days=-1)),
    Attack("a sign-off in ten years", f"{SIGN_OFF}_future", at(days=-3650)),
    Attack("a sign-off before the last one", f"{SIGN_OFF}_order", at(days=1000)),
    Attack(
        "a sign-off that prints another day",
        f"{SIGN_OFF}_printed",
        lambda world: forge(world, upto="signoff", signature=before(days=2)[1]),
    ),
    Attack("a shut account signs", f"{SIGN_OFF}_signer", account(is_active=False)),
    Attack("a superuser signs", f"{SIGN_OFF}_signer", account(is_superuser=True)),
    Attack("one who lost the role signs", f"{SIGN_OFF}_signer", account(groups=())),
    Attack(
        "an unverified reviewer signs",
        f"{SIGN_OFF}_signer",
        account(verified_at=None, verified_by=None, expires_on=None),
    ),
    Attack(
        "a lapsed credential signs",
        f"{SIGN_OFF}_signer",
        account(expires_on=clock.today() - timedelta(days=1)),
    ),
    Attack(
        "a sign-off under another's name",
        f"{SIGN_OFF}_signer",
        forging(signature={"reviewer": "somebody-else"}, upto="signoff"),
    ),
    Attack("the writer signs", f"{SIGN_OFF}_wrote", by("writer")),
    Attack(
        "the editor of the entries signs",
        f"{SIGN_OFF}_entries",
        having(Condition.history.model, of="condition_id"),
    ),
    Attack(
        "the editor of the question signs",
        f"{SIGN_OFF}_entries",
        having(Question.history.model, of="question_id"),
    ),
    Attack("one whose text was kept signs", f"{SIGN_OFF}_typed", having(LostText)),
)

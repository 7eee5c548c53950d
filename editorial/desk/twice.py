"""Whether a press is the second of two: this person has just done what it asks.

An impatient second press sends the same form again. It is answered as the first one
was; with another word in it, or from anybody else, it meets every refusal. Reads only.
"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry

from conditions import content
from editorial import (
    account_notes,
    accounts,
    catalogue,
    clock,
    handing_over,
    rules,
    sending_back,
    settling,
)
from editorial.dossier import Dossier
from editorial.models import ChangeType, ReviewerAccount, SignOff, User
from editorial.states import Status

JUST_NOW = timedelta(minutes=2)


def say(request, sentence):
    """Tell of success once, though two presses have the same to tell."""
    waiting = messages.get_messages(request)
    told = any(str(message) == sentence for message in waiting)
    waiting.used = False
    if not told:
        messages.success(request, sentence)


# Summaries


def moved(row, name, seen, said, *, by):
    """Say whether this move, in these words, wrote the revision after the one seen."""
    newest = _written(row, name, by)
    # A withdrawal acts at once, whatever revision its page showed.
    if not newest or (seen != newest.revision - 1 and name != "withdraw"):
        return False
    stands = _stands(row, name, newest.history_change_reason or "", said)
    return all(word in stands and stands[word] == said[word] for word in said)


def saved(row, against, *, by):
    """Say whether this person saved the text that was typed against a revision."""
    newest = _written(row, "revise", by)
    return bool(newest) and newest.revision - 1 == against


def left_out(text, against, why, *, by):
    """Say whether this person said of a kept text that nothing of it is needed."""
    newest = _written(text.summary, "revise", by)
    said = settling.leaving_out(text, why.strip())
    return bool(newest) and (
        (newest.revision - 1, newest.history_change_reason) == (against, said)
    )


def started(summary, *, by):
    """Say whether this person has just begun the summary, and nobody went on yet."""
    return bool(_written(summary, "start", by))


def restored(row, number, seen, reason, *, by):
    """Say whether this person restored that revision over the one seen."""
    newest = _written(row, "restore", by)
    if not newest or seen != newest.revision - 1:
        return False
    old = row.history.filter(revision=number).first()
    return bool(old) and (
        (old.short_answer, old.body) == (row.short_answer, row.body)
        and newest.history_change_reason == (reason or f"Restored revision {number}.")
    )


def signed(summary, content_sha256, statement, *, by):
    """Return the signature just given with this very statement, or None.

    None too while the person could sign now, and where it counts no more: a text sent
    to be signed again is not signed by a press on the screen of last time.
    """
    if not rules.why_not("sign_off", summary, by):
        return None
    given = SignOff.objects.filter(
        summary=summary,
        signer=by,
        content_sha256=content_sha256,
        signed_at__gt=clock.now() - JUST_NOW,
    )
    last = given.order_by("-pk").first()
    return last if last and _says(last, statement) and _counts(last, summary) else None


def _counts(signature, summary):
    known = Dossier(summary)
    if summary.status == Status.REVIEWED:
        return bool(known.newest) and known.newest.number == signature.edition_number
    return summary.status == Status.IN_REVIEW and signature in known.signatures


def _says(signature, statement):
    kind, note = signature.change_type, statement.note.strip()
    interests = content.parse(signature.signature)["interests"]
    return (
        statement.change_type in ("", kind)
        and signature.note == (note or f"{ChangeType(kind).label}.")
        and signature.review_due_on == statement.review_due_on
        and interests == statement.interests.strip()
    )


def _written(row, move, by):
    """Return the newest revision where this person has just written it by this move."""
    newest = row.history.first()
    mine = newest and (newest.move, newest.history_user_id) == (move, by.pk)
    return newest if mine and _just_now(newest.history_date) else None


def _stands(row, name, reason, said):
    """Return a move's keywords, read back from what it wrote."""
    searched = said.get("evidence_searched_on")  # empty, it left the date as it was
    act = Dossier(row).last_act if name in ("withdraw", "reinstate") else None
    return {
        "reason": reason,
        "note": act.note if act else reason,
        "reviewer": row.assigned_reviewer,
        "at": row.publish_not_before,
        "wanted_by": row.review_wanted_by,
        "reasons": _reasons(row, name, said.get("reasons") or {}),
        "evidence_searched_on": searched and row.evidence_searched_on,
    }


def _reasons(row, name, given):
    """Return why it was sent back, or what was written of each finding."""
    if name == "request_changes":
        return sending_back.said(row.history.first())
    written = Dossier(row).reasons if given else {}
    return {key: written[key].reason for key in given if key in written}


# The catalogue


def added(entry, reason, *, by):
    """Return the entry that this person has just added in these very words, or None."""
    name = "key" if hasattr(entry, "key") else "slug"
    there = type(entry).objects.filter(**{name: getattr(entry, name)}).first()
    if not there or there.history.count() != 1:
        return None
    first, words = there.history.get(), {**catalogue.values(entry), "id": there.pk}
    mine = (first.history_user_id, first.history_change_reason or "") == (by.pk, reason)
    same = words == catalogue.values(there)
    return there if mine and same and _just_now(first.history_date) else None


def changed(entry, against, *, by):
    """Say whether this person wrote the row of history after the one seen."""
    rows = entry.history.order_by("-history_id")[:2]
    if len(rows) < 2 or str(rows[1].history_id) != against:
        return False
    return rows[0].history_user_id == by.pk and _just_now(rows[0].history_date)


# People


def invited(said, *, by):
    """Return the account that this person has just made in these words, or None."""
    user = User.objects.filter(username=said["username"]).first()
    names = ("first_name", "last_name", "email")
    if not user or any(getattr(user, name) != said[name] for name in names):
        return None
    made = account_notes.of(user).filter(action_flag=ADDITION, user=by).first()
    same = accounts.groups_of(user) == frozenset(said["roles"])
    return user if made and same and _just_now(made.action_time) else None


def noted(person, seen, words, *, by):
    """Return what this person has just noted of an account since a note, or ""."""
    since: list[LogEntry] = list(account_notes.of(person).filter(pk__gt=seen)[:2])
    if len(since) != 1 or since[0].user_id != by.pk:
        return ""
    said = since[0].change_message
    return said if said.startswith(words) and _just_now(since[0].action_time) else ""


def handed_over(person, names, *, by):
    """Say whether this person has just given the work away, to these colleagues."""
    newest = account_notes.of(person).first()
    if not newest or newest.user_id != by.pk or not _just_now(newest.action_time):
        return False
    if newest.change_message == accounts.SHUT:
        return not names
    told = newest.change_message.removeprefix(handing_over.HANDED)
    given = {part.rpartition(" to ")[2] for part in told.removesuffix(".").split("; ")}
    return told != newest.change_message and given - {handing_over.NOBODY} == names


def verified(account: ReviewerAccount, expires_on, *, by):
    """Say whether this person has just verified the credential until that day."""
    return (
        account.verified_by_id == by.pk
        and account.expires_on == expires_on
        and bool(account.verified_at and _just_now(account.verified_at))
    )


def _just_now(moment):
    return clock.now() - moment < JUST_NOW

"""The desk's home: what waits for the person who looks, by role. Reads only."""

from datetime import timedelta

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format

from conditions.models import Condition, Question
from editorial import clock, rounds, triage
from editorial.desk.home import (
    kept_waiting,
    pages_waiting,
    people_waiting,
    queues_waiting,
)
from editorial.desk.readers import queue
from editorial.desk.site import roles_here
from editorial.states import MOVES, Role

SILENCE = timedelta(minutes=15)
A_GROUP = 10  # rows, where a list has all of them
# The groups, the most urgent first.
ORDER = (
    *("altered", "failed", "failing", "retracted", "overdue", "signed_overdue", "kept"),
    "reports",
    *("sent_back", "assigned", "unassigned", "in_review", "changes", "writerless"),
    *("unpublished", "outdated", "lapsing", "credentials", "invited", "drafts"),
    *("withdrawn", "scheduled", "signed_due_soon", "due_30", "due_60", "due_90"),
)
INVITE = (
    "Invite the people who write, review and edit.",
    *("Invite a person", "admin:editorial_user_add"),
)
NAME = (
    "A summary answers a question about a condition. Begin with the condition.",
    *("Add a condition", "admin:conditions_condition_add"),
)
ASK = (
    "Now add the questions, which are asked of every condition.",
    *("Add a question", "admin:conditions_question_add"),
)
WAIT = ("The catalogue is empty: an editor fills it first.", "", "")
WRITE = (
    "Begin a new answer, or revise one from the list of summaries.",
    *("Start a summary", "admin:editorial_summary_add"),
)
READ = (
    "You find here what writers submit for review.",
    *("All summaries", "admin:editorial_summary_changelist"),
)


def home(request):
    """Show what waits: tiles with counts, and a table of what to act on first."""
    request.current_app = admin.site.name
    roles = roles_here(request)
    groups = waiting(request.user, roles)
    table = _table(groups)
    context = {
        **admin.site.each_context(request),
        "title": admin.site.index_title,
        "subtitle": None,
        "groups": groups,
        "table": table,
        "credential": _credential(request.user, roles),
        "silent_worker": _silent_worker(request.user, roles),
        "beginning": None if table else _beginning(roles),
        "may_start": bool(table) and bool(roles & MOVES["start"].roles),
    }
    return TemplateResponse(request, "admin/index.html", context)


def waiting(user, roles):
    """Return the groups of these roles, the most urgent first."""
    found = queues_waiting.groups(user, roles) if roles else {}
    if roles & MOVES["revise"].roles:
        found["kept"] = kept_waiting.kept(user)
    if roles & triage.WHO:
        found["reports"] = queue.group()
    if Role.EDITOR in roles:
        found |= pages_waiting.groups()
    if Role.EDITOR in roles or user.is_superuser:
        found["credentials"] = people_waiting.credentials(user)
    if user.is_superuser:
        found["invited"] = people_waiting.invited()
    return sorted(found.values(), key=lambda group: ORDER.index(group.name))


def _table(groups):
    """Return (group, rows, whether there are more); nothing stands in it twice.

    A group that no list can show is here in full: its tile leads to it.
    """
    shown, table = set(), []
    for group in groups:
        fresh = [row for row in group.rows if row.what not in shown]
        shown |= {row.what for row in group.rows}
        rows = fresh[:A_GROUP] if group.address else group.rows
        if rows:
            known = len(group.rows) - len(fresh)
            table.append((group, rows, len(rows) < group.total - known))
    return table


def _silent_worker(user, roles):
    """Return when the worker was last heard of, for who must know that it is not."""
    if not (user.is_superuser or Role.EDITOR in roles):
        return ""
    last = rounds.last()
    if last and clock.now() - last < SILENCE:
        return ""
    since = f"since {date_format(clock.local(last), 'j F Y, H:i')}" if last else "yet"
    return (
        f"The worker has not run {since}: nothing is published at its time, and no "
        "mail of the desk goes out. Ask the operator to start it."
    )


def _credential(user, roles):
    signs = Role.MEDICAL_REVIEWER in roles
    return people_waiting.own_credential(user) if signs else ""


def _beginning(roles):
    """Return how to begin where nothing waits: a sentence, a button, its address."""
    sentence, label, name = _first_step(roles)
    return {"sentence": sentence, "label": label, "address": name and reverse(name)}


def _first_step(roles):
    conditions, questions = Condition.objects.exists(), Question.objects.exists()
    if not roles:
        return INVITE
    if conditions and questions:
        return WRITE if roles & {Role.WRITER, Role.EDITOR} else READ
    if Role.EDITOR not in roles:
        return WAIT
    return ASK if conditions else NAME

"""What the demonstration shows, filled once for all who only look at it."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from conditions.models import Page, Publication
from editorial import clock, guards, preflight, verifying, writing
from editorial.desk import queues, rows
from editorial.dossier import Dossier
from editorial.models import ReviewerAccount, Schedule, SignOff, Summary, User
from editorial.states import Status
from tests.editorial.test_demo import run


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    # By the real rules: what is submitted is not held back, or has a reason.
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PREFLIGHT_RULES=""):
            told = run()
        yield told
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(filled):
    """What it printed; whatever a test does to it is undone."""
    with transaction.atomic():
        yield filled
        transaction.set_rollback(True)


def answer(abbreviation, question):
    return Summary.objects.get(
        condition__abbreviation=abbreviation, question__slug=question
    )


def page(abbreviation, question):
    return Page.objects.get(
        condition__abbreviation=abbreviation, question__slug=question
    )


def test_demo_shows_a_reason_in_the_record_of_a_signature(demonstration):
    (reason,) = page("FOP", "treatment").live_edition.read_record()["reasons"]

    assert (reason["code"], reason["by"]) == ("P14", "Lena Okafor")


def test_demo_shows_one_draft_that_preflight_holds_back(demonstration, real_rules):
    held = [
        summary.question.slug
        for summary in Summary.objects.filter(set_aside=False)
        if preflight.blocking(Dossier(summary).findings)
    ]

    assert held == ["diagnosis"]


def test_demo_shows_a_statement_that_lapses_soon(demonstration):
    (signed, again) = SignOff.objects.filter(lapses_on=date(2027, 2, 12))
    assert signed.summary == again.summary == answer("FOP", "treatment")
    editor = User.objects.get(username="editor")

    with clock.moved_to(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        lapsing = next(one for one in queues.QUEUES if one.name == "lapsing")
        found = rows.rows().filter(lapsing.chosen(editor))
        assert [row.question.slug for row in found] == ["treatment"]


def everything():
    rows = {model: model.objects.count() for model in apps.get_models()}
    texts = Summary.objects.order_by("pk").values_list("pk", "revision", "body")
    return rows, list(texts)


def test_demo_shows_every_state_a_summary_and_a_page_can_be_in(demonstration):
    states = Counter(Summary.objects.filter(set_aside=False).values_list("status"))
    assert {state for (state,) in states} == set(Status.values)
    assert Summary.objects.get(set_aside=True).status == Status.DRAFT
    for abbreviation in ("FOP", "POH"):
        asked = Summary.objects.filter(condition__abbreviation=abbreviation)
        assert asked.filter(set_aside=False).count() >= 3

    research = page("FOP", "research")
    assert research.live_edition.number == 2
    withdrawn = Publication.objects.get(kind="withdrawn")
    assert withdrawn.edition.page.live_edition is None
    overdue = [
        p
        for p in Page.objects.exclude(live_edition=None)
        if p.live_edition.read_record()["review_due_on"] < clock.today().isoformat()
    ]
    assert page("POH", "research") in overdue

    revised = answer("FOP", "causes")
    frozen = page("FOP", "causes").live_edition.read_content()
    assert (revised.status, revised.body == frozen["body"]) == (Status.DRAFT, False)
    planned = Schedule.objects.get()
    assert planned.publish_at > clock.now()
    assert planned.edition.page.live_edition is None
    half = SignOff.objects.get(summary=answer("POH", "treatment"))
    assert half.summary.question.signatures_required == 2
    both = page("FOP", "treatment").live_edition.read_record()["signatures"]
    assert [one["reviewer"] for one in both] == ["ines-falk", "jonas-adeyemi"]
    assert guards.differences() == []


def test_demo_prints_logins_that_open_the_desk(demonstration, client, settings):
    printed = demonstration

    assert f"{settings.SITE_URL}/admin/" in printed
    for username in ("writer", "reviewer", "editor"):
        password = re.search(rf"^ +{username} +(\S+)", printed, re.M)[1]
        assert client.login(username=username, password=password)
        assert User.objects.get(username=username).is_staff


def test_demo_reviewers_are_verified_by_somebody_else_for_two_years(demonstration):
    for account in ReviewerAccount.objects.all():
        assert account.verified_by.is_superuser
        assert (account.expires_on - clock.today()).days == 730


def test_demo_run_again_keeps_what_was_typed_and_adds_nothing(demonstration):
    row = answer("FOP", "diagnosis")
    writing.revise(
        row,
        by=User.objects.get(username="writer"),
        text=writing.Text(short_answer=row.short_answer, body="Typed since."),
        against=row.revision,
    )
    before = everything()

    run()

    assert everything() == before


def test_every_page_of_the_demonstration_is_verified(demonstration):
    assert verifying.verify().found.findings == {}

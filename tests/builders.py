"""People, catalogue and summaries in any state, made by driving the real verbs."""

from contextlib import suppress
from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import override_settings

from conditions.content import Altered
from conditions.models import (
    Condition,
    Printed,
    Question,
    Report,
    Reviewer,
    Source,
)
from editorial import (
    accounts,
    clock,
    guards,
    log,
    publishing,
    reading,
    signoff,
    statement,
    workflow,
    writing,
)
from editorial.dossier import Dossier
from editorial.identity import Claim
from editorial.manuscript import Manuscript, page_of
from editorial.models import ReviewerAccount, Summary, User
from editorial.states import Role
from editorial.writing import Text
from tests.recalling import recalled, recalled_next

LENIENT = "tests/lenient.toml"
PASSWORD = "correct horse battery staple"
SHORT = (
    "Progressive osseous heteroplasia (POH) is a rare disorder in which *soft tissue* "
    "turns into bone. No medicine has been shown to stop it, so care aims at symptoms."
)
BODY = (
    "## What scientists are studying\n\n"
    "Most people inherit the changed copy from their father [@pmid:11784876].\n\n"
    "- physiotherapy keeps joints moving\n"
    "- surgery can help when the bone has a clear edge [@pmid:11784876; @gard-poh]"
)
# A text in which the real rules find nothing that blocks; the second needs a reason.
SOUND_SHORT = (
    "Progressive osseous heteroplasia (POH) is a rare condition. With it, soft parts "
    "of the body turn into bone. Research looks at a gene called *GNAS*."
)
SOUND = (
    "## What is known\n\n"
    "Most people with POH inherit the changed copy from their father [@pmid:11784876]."
)
DOSE = "A study gave 5 mg of it to some of them [@gard-poh]."
DOSED = f"{SOUND}\n\n{DOSE}"
WHY = "The dose is the study’s, and the sentence tells nobody to take it."


def make_user(username, *roles, name="", superuser=False, staff=True):
    first, _, last = (name or username.title()).partition(" ")
    user = User(
        username=username,
        first_name=first,
        last_name=last,
        email=f"{username}@example.org",
        is_staff=staff,
        is_superuser=superuser,
    )
    user.set_password(PASSWORD)
    user.save()
    for group in Group.objects.filter(name__in=[role.value for role in roles]):
        User.groups.through.objects.create(user=user, group=group)
    accounts.enter_made(user, roles, by=None, words="Made for a test.")
    return user


def make_writer(username="tomas", name="Tomás Rey"):
    return make_user(username, Role.WRITER, name=name)


def make_editor(username="maren", name="Maren Holt"):
    return make_user(username, Role.EDITOR, name=name)


def make_reviewer(username="ines", name="Ines Falk", *, roles=(), **credential):
    user = make_user(username, Role.MEDICAL_REVIEWER, *roles, name=name)
    verify(user, **credential)
    return user


def verify(user, *, days=700, verified=True):
    """Give the user a byline and a credential that lapses in some days."""
    by = User.objects.filter(username="people").first() or make_user(
        "people", superuser=True
    )
    byline = record(
        Reviewer(
            slug=user.username,
            printed_name=f"Dr {user.get_full_name()}",
            post_nominals="MD",
            profession="Consultant in medical genetics",
            affiliation="Example Hospital",
            orcid="0000-0002-1825-0097",
        ),
        by,
    )
    account = ReviewerAccount(user=user, reviewer=byline)
    if verified:
        account.verified_by, account.verified_at = by, clock.now()
        account.expires_on = clock.today() + timedelta(days=days)
    return record(account, by)


def record(thing, by):
    """Save a catalogue entry in somebody's name."""
    thing._history_user = by
    # The database has the last word on constraints, and says it as loudly.
    thing.full_clean(validate_constraints=False)
    thing.save()
    log.enter("made_for_a_test", by=by, about=thing, row=thing)
    return thing


def make_condition(by, **fields):
    fields = {
        "slug": "progressive-osseous-heteroplasia",
        "name": "progressive osseous heteroplasia",
        "abbreviation": "POH",
        "synonyms": ["progressive ossifying heteroplasia"],
        "genes": ["GNAS"],
        "identifiers": [
            {"scheme": "orpha", "value": "2762"},
            {"scheme": "omim", "value": "166350"},
        ],
        **fields,
    }
    return record(Condition(**fields), by)


def make_question(by, **fields):
    fields = {
        "slug": "research",
        "pattern": "What are the most promising research directions for {condition}?",
        "review_interval_months": 12,
        "offers_trial_search": True,
        **fields,
    }
    return record(Question(**fields), by)


def make_sources(by):
    return [
        record(
            Source(
                key="pmid:11784876",
                title="Paternally inherited inactivating mutations of the GNAS1 gene "
                "in progressive osseous heteroplasia",
                authors="Shore EM and others",
                container="N Engl J Med",
                year=2002,
                doi="10.1056/NEJMoa011262",
            ),
            by,
        ),
        record(
            Source(
                key="gard-poh",
                kind="web",
                title="Progressive osseous heteroplasia",
                container="Genetic and Rare Diseases Information Center",
                url="https://rarediseases.org/gard-rare-disease/poh/",
                accessed_on=clock.today(),
            ),
            by,
        ),
    ]


def make_report(edition, **said):
    """What a reader has sent of an edition."""
    said = {"words": "The second dose is missing.", **said}
    there = Report.objects.count()
    return Report.objects.create(
        edition=edition, sent_at=clock.now(), form=f"form {there}", **said
    )


class Desk:
    """A newsroom with one of each, and one summary to be moved about."""

    @recalled
    def __init__(self, *, signatures=1):
        self.writer, self.editor = make_writer(), make_editor()
        self.reviewer = make_reviewer()
        self.condition = make_condition(self.editor)
        self.question = make_question(self.editor, signatures_required=signatures)
        self.sources = make_sources(self.editor)

    def text(self, body=BODY, short=SHORT, **fields):
        return Text(short_answer=short, body=body, **fields)

    @recalled_next
    def draft(self, body=BODY, by=None, **fields):
        return writing.start(
            self.condition,
            self.question,
            by=by or self.writer,
            text=self.text(body, **fields),
        )

    def sound(self, body=SOUND, **fields):
        return self.draft(body, short=SOUND_SHORT, **fields)

    def reasoned(self):
        """A text in review that a reason was written for, by the real rules."""
        with override_settings(PREFLIGHT_RULES=""):
            summary = self.sound(DOSED)
            workflow.submit_for_review(
                summary, by=self.writer, reasons=reasons_for(summary)
            )
        return fresh(summary)

    def let_through(self, body=DOSED):
        """A text that was submitted before the rules asked for what they ask now."""
        with override_settings(PREFLIGHT_RULES=LENIENT):
            return workflow.submit_for_review(self.sound(body), by=self.writer)

    @recalled_next
    def in_review(self, **fields):
        return workflow.submit_for_review(self.draft(**fields), by=self.writer)

    @recalled_next
    def changes_requested(self):
        return workflow.request_changes(
            self.in_review(),
            by=self.reviewer,
            reasons=["unclear"],
            note="Please cite the registry.",
        )

    @recalled_next
    def live(self, **fields):
        return self.sign(self.in_review(**fields))

    reviewed = live

    @recalled_next
    def withdrawn(self):
        summary = self.live()
        publishing.withdraw(
            summary, by=self.editor, reason="A mistake.", note="We are checking a dose."
        )
        return fresh(summary)

    def sign(self, summary, *, by=None, note="Added the long-term results.", **said):
        sign(summary, by=by or self.reviewer, note=note, **said)
        return fresh(summary)

    def new_edition(self, summary, body):
        """Take a reviewed summary through a revision to the next edition."""
        summary = workflow.start_revision(summary, by=self.writer)
        summary = self.revise(summary, body)
        return self.sign(workflow.submit_for_review(summary, by=self.writer))

    def revise(self, summary, body, *, by=None):
        return writing.revise(
            summary,
            by=by or self.writer,
            text=self.text(body),
            against=fresh(summary).revision,
        )


def sign(
    summary,
    *,
    by,
    password=PASSWORD,
    code="",
    passkey=None,
    content_sha256=None,
    interests="",
    days=300,
    change_type="new_evidence",
    note="Added the long-term results.",
    reasons=None,
):
    """Sign what is there now, all of it read, unless told another hash."""
    read(summary, by=by)
    row = fresh(summary)
    return signoff.sign_off(
        summary,
        by=by,
        claim=Claim(password, code, passkey),
        content_sha256=content_sha256 or Manuscript(row).sha256,
        statement=statement.Statement(
            interests=interests,
            evidence_searched_on=row.evidence_searched_on,
            review_due_on=clock.today() + timedelta(days=days),
            change_type=change_type,
            note=note,
            reasons=reasons or {},
        ),
    )


def reasons_for(summary, words=WHY):
    """A reason for each finding that needs one and has none."""
    return {one.key: words for one in Dossier(summary).unreasoned}


def read(summary, *, by):
    """Tick every passage, as whoever may sign must; who may not has no boxes."""
    with suppress(PermissionDenied, Altered):
        reading.tick(summary, by=by, passages=Whatever())


class Whatever:
    """Holds whatever it is asked for: every passage, without asking which there are."""

    def __contains__(self, one):
        return True


def fresh(summary):
    return Summary.objects.get(pk=summary.pk)


def page(summary):
    return page_of(summary)


def settle(cursor):
    """Let PostgreSQL check what it put off, so that tables may be altered."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def tamper(sql, *params):
    """Alter rows as an owner of the database could: with the guards taken away."""
    with connection.cursor() as cursor:
        settle(cursor)
        guards.drop()
        cursor.execute(sql, params)
        settle(cursor)
        guards.install()


def unprint():
    """Throw away what is printed: Django answers for it then, from the editions."""
    Printed.objects.all().delete()

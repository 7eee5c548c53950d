"""The site that the table is asked of: a text in every state, and one of each person.

Every text holds words that were never signed, and some that readers may see once live.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.test import override_settings
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from conditions.models import Edition
from editorial import (
    accounts,
    clock,
    invitations,
    publishing,
    reading,
    workflow,
    writing,
)
from editorial.dossier import Dossier
from editorial.manuscript import Manuscript
from editorial.models import LostText, Summary, User
from editorial.states import Role
from tests.builders import (
    PASSWORD,
    Desk,
    fresh,
    make_condition,
    make_question,
    make_report,
    make_reviewer,
    make_user,
    make_writer,
    record,
)
from tests.factors import Passkey, give_app
from tests.matrix import words
from tests.saying import say
from tests.walking import Walker

MISSING = "999999"
# Never signed, in any state: in no public answer, whatever is live.
UNSIGNED = "Quillbrush"
# Of each text as it stands: readers may see it once the text is live.
STANDS = "Lanternfish"
CANARIES = (UNSIGNED, STANDS)


@dataclass
class World:
    """`cookies` by role; `facts` by state: what fills addresses and forms."""

    cookies: dict
    facts: dict


def build(visit):
    desk = Desk()
    people = {
        words.WRITER: desk.writer,
        words.COLLEAGUE: make_writer("wanda", "Wanda Wolf"),
        words.REVIEWER: desk.reviewer,
        words.LAPSED: make_reviewer("lars", "Lars Lund", days=-3),
        words.EDITOR: desk.editor,
        words.PEOPLE: User.objects.get(username="people"),
        words.NO_ROLE: make_user("guest"),
        words.SHUT: make_writer("shirin", "Shirin Amini"),
    }
    facts = {state: texts(desk, state) for state in words.TEXTS}
    cookies = {words.ANONYMOUS: {}, **_logged_in(people, visit)}
    common = catalogue(desk) | accounts_of(desk, people)  # a login ends mailed links
    common["passkey"] = second_factor_of(people[words.COLLEAGUE])
    common["report"] = reported(facts[words.LIVE]["condition"])
    accounts.set_active(people[words.SHUT], False, by=people[words.PEOPLE])
    places = {state: {**common, **found} for state, found in facts.items()}
    places[words.NONE] = {**common, **_nowhere(common)}
    return World(cookies, places)


def _logged_in(people, visit):
    found = {}
    for role, user in people.items():
        walker = Walker(visit)
        walker.log_in(user.username, PASSWORD)
        found[role] = walker.cookies
    return found


def texts(desk, state):
    """Bring a text of its own condition into a state; return what its screens take."""
    slug = "c-" + state.replace(",", "").replace(" ", "-")
    desk.condition = make_condition(desk.editor, slug=slug, name=slug, identifiers=[])
    summary = _moved(desk, _written(desk), state)
    return {
        "pk": summary.pk,
        "object_id": summary.pk,
        "condition": slug,
        "question": desk.question.slug,
        "condition_pk": desk.condition.pk,
        "kept": LostText.objects.get(summary=summary).pk,
        "comment": summary.comments.get().pk,
        "revision": summary.revision,
        "sha256": Manuscript(summary).sha256,
        "read": " ".join(reading.asked(Dossier(summary))),
    }


def _written(desk):
    """A draft with unsigned words in an old revision, a reason and a kept text."""
    old = desk.text(f"{UNSIGNED} [@gard-poh]", f"{UNSIGNED}.")
    new = desk.text(f"{STANDS} [@gard-poh]", f"{STANDS}.")
    summary = writing.start(
        desk.condition, desk.question, by=desk.writer, text=old, reason=UNSIGNED
    )
    writing.revise(summary, by=desk.writer, text=new, against=1, reason=UNSIGNED)
    kept = desk.text(f"{UNSIGNED} kept", f"{UNSIGNED}?")
    with suppress(writing.Conflict):
        writing.revise(summary, by=desk.writer, text=kept, against=1)
    said = {"words": f"{UNSIGNED}, says who?", "suggestion": f"{UNSIGNED} it is"}
    say(summary, by=desk.reviewer, quote=STANDS, field="body", **said)
    return fresh(summary)


def _moved(desk, summary, state):
    if state == words.ASIDE:
        return writing.set_aside(summary, by=desk.writer, reason=UNSIGNED)
    if state == words.DRAFT:
        return summary
    summary = workflow.submit_for_review(summary, by=desk.writer, reason=UNSIGNED)
    if state == words.CHANGES:
        workflow.request_changes(
            summary, by=desk.reviewer, reasons=["unclear"], note=UNSIGNED
        )
    if state in words.SIGNED:
        with override_settings(PUBLISH_ON_SIGN_OFF=state != words.UNPUBLISHED):
            desk.sign(summary)
    if state == words.WITHDRAWN:
        said = {"reason": UNSIGNED, "note": "We are checking a dose."}
        publishing.withdraw(summary, by=desk.editor, **said)
    return fresh(summary)


def catalogue(desk):
    unanswered = make_question(desk.editor, slug="who", pattern="Who has {condition}?")
    found = {"unanswered": unanswered.pk, "due": clock.today() + timedelta(days=90)}
    byline = type(desk.reviewer.reviewer_account.reviewer)(
        slug="spare", printed_name="Dr Sam Spare", profession="Nurse"
    )
    for kind, entry in (
        ("condition", make_condition(desk.editor, slug="spare", name="x")),
        ("question", desk.question),
        ("reviewer", record(byline, desk.editor)),
        ("source", desk.sources[1]),
    ):
        newest = entry.history.latest("history_id")
        found[f"{kind}_entry"] = entry.pk
        found[f"{kind}_slug"] = getattr(entry, "key", "") or entry.slug
        found[f"{kind}_seen"] = newest.history_id
    return found


def accounts_of(desk, people):
    root, lapsed = people[words.PEOPLE], people[words.LAPSED]
    invited = accounts.make(
        username="ivo",
        first_name="Ivo",
        last_name="Ek",
        email="ivo@example.org",
        roles=[Role.WRITER],
        by=root,
    )
    credential = lapsed.reviewer_account
    shut = make_writer("sven", "Sven Shut")
    accounts.set_active(shut, False, by=root)
    return {
        "reviewer": "ines",
        "colleague": people[words.COLLEAGUE].pk,
        "lapsed": lapsed.pk,
        "shut": shut.pk,
        "ines_byline": desk.reviewer.reviewer_account.reviewer_id,
        "own_byline": credential.reviewer_id,
        "credential": credential.history.latest("history_id").history_id,
        "invited_pk": invited.pk,
        "uidb64": _uid(desk.writer),
        "token": default_token_generator.make_token(
            User.objects.get(pk=desk.writer.pk)
        ),
        "invited": _uid(invited),
        "invitation": invitations.tokens.make_token(invited),
        "type_of_summary": ContentType.objects.get_for_model(Summary).pk,
    }


def reported(slug):
    """Let a reader report something of a page that is live."""
    edition = Edition.objects.get(page__condition__slug=slug)
    said = {"words": "Is that so?", "address": "reader@example.org"}
    return make_report(edition, **said).pk


def second_factor_of(user):
    """Give an app, recovery codes and a passkey, of which the number is returned."""
    give_app(user)
    RecoveryCodes(user.authenticator_set.get(type="recovery_codes")).mark_as_viewed()
    Passkey().give(user)
    return user.authenticator_set.get(type="webauthn").pk


def _uid(user):
    return urlsafe_base64_encode(force_bytes(user.pk))


def _nowhere(common):
    """Names and numbers of the right kind, of which there is no row."""
    there = ("pk", "object_id", "kept", "comment", "passkey", "report")
    there += ("colleague", "lapsed", "shut", "invited_pk")
    entries = [name for name in common if name.endswith("_entry")]
    slugs = dict.fromkeys(("condition", "question", "reviewer"), "nowhere")
    links = {"uidb64": "OTk5OTk5", "token": "c0ffee-" + "0" * 32}
    links |= {"invited": links["uidb64"], "invitation": links["token"]}
    facts = {"condition_pk": MISSING, "revision": 1, "sha256": "0" * 64, "read": "x"}
    return {**dict.fromkeys((*there, *entries), MISSING), **slugs, **links, **facts}

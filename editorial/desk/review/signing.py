"""The sign-off form of the review screen, and what will come of it.

Hands what was typed to `signoff.sign_off`, which alone decides and signs.
"""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from conditions import content
from editorial import clock, identity, limits, signoff, statement
from editorial.desk import twice
from editorial.desk.people.entrance_forms import Answer, code
from editorial.desk.review import shown
from editorial.desk.review.due_again import DueAgain
from editorial.desk.review.move_forms import Words
from editorial.desk.review.reason_fields import AsksReasons
from editorial.dossier import Dossier
from editorial.identity import Claim
from editorial.models import ChangeType
from editorial.rules import MoveRefused
from editorial.signoff import ATTESTATION
from editorial.statement import Statement

NONE, DECLARED = "none", "declared"


class SigningForm(AsksReasons, forms.Form):
    """What a reviewer says with the signature; nothing is chosen for them."""

    change_type = forms.ChoiceField(
        label="What kind of change is it?",
        choices=[
            ("", "Choose…"),
            *((kind.value, kind.label) for kind in statement.SAID_BY_REVIEWERS),
        ],
        error_messages={
            "required": "Say what kind of change it is.",
            "invalid_choice": "Choose one of the kinds of change in the list.",
        },
    )
    note = Words(
        "What changed, for readers",
        rows=3,
        max_length=limits.NOTE,
        required=True,
        min_length=10,
        error_messages=dict.fromkeys(
            ("required", "min_length", "max_length"),
            "Say in 10 to 300 characters what changed, for readers.",
        ),
    )
    review_due_on = DueAgain()
    interests = forms.ChoiceField(
        label="Interests in any medicine, test or company named here",
        choices=[(NONE, "None"), (DECLARED, "I declare")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether you have interests: none, or which.",
            "invalid_choice": "Say whether you have interests: none, or which.",
        },
    )
    declared = Words(
        "The interests that you declare", rows=2, max_length=limits.INTERESTS
    )
    password = forms.CharField(
        label="Your password",
        strip=False,
        max_length=4_096,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Type your password: it is your signature."},
    )

    # Only where the account has a second factor.
    one_time_code = code("A code from your app, or a recovery code", required=False)
    passkey = Answer(required=False)

    def __init__(self, data=None, *, kind, known, second_factor):
        self.summary = known.summary
        super().__init__(data, label_suffix="")
        self.ask_reasons(known, anew=False)
        self.fields["review_due_on"].ask(known.summary, blank=data is None)
        if not second_factor:
            del self.fields["one_time_code"], self.fields["passkey"]
        if kind:
            del self.fields["change_type"]
            self.fields["note"] = Words(
                "A note to readers, if there is something to say",
                rows=2,
                max_length=limits.NOTE,
            )

    def clean(self):
        said = super().clean()
        interests, declared = said.get("interests"), said.get("declared", "").strip()
        if interests == DECLARED and not declared and "declared" in said:
            self.add_error("declared", ValidationError("Say which you declare."))
        if interests == NONE and declared:
            sentence = "You wrote an interest: choose “I declare”, or delete it."
            self.add_error("interests", ValidationError(sentence))
        if "passkey" in self.fields:
            self._need_second_factor(said)
        return said

    def _need_second_factor(self, said):
        odd = self.errors.pop("passkey", None)
        if odd or not (said.get("one_time_code") or said.get("passkey")):
            sentence = "Type a code, or use your passkey where you have one."
            self.add_error("one_time_code", ValidationError(sentence))

    def statement(self, evidence):
        """Return what was said, as the signature takes it; "" for no interests."""
        said = self.cleaned_data
        return Statement(
            interests=said["declared"] if said["interests"] == DECLARED else "",
            evidence_searched_on=parse_date(evidence) if evidence else None,
            review_due_on=said["review_due_on"],
            change_type=said.get("change_type", ""),
            note=said["note"],
            reasons=self.reasons,
        )


def blank_or(data, known, *, by):
    """Return the form for the text as it stands, filled with `data` where it is."""
    return SigningForm(
        data,
        second_factor=identity.has_second_factor(by),
        kind=statement.change_type(known.newest, known.manuscript.sha256),
        known=known,
    )


def sign(form, summary, *, by, content_sha256, evidence, passkey):
    """Sign what the screen showed; return a sentence that says what came of it."""
    said = form.statement(evidence)
    if before := twice.signed(summary, content_sha256, said, by=by):
        return _told(summary, before)
    try:
        signature = signoff.sign_off(
            summary,
            by=by,
            claim=Claim(
                password=form.cleaned_data["password"],
                code=form.cleaned_data.get("one_time_code", ""),
                passkey=passkey,
            ),
            content_sha256=content_sha256,
            statement=said,
        )
    except MoveRefused:
        # The press before may have been at its work still.
        summary.refresh_from_db()
        signature = twice.signed(summary, content_sha256, said, by=by)
        if not signature:
            raise
    return _told(summary, signature)


def _told(summary, signature):
    known = Dossier(summary)
    edition = known.newest
    if not edition or edition.number != signature.edition_number:
        return "Signed. Another medical reviewer must sign this same text too."
    if known.live == edition:
        return f"Signed: edition {edition.number} is live now."
    return f"Signed: edition {edition.number} is ready, and not public yet."


def panel(form, known, why, *, by):
    """Return what the sign-off panel shows; the verb has the last word.

    `why` is the sentence of a refusal that is sure already, or "".
    """
    summary, manuscript, given = known.summary, known.manuscript, known.signatures
    needed = summary.question.signatures_required
    button, outcome = _outcome(known, last_one=len(given) + 1 >= needed)
    account = known.account_of(by)
    kind = statement.change_type(known.newest, manuscript.sha256)
    return {
        "form": form,
        "faults": _faults(form),
        "why": why,
        "attestation": ATTESTATION,
        "byline": account.reviewer if account else None,
        "kind": ChangeType(kind).label if kind else "",
        "given": [one.signer.printed_name for one in given],
        "needed": needed,
        "button": button,
        "outcome": outcome,
        "content_sha256": manuscript.sha256,
        "evidence": content.iso(summary.evidence_searched_on),
        "fingerprint": content.fingerprint(manuscript.sha256),
        "shown": shown.sealed(manuscript),
    }


def _faults(form):
    """Return each fault of the form with the place that its link leads to."""
    return [
        {"at": _place(form[name]), "label": form[name].label, "words": " ".join(said)}
        for name, said in form.errors.items()
    ]


def _place(field):
    """Return the id of what takes the focus: of a group of choices, the first one."""
    return field.subwidgets[0].id_for_label or field.id_for_label


def _outcome(known, *, last_one):
    """Return the button's words and, as a sentence, what pressing it will do."""
    later = known.summary.publish_not_before
    if not last_one:
        return "Sign", "Another medical reviewer must sign this same text after you."
    if known.is_withdrawn:
        return "Sign", "The page is withdrawn: an editor puts it back after you sign."
    if later and later > clock.now():
        when = date_format(clock.local(later), "j F Y, H:i")
        return "Sign", f"Readers see it from {when}, as the editor has set."
    if not settings.PUBLISH_ON_SIGN_OFF:
        return "Sign", "An editor publishes it after you sign."
    return "Sign and publish", "Readers see it at once."

"""What stands in the writing form, as it would read: never saved, whatever it holds."""

import copy
from dataclasses import dataclass
from functools import cached_property

from conditions import markup, typesetting
from conditions.models import Source, SourceKind
from editorial import changes, limits, preflight, readability
from editorial.desk.review import checked
from editorial.dossier import standing
from editorial.manuscript import Manuscript
from editorial.models import Summary

TEXTS = {
    "short_answer": (markup.check_short, readability.SHORT_ANSWER),
    "body": (markup.check, readability.BODY),
}

MOST_NAMED = 5
MEANT = "Type it again, unless you mean it; the reviewer is told."


def told(source, name):
    """Return the words, minutes and grade of a short answer or a body, as one line.

    From near its limit on, how much of that is used too; beyond it, nothing else.
    """
    _, target = TEXTS[name]
    used = limits.nearing(name, source)
    if limits.text_too_long(name, source):
        return used.strip()
    return readability.told(readability.measure(source), target) + used


def misleading(source):
    """Return which signs of a text look like others, as a sentence, or ""."""
    found = changes.odd_in({"": source})
    said = [
        f"{one.said.name} in “{one.said.before}{one.said.sign}{one.said.after}”"
        for one in found[:MOST_NAMED]
    ]
    if more := len(found) - len(said):
        said.append(f"and {more} more")
    if not said:
        return ""
    return f"Looks like another sign: {'; '.join(said)}. {MEANT}"


def typed(summary, form):
    """Return what stands in a form of a summary, the summary left as it is."""
    form.is_valid()
    good = getattr(form, "cleaned_data", {})  # an unbound form has none
    draft = copy.copy(summary)
    for name in ("drafting", "drafting_note"):
        setattr(draft, name, good.get(name, getattr(summary, name)))
    for name in TEXTS:
        setattr(draft, name, markup.normalise(form[name].value() or ""))
    return Typed(draft)


class Proof(Manuscript):
    """A manuscript for looking at: a source that the catalogue lacks has its place."""

    @cached_property
    def known(self):
        """The sources that the catalogue has, by their keys."""
        return {source.key: source for source in super().sources}

    @cached_property
    def sources(self):
        return [self.known.get(key) or _lacking(key) for key in self.keys]

    @cached_property
    def unresolved(self):
        return [key for key in self.keys if key not in self.known]


def _lacking(key):
    return Source(key=key, title=f"{key}: not in the catalogue", kind=SourceKind.WEB)


@dataclass(frozen=True)
class Typed:
    """A draft as it was typed, with what is to be told of it."""

    draft: Summary

    @cached_property
    def proof(self):
        """What is shown of it; nothing of a text that is too long to be looked at."""
        shown = copy.copy(self.draft)
        for name in TEXTS:
            if limits.text_too_long(name, getattr(shown, name)):
                setattr(shown, name, "")
        return Proof(shown)

    @cached_property
    def faults(self):
        """What keeps a text from being shown as typed: a sentence for each field."""
        return {
            name: fault
            for name, (check, _) in TEXTS.items()
            if (fault := _fault(name, check, getattr(self.draft, name)))
        }

    @cached_property
    def findings(self):
        """What preflight finds; nothing while a text is faulty, or has no words."""
        draft, proof = self.draft, self.proof
        if self.faults or not (draft.short_answer.strip() and draft.body.strip()):
            return []
        return preflight.look(
            preflight.gathered(
                draft.condition,
                draft.question,
                short_answer=draft.short_answer,
                body=draft.body,
                sources=proof.known.values(),
                evidence_searched_on=draft.evidence_searched_on,
            )
        )

    @property
    def checked(self):
        """Each finding, with the reason that stands for it."""
        return checked.paired(self.findings, standing(self.draft, self.findings))

    @property
    def found(self):
        """How many findings there are of each severity, as one line."""
        return preflight.told(self.findings)

    @property
    def told(self):
        return {name: told(getattr(self.draft, name), name) for name in TEXTS}

    @property
    def odd(self):
        """Which signs of a text look like others, for each field that has any."""
        return {
            name: said
            for name in TEXTS
            if (said := misleading(getattr(self.proof.summary, name)))
        }

    @property
    def preview(self):
        """The page as readers would see it; a faulty text gives way to its fault."""
        fault = next(iter(self.faults.values()), "")
        return typesetting.preview_html(self.proof.content, fault=fault)

    @property
    def cited(self):
        """What the body cites, in order: each key with its source, or None."""
        return [(key, self.proof.known.get(key)) for key in self.proof.keys]


def _fault(name, check, source):
    if why := limits.text_too_long(name, source):
        return why
    try:
        check(source)
    except markup.MarkupError as error:
        return str(error)
    return ""

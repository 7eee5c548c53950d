"""What differs between two texts, as a form asks it: in words, in marks and in colour.

Asks no database. Whatever neither text changed is shown too, folded where it is long.
"""

from itertools import count, groupby

from conditions import compare
from conditions.alignment import Effort
from editorial import merging
from editorial.merging import BOTH, KEPT, STANDING

FEW = 60  # words of unchanged text that are shown without folding them
LABELS = {
    STANDING: "The text that stands",
    KEPT: "The kept text",
    BOTH: "Both, one after the other: first the text that stands",
}
NAMES = {STANDING: "the text that stands", KEPT: "the kept text"}
REMOVED, LACKING, AS_IT_WAS = "Removed.", "Not in this text.", "As it was."
NOUNS = {merging.BLANK: "sentence", merging.BLANK_LINE: "passage"}
MARKS = {"added": "+", "removed": "−", "changed": "±"}


class Sheet:
    """Passages and fields to be shown, with what was chosen; numbered throughout."""

    def __init__(self, choices, *, asked):
        self.choices, self.asked = choices, asked
        self.numbers, self.effort = count(1), Effort()
        self.undecided = []

    def text(self, passages):
        """Return the passages of one text as a list of what the page shows in order."""
        runs = [[*run] for _, run in groupby(passages, key=_is_unchanged)]
        shown = []
        for place, run in enumerate(runs):
            if _is_unchanged(run[0]):
                ends = (place > 0, place < len(runs) - 1)
                shown.append(_unchanged(run, *ends))
            else:
                shown += [self._change(one) for one in run]
        return shown

    def field(self, one, label, words):
        """Return one field's difference; `words` says how its values are read."""
        sides = {STANDING: words(one.standing), KEPT: words(one.kept)}
        found = [self._option(one, choice, sides[choice], "") for choice in one.choices]
        return self._asked(one, f"{label}: {_told(one)}", found)

    def _change(self, one):
        if not one.differs:
            html = self._words(one.base, one.standing)
            return {"kind": "alike", "html": html, "mark": _mark(one.base, one.kept)}
        found = [
            self._option(one, choice, *self._side(one, choice))
            for choice in one.choices
        ]
        noun = NOUNS[one.joint].capitalize()
        return self._asked(one, f"{noun} {next(self.numbers)}: {_told(one)}", found)

    def _asked(self, one, title, options):
        missing = self.asked and not one.chosen(self.choices)
        asked = {
            "kind": "difference",
            "key": one.key,
            "title": title,
            "mark": _mark_of(one),
            "options": options,
            "missing": missing,
        }
        if missing:
            self.undecided.append(asked)
        return asked

    def _option(self, one, choice, html, note):
        return {
            "value": choice,
            "label": LABELS[choice],
            "html": html,
            "note": note,
            "checked": one.chosen(self.choices) == choice,
            "default": one.default == choice,
        }

    def _side(self, one, choice):
        """Return one text's words, with what it changed marked, and a note on them."""
        if choice == BOTH:
            return "", ""
        new = one.standing if choice == STANDING else one.kept
        if new is None:
            return self._words(one.base, ""), REMOVED if one.base else LACKING
        if one.based:
            return self._words(one.base, new), AS_IT_WAS if new == one.base else ""
        # Nobody knows what both began with: the kept text is marked against the other.
        return self._words(one.standing if choice == KEPT else new, new), ""

    def _words(self, old, new):
        return compare.words(old or "", new or "", self.effort)


def _is_unchanged(one):
    return one.base == one.standing == one.kept or not (one.differs or one.based)


def _unchanged(run, before, after):
    """Return a run of equal passages, folded but for what is next to a change."""
    joint = run[0].joint
    words = [one.standing for one in run]
    if sum(len(text.split()) for text in words) <= FEW:
        return {"kind": "same", "above": joint.join(words)}
    above = words[:1] if before else []
    below = words[-1:] if after and len(words) > len(above) else []
    folded = words[len(above) : len(words) - len(below)]
    return {
        "kind": "same",
        "above": joint.join(above),
        "folded": joint.join(folded),
        "count": len(folded),
        "noun": NOUNS[joint],
        "below": joint.join(below),
    }


def _told(one):
    """Say who changed a passage, and how."""
    if one.default:
        side = one.standing if one.default == STANDING else one.kept
        return f"only {NAMES[one.default]} {_verb(one.base, side)} it"
    lacking = STANDING if one.standing is None else KEPT if one.kept is None else ""
    having = KEPT if lacking == STANDING else STANDING
    if not one.based:
        return f"only {NAMES[having]} has it" if lacking else "the two texts differ"
    if lacking:
        return f"{NAMES[lacking]} removed it, {NAMES[having]} changed it"
    return f"both {_verb(one.base, one.kept)} it, not alike"


def _verb(old, new):
    if old is None:
        return "added"
    return "removed" if new is None else "changed"


def _mark_of(one):
    if one.default:
        return _mark(one.base, one.standing if one.default == STANDING else one.kept)
    return MARKS["added" if one.based and one.base is None else "changed"]


def _mark(old, new):
    return MARKS[_verb(old, new)]

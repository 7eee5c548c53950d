"""Lists that are typed one a line; whatever is wrong with one is told by its line."""

from django import forms
from django.core.exceptions import ValidationError

from conditions import identifiers, references
from editorial import limits

# Those that number a disorder; papers, people and genes have their own fields.
CONDITION_SCHEMES = ("orpha", "omim", "mondo", "gard", "icd10", "icd11", "snomed")


class Lines(forms.CharField):
    """A list of texts; a value that stands twice is refused."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        self.widget.attrs.update(rows=4, spellcheck="false")

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(map(self.shown, value))

    def clean(self, value):
        lines = enumerate(super().clean(value).splitlines(), 1)
        typed = [(number, line.strip()) for number, line in lines if line.strip()]
        if len(typed) > limits.ITEMS:
            raise ValidationError(f"Write at most {limits.ITEMS} lines.")
        return self._read_all(typed)

    def _read_all(self, typed):
        found, errors = {}, []
        for number, line in typed:
            try:
                value = self._read(line)
            except identifiers.InvalidIdentifier as error:
                errors.append(f"Line {number}: {error}")
                continue
            first, _ = found.setdefault(self.shown(value), (number, value))
            if first != number:
                errors.append(f"Line {number} says the same as line {first}.")
        if errors:
            raise ValidationError(errors)
        return [value for _, value in found.values()]

    def _read(self, line):
        if len(line) > limits.ITEM:
            raise identifiers.InvalidIdentifier(
                f"this is longer than {limits.ITEM} letters."
            )
        return self.read(line)

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "")

    def read(self, line):
        """Return the value of a line; raise InvalidIdentifier with a sentence."""
        return line

    def shown(self, value):
        """Return a value as its line."""
        return value


class Genes(Lines):
    """Gene symbols, in capitals as they are printed."""

    def read(self, line):
        return identifiers.clean("gene", line)


class Identifiers(Lines):
    """Pairs of scheme and value, each written or pasted in any of its forms."""

    def read(self, line):
        scheme, value = identifiers.recognise(line) or _spelt_out(line)
        if scheme not in CONDITION_SCHEMES:
            raise identifiers.InvalidIdentifier(
                f"“{line[:60]}” ({identifiers.label(scheme)}) numbers no disorder: "
                f"use {_allowed()}."
            )
        return {"scheme": scheme, "value": value}

    def shown(self, value):
        code = references.code(value["scheme"], value["value"])
        if identifiers.recognise(code["text"]):
            return code["text"]
        return f"{value['scheme']} {value['value']}"


def _spelt_out(line):
    """Return the pair of a line such as “icd11 FB31.1”, or say what is wrong."""
    first, _, rest = line.replace(":", " ", 1).partition(" ")
    scheme = first.lower().replace("-", "")
    if scheme not in identifiers.SCHEMES or not rest.strip():
        raise identifiers.InvalidIdentifier(
            f"“{line[:60]}” does not say whose number it is: write ORPHA:337 or "
            "OMIM 135100, for example."
        )
    return scheme, identifiers.clean(scheme, rest)


def _allowed():
    return ", ".join(map(identifiers.label, CONDITION_SCHEMES))

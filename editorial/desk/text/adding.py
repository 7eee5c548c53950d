"""The small form that adds a source while a text is written, and what comes of it.

The catalogue's own gate decides and writes.
"""

import re
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from conditions import identifiers
from conditions.models import SOURCE_SCHEMES, Source, SourceKind
from editorial import catalogue, clock
from editorial.desk.catalogue.entry_forms import SourceForm, refuse
from editorial.desk.text import pasted, picker
from editorial.desk.text.pasted import Pasted

PREFIX = "source"
LONGEST_WORD = 50  # letters of a key made here; a number may still follow


class NewSourceForm(SourceForm):
    """What a citation needs; the identifiers that were pasted stand in it already."""

    reason = None
    past = ("accessed_on",)

    class Meta(SourceForm.Meta):
        fields = (
            *("title", "authors", "container", "year", "kind"),
            *("url", "accessed_on", "key", *SOURCE_SCHEMES),
        )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, prefix=PREFIX, use_required_attribute=False, **kwargs)
        for name in self._unasked():
            self.fields[name].widget = forms.HiddenInput()

    def _unasked(self):
        """Name the fields that what was pasted answers, or that it needs not."""
        yield from SOURCE_SCHEMES
        if any(self[scheme].value() for scheme in SOURCE_SCHEMES):
            yield from ("url", "accessed_on")
            if identifiers.split_key(self["key"].value() or ""):
                yield "key"

    @property
    def read(self):
        """What the form holds to find the source by, as if it were pasted."""
        ids = {}
        for scheme in SOURCE_SCHEMES:
            with suppress(identifiers.InvalidIdentifier):
                ids[scheme] = identifiers.clean(scheme, self[scheme].value() or "")
        return Pasted(ids=ids, url=pasted.address(self["url"].value() or ""))

    @property
    def label(self):
        return self.read.label


def blank(search):
    """Return the form of a source that the catalogue lacks, from what was pasted."""
    read = pasted.read(search)
    ids = {"pmid": read.number} if read.number else read.ids
    return NewSourceForm(
        initial={
            **ids,
            "key": _key(ids, read.url),
            "kind": _kind(ids),
            "container": "ClinicalTrials.gov" if "nct" in ids else "",
            "url": read.url,
            "accessed_on": clock.today() if read.url else None,
        }
    )


def _kind(ids):
    if "nct" in ids:
        return SourceKind.TRIAL
    return SourceKind.ARTICLE if ids else SourceKind.WEB


def _key(ids, url):
    for scheme in identifiers.KEY_SCHEMES:
        if scheme in ids:
            try:
                return identifiers.source_key(scheme, ids[scheme])
            except identifiers.InvalidIdentifier:
                return _word(ids[scheme].partition("/")[2])
    return _word(url.partition("://")[2].removeprefix("www.")) if url else ""


def _word(seed):
    """Return a key of one's own that no source has yet, made of an address."""
    word = re.sub("^[^a-z]+", "", slugify(re.sub("[./]", "-", seed)))
    word = word[:LONGEST_WORD].strip("-") or "source"
    taken = set(
        Source.objects.filter(key__startswith=word).values_list("key", flat=True)
    )
    tries = (word, *(f"{word}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in tries if one not in taken and len(one) > 1)


def add(data, *, by):
    """Add the source of a posted form; return it, or None, and the form.

    One that a colleague added meanwhile is found and returned instead.
    """
    form = NewSourceForm(data)
    if twin := _twin(form):
        return twin, form
    if form.is_valid():
        try:
            catalogue.save(form.instance, by=by)
        except ValidationError as error:
            refuse(form, error)
        else:
            return form.instance, form
    return _twin(form), form


def _twin(form):
    return next(iter(picker.holding(form.read)), None)

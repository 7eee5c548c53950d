"""What `verify` found: the first bad row of each kind, and how many more of it.

A kind is one rule that the rows broke; its sentence is for an operator.
"""

from dataclasses import dataclass, field
from typing import Any

KINDS = {
    "unreadable": "{row} cannot be read: {why}.",
    "stopped": "The check of {row} stopped at something that no rule foresaw: {why}.",
    "guards": "A guard of the database is not as it must be: {row}. "
    "Run manage.py migrate, and ask who could change it.",
    "kept_root": "{row}: {why}",
    # the log
    "entry_missing": "{row} is missing: the log goes on with entry {next}.",
    "entry_text": "{row} is not an entry as the log writes one: it was altered.",
    "entry_columns": "{row} says other things in its columns than in its text: {why}.",
    "entry_nodes": "{row} does not have the hashes of the tree: it, or an entry "
    "before it, was altered.",
    "entry_row": "{row} vouches for {why}, which another entry has vouched for.",
    # the rows that are written once
    "row_altered": "{row} ({what}) is not what entry {place} of the log vouches for: "
    "it was altered.",
    "row_added": "{row} ({what}) has no entry in the log: it was put there past it.",
    "row_gone": "{row} is gone: entry {place} of the log ({what}) vouches for it.",
    # history
    "revisions": "{row} ({what}) is numbered {number}, where {wanted} comes next: "
    "a revision is missing, or was put in.",
    "wrote_text": "{row} ({what}) {said}.",
    "live_row": "{row} is not as its newest history row says: {why}.",
    "live_row_gone": "{row} is gone, though its history is there.",
    "no_history": "{row} has no history: it was put there past the desk.",
    # accounts
    "account_rights": "{row} ({who}) is “{said}”, but the log says “{wanted}”.",
    "account_untold": "{row} ({who}) is “{said}”, and no entry of the log tells of it: "
    "it was made past the desk.",
    "account_gone": "{row} is gone: no account is ever deleted.",
    # sign-offs
    "sign_off_root": "{row} ({what}) does not name the root of the log before it.",
    "sign_off_time": "{row} ({what}) was signed at {said}, and its signature says "
    "{wanted}.",
    "sign_off_edition": "{row} ({what}) follows edition {number}: one is missing, or "
    "was put in.",
    "sign_off_revision": "{row} ({what}) is for a revision of another summary.",
    "four_eyes": "{row} ({what}) is by somebody who wrote part of that text.",
    "four_eyes_kept": "{row} ({what}) is by somebody whose own text was kept to be "
    "merged into that text.",
    "four_eyes_entry": "{row} ({what}) is by somebody who edited {thing}.",
    "sign_off_role": "{row} ({what}) is by somebody who was “{said}” then: no medical "
    "reviewer with an open account.",
    "sign_off_credential": "{row} ({what}) is by somebody who {why}.",
    # editions
    "edition_content": "{row} ({what}) does not have the hash of its words.",
    "edition_record": "{row} ({what}) does not have the hash of its record.",
    "edition_place": "{row} ({what}) has a record for another text or number.",
    "edition_numbers": "{row} ({what}) follows edition {number}: one is missing, or "
    "was put in.",
    "edition_signatures": "{row} ({what}) has other signatures in its record than the "
    "sign-offs for it.",
    "edition_unsigned": "{row} ({what}) has {number} of {wanted} signatures.",
    "edition_words": "{row} ({what}) does not have the words of the revision that "
    "was signed.",
    "edition_facts": "{row} ({what}) has other hashes than its entry in the log says.",
    "proof": "{row} ({what}) has a proof that its log does not bear out.",
    "proof_missing": "{row} ({what}) has no proof.",
    "proof_added": "{row} is a proof of no edition.",
    # pages
    "publication_root": "{row} ({what}) does not name the root of the log before it.",
    "publication_numbers": "{row} ({what}) follows number {number}: one is missing, or "
    "was put in.",
    "publication_edition": "{row} ({what}) is of an edition of another page.",
    "live_edition": "{row} shows {said}, and its newest publication says {wanted}.",
    "page_address": "{row} is not at the address that its editions were signed for: "
    "{wanted}.",
    "page_gone": "{row} ({address}) is gone, though editions were signed for it.",
    "page_unsigned": "{row} has no edition: a page is made with its first.",
}


@dataclass
class Finding:
    """The first bad row of a kind, in a sentence, and how many others there are."""

    kind: str
    row: str
    sentence: str
    others: int = 0


@dataclass
class Found:
    """What was found so far; a note is no failure, but somebody should know."""

    findings: dict[str, Finding] = field(default_factory=dict)
    notes: dict[str, Finding] = field(default_factory=dict)

    def add(self, kind: str, row: str, **words: Any) -> None:
        """Count a bad row, and keep the sentence of the first of its kind."""
        _keep(self.findings, kind, row, KINDS[kind].format(row=row, **words))

    def note(self, kind: str, row: str, sentence: str) -> None:
        """Count something strange that breaks no rule."""
        _keep(self.notes, kind, row, sentence)


def _keep(into: dict[str, Finding], kind: str, row: str, sentence: str) -> None:
    if there := into.get(kind):
        there.others += 1
    else:
        into[kind] = Finding(kind, row, sentence)

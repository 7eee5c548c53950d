"""The log is numbered without gaps, and a proof is of its own edition's entry.

That the tree over the log is right is for `verify` to find.
"""

from editorial.guards.guard import Guard
from editorial.guards.kept import numbered

_LOG, _PROOF = "editorial_logentry", "conditions_proof"

ENTRIES = (
    numbered(_LOG, "number"),
    Guard(
        _LOG,
        "INSERT",
        "true",
        "has columns that say what its entry says",
        """CAST(word_of(NEW.entry, number) AS bigint) = NEW.number
            AND word_of(NEW.entry, act) = NEW.act
            AND word_of(NEW.entry, about) = NEW.about
            AND word_of(NEW.entry, row) IS NOT DISTINCT FROM NEW.row""",
    ),
)

PROOFS = (
    Guard(
        _PROOF,
        "INSERT",
        "own",
        "is of the entry of its own edition",
        f"""EXISTS (SELECT 1 FROM {_LOG} o WHERE o.number = NEW.number
            AND o.entry = NEW.entry
            AND o.row = 'conditions_edition:' || CAST(NEW.edition_id AS text))""",
    ),
)

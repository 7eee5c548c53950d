"""What an outsider needs to check one edition alone, as `proof.json` holds it."""

from pathlib import Path
from typing import Any

from conditions import content
from conditions.models import Edition, Proof

# What anybody checks a proof with; readers are given this very file.
SCRIPT = Path(__file__).parent / "static" / "conditions" / "verify.py"


def compose(address: str, edition: Edition, proof: Proof | None) -> dict[str, Any]:
    """Return the signed bytes, their hashes, and where the log of every act has them.

    Raises content.Altered for an edition that has no proof: somebody took it away.
    """
    if proof is None:
        raise content.Altered("The proof of this edition is not there.")
    return {
        "schema": 1,
        "address": address,
        "edition": edition.number,
        "content_sha256": edition.content_sha256,
        "record_sha256": edition.record_sha256,
        "content_text": edition.content,
        "record_text": edition.record,
        "log": log(proof),
    }


def log(proof: Proof) -> dict[str, Any]:
    """Return an edition's own entry in the log, and its path to the root (RFC 6962)."""
    return {
        "entry": proof.entry,
        "number": proof.number,
        "size": proof.size,
        "path": proof.path.split(),
        "root": proof.root,
    }

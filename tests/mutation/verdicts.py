"""What became of each mutant, kept so that a run that was cut off goes on.

Only the killed ones are kept, and only for as long as their module and its tests are
the same. Without the file `.mutants` everything is judged anew.
"""

import hashlib
import time

from tests.mutation.mapped import killers_of
from tests.mutation.mutants import ROOT, Mutant

KEPT = ROOT / ".mutants"


def killed_before(chosen: list[Mutant]) -> list[Mutant]:
    known = set(KEPT.read_text().split()) if KEPT.exists() else set()
    return [one for one in chosen if _key(one) in known]


def keep(mutant: Mutant) -> None:
    with KEPT.open("a") as file:
        file.write(f"{_key(mutant)}\n")


def _key(mutant: Mutant) -> str:
    texts = [(ROOT / file).read_text() for file in killers_of(mutant.path)]
    return hashlib.sha256(
        "\0".join([mutant.name, mutant.source, *texts]).encode()
    ).hexdigest()


def line(word: str, since: float, mutant: Mutant, by: str) -> str:
    seconds = time.monotonic() - since
    return f"{word:8} {seconds:5.1f} s  {mutant.name}  {by}".rstrip()

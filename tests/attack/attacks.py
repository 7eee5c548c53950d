"""What is tried against the laws, each attack false in one thing alone.

An attack names the guard that must refuse it: with that guard taken away, and no other,
it succeeds (`test_attacks.py`).
"""

from django.db import connection

from tests.attack.on_comments import COMMENTS
from tests.attack.on_kept_rows import LOG, on_kept_rows
from tests.attack.on_pages import EDITIONS, PAGES
from tests.attack.on_signing import SIGN_OFFS
from tests.attack.on_summaries import SUMMARIES


def all_attacks():
    """Every attack for the engine at hand, of one guard after the other."""
    texts = (SUMMARIES, COMMENTS, SIGN_OFFS, EDITIONS, PAGES)
    groups = (on_kept_rows(), *texts, LOG)
    for attack in (attack for group in groups for attack in group):
        if attack.only in ("", connection.vendor):
            yield attack

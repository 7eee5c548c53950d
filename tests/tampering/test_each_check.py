"""Each check finds something that no other does: without it, that would be missed."""

import pytest
from django.db import transaction

from editorial import verifying
from editorial.verifying.found import KINDS
from tests.tampering import breaking, posing
from tests.tampering.populating import populate, take_the_guards_away
from tests.tampering.test_tampering import HOW_MANY

pytestmark = pytest.mark.django_db

# With fewer random alterations than this, one check in five is shown.
ALL_FROM = 100

# What another rule, or the database, always refuses along with it.
NEVER_ALONE = {
    "entry_row": "the column has a unique key, so that the text must differ from it",
    "unreadable": "SQLite alone stores such values: see test_verify.py",
    "stopped": "what nobody foresaw",
    "guards": "they are away throughout: see test_verify.py",
    "page_gone": "its editions have no sign-offs without it; this names the page",
    "page_address": "its editions have other sign-offs then; this names the page",
}


def test_without_a_check_something_is_missed():
    populate()
    take_the_guards_away()
    head = verifying.verify().head
    some = sorted(KINDS.keys() - NEVER_ALONE.keys())[
        :: 1 if HOW_MANY >= ALL_FROM else 5
    ]
    alone = {kind: getattr(posing, kind, 0) or getattr(breaking, kind) for kind in some}

    found = {}
    for kind, alter in alone.items():
        with transaction.atomic():
            alter()
            found[kind] = set(
                verifying.verify([head][: kind == "kept_root"]).found.findings
            )
            transaction.set_rollback(True)

    wrong = {kind: said for kind, said in found.items() if said != {kind, "guards"}}
    assert wrong == {}

"""What only an owner of the database can do to a guard is noticed, and named."""

import pytest
from django.db import connection, transaction

from editorial import guards

pytestmark = pytest.mark.django_db

GUARD = "guard_conditions_edition_update_kept"
ON_SQLITE = {
    f"DROP TRIGGER {GUARD}": f"{GUARD} is missing",
    "DROP TABLE conditions_proof": "guard_conditions_proof_update_kept is missing",
    "ALTER TABLE editorial_losttext RENAME TO old": (
        "guard_editorial_losttext_update_kept is altered"
    ),
    "CREATE TRIGGER theirs BEFORE INSERT ON conditions_edition "
    "BEGIN SELECT RAISE(IGNORE); END": "theirs is not ours",
}
ON_POSTGRESQL = {
    f"DROP TRIGGER {GUARD} ON conditions_edition": f"{GUARD} is missing",
    "DROP TABLE conditions_proof": "guard_conditions_proof_update_kept is missing",
    "ALTER TABLE editorial_losttext RENAME TO old": (
        "guard_editorial_losttext_update_kept is altered"
    ),
    f"ALTER TABLE conditions_edition DISABLE TRIGGER {GUARD}": f"{GUARD} is altered",
    "ALTER TABLE conditions_edition DISABLE TRIGGER USER": f"{GUARD} is altered",
    f"ALTER TABLE conditions_edition ENABLE TRIGGER {GUARD}": f"{GUARD} is altered",
    f"CREATE OR REPLACE FUNCTION {GUARD}() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NEW; END'": f"{GUARD} is altered",
    f"ALTER FUNCTION {GUARD}() SET search_path = pg_temp": f"{GUARD} is altered",
    f"ALTER FUNCTION {GUARD}() RESET search_path": f"{GUARD} is altered",
    f"CREATE TRIGGER theirs BEFORE INSERT ON conditions_edition FOR EACH ROW "
    f"EXECUTE FUNCTION {GUARD}()": "theirs is not ours",
}
DONE = ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL


@pytest.mark.parametrize("statement", DONE)
def test_what_an_owner_does_to_a_guard_is_noticed(world, statement):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
        found = guards.differences()
        transaction.set_rollback(True)

    assert DONE[statement] in found

"""How PostgreSQL is given a guard, and how it is asked which ones it has.

A function and a trigger each, ENABLE ALWAYS so that `session_replication_role` does not
switch them off; and a TRUNCATE trigger where DELETE is refused.
"""

from typing import Any

from editorial.guards.declared import Guard

_WORDS = {
    f"countersign_sha256(NEW.{bytes_})": (
        f"encode(sha256(convert_to(NEW.{bytes_}, 'UTF8')), 'hex')"
    )
    for bytes_ in ("content", "record")
} | {
    "IS NOT (": "IS DISTINCT FROM (",
}
_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16}
_BEFORE_EACH_ROW, _TRUNCATE = 3, 34


def create(guard: Guard) -> list[str]:
    """Return the statements that install a guard."""
    table, name = guard.table, guard.name
    statements = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $guard${_body(guard)}$guard$",
        f"CREATE TRIGGER {name} BEFORE {guard.event} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]
    if guard.event == "DELETE":
        statements += [
            f"CREATE TRIGGER {name}_all BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}_all",
        ]
    return statements


def _body(guard: Guard) -> str:
    when = guard.when
    for theirs, ours in _WORDS.items():
        when = when.replace(theirs, ours)
    return (
        f" BEGIN IF {when} THEN RAISE EXCEPTION '{guard.table} {guard.what}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END "
    )


def expected(guard: Guard) -> tuple[Any, ...]:
    """Return what the catalogue says of a guard: its table, triggers and body."""
    row = (guard.table, "A", _BEFORE_EACH_ROW + _BITS[guard.event], _body(guard))
    if guard.event != "DELETE":
        return (row,)
    return (row, (guard.table, "A", _TRUNCATE, _body(guard)))


def installed(cursor: Any) -> dict[str, tuple[Any, ...]]:
    """Return every trigger on our tables by guard, as the catalogue has it."""
    cursor.execute(
        "SELECT t.tgname, c.relname, t.tgenabled, t.tgtype, p.prosrc FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE NOT t.tgisinternal AND n.nspname = current_schema() "
        r"AND (c.relname LIKE 'conditions\_%' OR c.relname LIKE 'editorial\_%') "
        "ORDER BY t.tgtype"
    )
    found: dict[str, tuple[Any, ...]] = {}
    for name, table, enabled, kind, body in cursor.fetchall():
        guard = name.removesuffix("_all")
        enabled = enabled.decode() if isinstance(enabled, bytes) else enabled
        found[guard] = (*found.get(guard, ()), (table, enabled, kind, body))
    return found


def drop(cursor: Any) -> list[str]:
    """Return the statements that take every guard away."""
    functions = _functions(cursor)
    return [f"DROP FUNCTION {name}() CASCADE" for name in functions]


def _functions(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        r"WHERE n.nspname = current_schema() AND p.proname LIKE 'guard\_%'"
    )
    return [name for (name,) in cursor.fetchall()]

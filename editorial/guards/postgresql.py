"""How PostgreSQL is given a guard, and how it is asked which ones it has.

A function and a trigger each, ENABLE ALWAYS so that `session_replication_role` does not
switch them off; and a TRUNCATE trigger where DELETE is refused. A function looks into
our schema first: a temporary table of the same name does not deceive it.
"""

from typing import Any

from editorial.guards.guard import Guard, in_words_of

# Its own words for those of guard.py.
_WORDS = (
    (
        r"countersign_sha256\(([\w.]+)\)",
        r"encode(sha256(convert_to(\1, 'UTF8')), 'hex')",
    ),
    (r"word_of\(([\w.]+), (\w+)\)", r"(\1::json ->> '\2')"),
    (
        r"items_of\(([\w.]+), (\w+)\) AS (\w+)",
        r"json_array_elements(\1::json -> '\2') AS \3(value)",
    ),
    (
        r"seconds_of\(((?:[^()]|\([^()]*\))+)\)",
        r"extract(epoch FROM (\1)::timestamptz)",
    ),
    (r"seconds_now\(\)", "extract(epoch FROM clock_timestamp())"),
)
_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16}
_EACH_ROW, _BEFORE, _TRUNCATE = 1, 2, 34


def version(connection: Any) -> tuple[int, ...]:
    """Return the version of the server that answers."""
    return (connection.pg_version // 10000, connection.pg_version % 10000)


def run(cursor: Any, statements: list[str]) -> None:
    """Execute them in one message: there are some hundreds."""
    if statements:
        cursor.execute("; ".join(statements))


def create(guard: Guard) -> list[str]:
    """Return the statements that install a guard."""
    table, name = guard.table, guard.name
    kind, when, put_off = "TRIGGER", "BEFORE", ""
    if guard.at_commit:
        kind, when = "CONSTRAINT TRIGGER", "AFTER"
        put_off = "DEFERRABLE INITIALLY DEFERRED "
    statements = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $guard${_body(guard)}$guard$",
        f"DO $$BEGIN EXECUTE format('ALTER FUNCTION {name}() SET search_path = "
        "%I, pg_temp', current_schema()); END$$",
        f"CREATE {kind} {name} {when} {guard.event} ON {table} {put_off}"
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
    must = in_words_of(guard.must, _WORDS)
    return (
        f" BEGIN IF ({must}) IS NOT TRUE THEN "
        f"RAISE EXCEPTION '{guard.table} {guard.what}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END "
    )


def expected(guard: Guard) -> tuple[Any, ...]:
    """Return what the catalogue says of a guard: its table, triggers and body."""
    same = (_body(guard), True)
    kind = _EACH_ROW + _BITS[guard.event] + (0 if guard.at_commit else _BEFORE)
    row = (guard.table, "A", kind, guard.at_commit, *same)
    if guard.event != "DELETE":
        return (row,)
    return (row, (guard.table, "A", _TRUNCATE, False, *same))


def installed(cursor: Any) -> dict[str, tuple[Any, ...]]:
    """Return every trigger on our tables, and every guard, as the catalogue has it."""
    cursor.execute(
        "SELECT t.tgname, c.relname, t.tgenabled, t.tgtype, t.tginitdeferred, "
        "p.prosrc, coalesce(p.proconfig = "
        "ARRAY[format('search_path=%%I, pg_temp', n.nspname)], false) "
        "FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE NOT t.tgisinternal AND n.nspname = current_schema() "
        r"AND (c.relname LIKE 'conditions\_%%' OR c.relname LIKE 'editorial\_%%' "
        r"OR t.tgname LIKE 'guard\_%%') ORDER BY t.tgtype",
        [],
    )
    found: dict[str, tuple[Any, ...]] = {}
    for name, table, enabled, *rest in cursor.fetchall():
        guard = name.removesuffix("_all")
        enabled = enabled.decode() if isinstance(enabled, bytes) else enabled
        found[guard] = (*found.get(guard, ()), (table, enabled, *rest))
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

"""What an operator's probes ask: is the process alive, and can it do its work.

Anybody can ask: the answer tells the kind of hindrance, and the log which it is.
"""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial import guards, rounds

log = logging.getLogger(__name__)

AWAY = "The database cannot be reached."
logged: list[str] = []


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """``/healthz``: 200 while the process answers; asks no database."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """``/readyz``: 200, or 503 with the kind of what stands in the way.

    It says too when the worker ended its last round, in UTC, or null: what it has not
    done yet holds no reader up.

    What it is in full is logged when it changes: a probe asks every few seconds.
    """
    kind, reasons = _first_hindrance()
    if reasons not in (logged, []):
        log.error("not ready: %s", " ".join(reasons))
    logged[:] = reasons
    if reasons:
        return JsonResponse({"status": "not ready", "reason": kind}, status=503)
    worked = rounds.last()
    return JsonResponse({"status": "ready", "worker": worked and worked.isoformat()})


def hindrances() -> list[str]:
    """Why the site cannot do its work now, one sentence each; none when it can.

    No sentence quotes the database's own words: they may hold a host or a name.
    """
    return _first_hindrance()[1]


def _first_hindrance() -> tuple[str, list[str]]:
    try:
        for kind, look in (
            ("version", guards.too_old),
            ("migrations", missing_migrations),
            ("guards", guards.differences),
        ):
            if reasons := look():
                return kind, reasons
    except DatabaseError:
        return "database", [AWAY]
    return "", []


def missing_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return []
    return [f"Migrations to apply: {len(plan)}. Run: manage.py migrate"]

"""What an operator's probes ask: is the process alive, and can it do its work."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial import guards


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """``/healthz``: 200 while the process answers; asks no database."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """``/readyz``: 200, or 503 with every reason why not."""
    reasons = hindrances()
    if reasons:
        return JsonResponse({"status": "not ready", "reasons": reasons}, status=503)
    return JsonResponse({"status": "ready"})


def hindrances() -> list[str]:
    """Why the site cannot do its work now, one sentence each; none when it can.

    No sentence quotes the database's own words: they may hold a host or a name.
    """
    try:
        return guards.too_old() or missing_migrations() or guards.differences()
    except DatabaseError:
        return ["The database cannot be reached."]


def missing_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return []
    return [f"Migrations to apply: {len(plan)}. Run: manage.py migrate"]

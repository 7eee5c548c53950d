"""All that the database holds, in a form that two runs of one act can be compared in.

Keys count from the beginning of their table, since PostgreSQL never gives one twice;
moments, hashes of passwords and sessions are left out.
"""

from django.apps import apps
from django.db import models

# The log and its proofs say the same once more, with keys and moments in their hashes.
LEFT_OUT = (
    "conditions.Printed",  # made of the rest, and says in which second
    *("conditions.Indexed", "conditions.NameWord", "conditions.Trigram"),  # too
    *("sessions.Session", "contenttypes.ContentType", "auth.Permission"),
    *("editorial.LogEntry", "conditions.Proof"),
    "editorial.CacheEntry",  # how often somebody tried, and when
)
CHANGING = (models.DateTimeField, models.UUIDField, models.BinaryField)
# What is made at random, or says a key once more; `data` is of a second factor.
SALTED = ("password", "object_id", "root", "data", "occasion", "message_id")


def everything():
    """Return every row of every table, as sorted words."""
    tables = [m for m in apps.get_models() if m._meta.label not in LEFT_OUT]
    ranks = {model: _ranks(model) for model in tables}
    return {
        model._meta.label: [_row(row, ranks) for row in _rows(model)]
        for model in tables
    }


def _rows(model):
    return model._base_manager.order_by("pk")


def _ranks(model):
    keys = _rows(model).values_list("pk", flat=True)
    return {key: rank for rank, key in enumerate(keys)}


def _row(row, ranks):
    return {
        field.attname: _value(row, field, ranks)
        for field in row._meta.concrete_fields
        if not isinstance(field, CHANGING) and field.name not in SALTED
    }


def _value(row, field, ranks):
    value, model = getattr(row, field.attname), type(row)
    if field.is_relation:
        return ranks.get(field.related_model, {}).get(value, value)
    if field.primary_key:
        return ranks[model][value]
    if field.name == "id" and hasattr(model, "instance_type"):
        return ranks[model.instance_type].get(value, value)
    return value

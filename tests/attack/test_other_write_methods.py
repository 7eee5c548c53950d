"""Every way to write that an object, a relation or a history has, beside a queryset.

By introspection, as in `test_write_methods.py`: what a later Django or a later
django-simple-history adds has no row here, and fails a test.
"""

import pytest
from asgiref.sync import async_to_sync
from django.db import models
from django.db.models import Manager, QuerySet
from simple_history.models import registered_models

from conditions.models import Page
from editorial import guards
from editorial.models import (
    Comment,
    LostText,
    Reading,
    RefusedSigning,
    Summary,
    WrittenReason,
)
from tests.attack.conftest import TRIED
from tests.attack.test_write_methods import columns, live, refusal, same
from tests.builders import make_condition

pytestmark = pytest.mark.django_db

GUARDED = [*guards.kept_models(), Summary, Page]
RECORDED = sorted(set(registered_models.values()), key=lambda model: model.__name__)
# What only adds a row that no reader sees: `verify` misses its entry in the log.
GROWS = (LostText, Reading, RefusedSigning, WrittenReason, Comment)

OF_OBJECTS = {
    "save": lambda one: one.save(),
    "asave": lambda one: async_to_sync(one.asave)(),
    "save_base": lambda one: one.save_base(),
    "delete": lambda one: one.delete(),
    "adelete": lambda one: async_to_sync(one.adelete)(),
    "save_without_historical_record": lambda one: one.save_without_historical_record(),
}
OBJECT_READS = {
    *("arefresh_from_db", "check", "clean", "clean_fields", "date_error_message"),
    *("from_db", "full_clean", "get_constraints", "get_deferred_fields", "pk"),
    *("prepare_database_save", "refresh_from_db", "serializable_value"),
    *("unique_error_message", "validate_constraints", "validate_unique"),
    *("DoesNotExist", "MultipleObjectsReturned", "Meta", "objects", "history"),
    # of a history row
    *("diff_against", "get_default_history_user", "history_object", "instance"),
    *("instance_type", "next_record", "prev_record", "revert_url", "tracked_fields"),
    # our own
    *("address", "read_content", "read_record", "asked_of", "may_sign_on"),
    *("changed", "note_columns"),
    "what",
}
OF_RELATIONS = {
    "add": lambda rows, one: rows.add(one),
    "add by saving": lambda rows, one: rows.add(one, bulk=False),
    "set": lambda rows, one: rows.set([one]),
    "aadd": lambda rows, one: async_to_sync(rows.aadd)(one),
    "aset": lambda rows, one: async_to_sync(rows.aset)([one]),
    "create": lambda rows, one: rows.create(**columns(one)),
    "acreate": lambda rows, one: async_to_sync(rows.acreate)(**columns(one)),
    "get_or_create": lambda rows, one: rows.get_or_create(pk=-1, defaults=columns(one)),
    "aget_or_create": lambda rows, one: async_to_sync(rows.aget_or_create)(
        pk=-1, defaults=columns(one)
    ),
    "update_or_create": lambda rows, one: rows.update_or_create(
        pk=-1, defaults=columns(one)
    ),
    "aupdate_or_create": lambda rows, one: async_to_sync(rows.aupdate_or_create)(
        pk=-1, defaults=columns(one)
    ),
}
RELATION_READS = {
    *("core_filters", "do_not_call_in_templates", "field", "get_prefetch_queryset"),
    *("get_prefetch_querysets", "instance", "model", "name"),
}
HISTORY_READS = {
    *("as_instances", "as_of", "get_super_queryset", "instance", "latest_of_each"),
    *("model", "most_recent", "name"),
}


def public(thing):
    return {name for name in dir(thing) if not name.startswith("_")}


def beside_querysets(manager):
    return public(manager) - public(QuerySet) - public(Manager)


def methods(model):
    """Return the names of an object that no field gives it."""
    fields = model._meta.get_fields()
    given = {getattr(field, "attname", field.name) for field in fields}
    given |= {field.name for field in fields}
    given |= {r.get_accessor_name() for r in fields if r.auto_created and r.is_relation}
    shown = ("get_next_by_", "get_previous_by_")
    return {
        name
        for name in public(model) - given
        if not name.startswith(shown) and not name.endswith("_display")
    }


def relations():
    """Yield each relation with a name of its own that leads to guarded rows."""
    for model in GUARDED:
        for field in model._meta.concrete_fields:
            relation = field.remote_field
            if relation and relation.one_to_many and not relation.hidden:
                yield model, field


RELATIONS = [pytest.param(*pair, id=str(pair[1])) for pair in relations()]


def first(model):
    return QuerySet(model).filter(**live(model)).order_by("pk").first()


def related(field, row):
    """Return the relation's manager, as a row has it that is not the one's own."""
    owner = QuerySet(field.related_model).exclude(pk=getattr(row, field.attname))
    return getattr(owner.first() or getattr(row, field.name), accessor(field))


def accessor(field):
    return field.remote_field.get_accessor_name()


@pytest.mark.parametrize("model", {*GUARDED, *RECORDED}, ids=lambda m: m.__name__)
def test_every_method_of_an_object_is_known(model):
    assert methods(model) - OBJECT_READS <= OF_OBJECTS.keys()


@pytest.mark.parametrize(("model", "field"), RELATIONS)
def test_every_method_of_a_relation_is_known(world, model, field):
    more = beside_querysets(related(field, first(model)))

    assert more - RELATION_READS <= OF_RELATIONS.keys()


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
def test_every_method_of_a_history_is_known(world, model):
    for history in (model.history, QuerySet(model).first().history):
        assert beside_querysets(history) - HISTORY_READS == {"bulk_history_create"}


@pytest.mark.parametrize("name", OF_OBJECTS)
@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_a_method_of_an_object_alters_nothing(world, model, name):
    one = first(model)
    if not hasattr(one, name):
        return
    same(one)  # of a page: takes away what readers see

    answer = refusal(lambda: OF_OBJECTS[name](one))

    TRIED.append(("object", f"{model.__name__} {name}", answer))
    assert answer


@pytest.mark.parametrize("name", OF_RELATIONS)
@pytest.mark.parametrize(("model", "field"), RELATIONS)
def test_a_method_of_a_relation_alters_nothing(world, model, field, name):
    one = first(model)
    make_condition(world.desk.editor, slug="other", name="other", identifiers=[])
    rows = related(field, one)

    answer = refusal(lambda: OF_RELATIONS[name](rows, one))

    added = "create" in name and model in GROWS
    TRIED.append(("relation", f"{field} {name}"[:45], answer or "a row more"))
    assert bool(answer) != added


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
def test_a_history_takes_no_rows_but_those_that_verify_misses(world, model):
    one = QuerySet(model).first()
    by = {"default_user": world.desk.editor}

    answer = refusal(lambda: model.history.bulk_history_create([one], **by))

    TRIED.append(("history", f"{model.__name__} history", answer or "a row more"))
    assert bool(answer) == (model is Summary)


def test_no_model_has_a_method_that_its_base_lost():
    """One that a later Django takes away is taken out above."""
    assert OF_OBJECTS.keys() - public(models.Model) == {
        "save_without_historical_record"
    }

"""Ways to write that are none here, by the shape of models and screens alone."""

from django.apps import apps
from django.contrib import admin
from simple_history.models import registered_models

from conditions.write_once import History
from editorial import guards
from editorial.models import (
    Comment,
    LostText,
    Reading,
    RefusedSigning,
    SignOff,
    Summary,
    WrittenReason,
)
from tests.attack.paths import HISTORY, no_such_way

RECORDED = set(registered_models.values())


def guarded():
    """Every model whose rows are kept, recorded, or worked on under a guard."""
    page = apps.get_model("conditions.Page")
    return {*guards.kept_models(), *RECORDED, page}


def pointing_at(model):
    """Every relation from another model to this one, also where it has no name."""
    fields = model._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.is_relation and one.auto_created]


def screens():
    return [one for model, one in admin.site._registry.items() if model in guarded()]


def no_many_to_many(world):
    """No row says with a row of another table what it is."""
    for model in guarded():
        assert not model._meta.many_to_many, model
        assert not [one for one in pointing_at(model) if one.many_to_many], model


def no_action(world):
    assert screens()
    for screen in screens():
        assert screen.actions is None, screen


def no_list_editable(world):
    for screen in screens():
        assert not screen.list_editable, screen
        assert not screen.save_as, screen


def no_inline(world):
    for screen in screens():
        assert not screen.inlines, screen


def children_are_kept(world):
    """What belongs to a text is written once; none of it is text that readers see."""
    children = {one.related_model for one in pointing_at(Summary)}
    assert children == {
        SignOff,
        LostText,
        RefusedSigning,
        WrittenReason,
        Comment,
        Reading,
    }
    assert children < set(guards.kept_models())


def every_child_is_guarded(world):
    """No table that is not guarded hangs on one that is, but for plans and reports."""
    loose = {
        (one.related_model._meta.label, model._meta.label)
        for model in guarded()
        for one in pointing_at(model)
        if one.related_model not in guarded()
    }
    assert loose == {
        ("editorial.Schedule", "conditions.Edition"),
        ("conditions.Report", "conditions.Edition"),
    }


def no_history_goes_along(world):
    for model in RECORDED:
        manager = model._meta.simple_history_manager_attribute
        history = getattr(model, manager).model
        assert history in guards.kept_models()
        assert not History().cascade_delete_history
    assert HISTORY in guards.kept_models()


THAT_ARE_NOT = (
    no_such_way("an admin action that calls update()", no_action),
    no_such_way("list_editable, save_as", no_list_editable),
    no_such_way("inlines", no_inline),
    no_such_way("m2m through create", no_many_to_many),
    no_such_way("m2m target delete", no_many_to_many),
    no_such_way("reverse m2m add", no_many_to_many),
    no_such_way("rows of recorded children", children_are_kept),
    no_such_way("rows of unrecorded children", every_child_is_guarded),
    no_such_way("cascade_delete_history", no_history_goes_along),
)

import pytest
from django.db import models
from simple_history.models import registered_models

from conditions.models import Condition, Edition, Page, Publication, Question, Source
from conditions.write_once import UNRECORDED_WRITES, RefusedWrite, WrittenOnce
from editorial.models import (
    LostText,
    RefusedSigning,
    SignOff,
    Summary,
    WrittenReason,
)
from tests.builders import Desk

pytestmark = pytest.mark.django_db

READS = {
    *("aggregate", "alias", "all", "annotate", "as_manager", "complex_filter"),
    *("contains", "count", "dates", "datetimes", "db", "defer", "difference"),
    *("distinct", "earliest", "exclude", "exists", "explain", "extra", "filter"),
    *("first", "get", "in_bulk", "intersection", "iterator", "last", "latest"),
    *("none", "only", "order_by", "ordered", "prefetch_related", "query", "raw"),
    *("resolve_expression", "reverse", "select_for_update", "select_related"),
    *("union", "using", "values", "values_list"),
}
RECORDED = sorted(set(registered_models.values()), key=lambda model: model.__name__)
RECORDED_WRITES = {"create", "get_or_create", "update_or_create"}


def test_every_method_of_a_queryset_is_a_read_a_recorded_write_or_refused():
    names = {name for name in dir(models.QuerySet) if not name.startswith("_")}
    sync = {name for name in names if not (name[0] == "a" and name[1:] in names)}

    assert sync - READS - RECORDED_WRITES - set(UNRECORDED_WRITES) == set()


@pytest.mark.parametrize("name", UNRECORDED_WRITES)
@pytest.mark.parametrize(
    "model",
    [
        *(Summary, Condition, Question, Source, Page),
        *(Edition, Publication, SignOff, RefusedSigning, LostText, WrittenReason),
    ],
)
def test_a_write_without_a_record_is_refused(model, name):
    with pytest.raises(RefusedWrite, match=f"{name}\\(\\) is refused"):
        getattr(model.objects.all(), name)()


@pytest.mark.parametrize("model", RECORDED)
@pytest.mark.parametrize("skip", [True, False])
def test_a_save_that_would_skip_history_is_refused(model, skip):
    row = model(pk=1)
    row.skip_history_when_saving = skip  # that it is there at all skips history

    with pytest.raises(RefusedWrite, match="would leave no history"):
        row.save()


@pytest.mark.parametrize("model", RECORDED)
def test_a_save_without_a_record_is_refused(model):
    with pytest.raises(RefusedWrite, match="would leave no history"):
        model(pk=1).save_without_historical_record()
    with pytest.raises(RefusedWrite, match="would leave no history"):
        model(pk=1).save_base(raw=True)


@pytest.mark.parametrize("model", RECORDED)
def test_nothing_is_saved_while_history_is_switched_off(model, settings):
    settings.SIMPLE_HISTORY_ENABLED = False

    with pytest.raises(RefusedWrite, match="would leave no history"):
        model(pk=1).save()


@pytest.mark.parametrize("model", RECORDED)
def test_a_row_with_history_is_not_deleted(model):
    with pytest.raises(RefusedWrite, match="kept for ever"):
        model(pk=1).delete()


def test_a_row_written_once_is_not_saved_again():
    desk = Desk()
    desk.live()
    edition = Edition.objects.get()
    edition.number = 7

    with pytest.raises(RefusedWrite, match="written once"):
        edition.save()


def test_a_row_written_once_is_not_deleted():
    Desk().live()

    with pytest.raises(RefusedWrite, match="kept for ever"):
        SignOff.objects.get().delete()


def test_every_kept_model_is_guarded_by_its_base():
    kept = (Edition, Publication, SignOff, RefusedSigning, LostText, WrittenReason)
    for model in kept:
        assert issubclass(model, WrittenOnce)

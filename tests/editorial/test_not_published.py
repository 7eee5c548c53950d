"""A publication that failed at its time is mailed to who set it and to the editors."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from editorial import clock, mail, publishing
from editorial.models import Kind, Mail
from editorial.states import Role
from tests.builders import Desk, make_editor, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    return Desk()


def planned(desk):
    summary, at = desk.reviewed(), clock.now() + timedelta(days=1)
    publishing.schedule(summary, by=desk.editor, at=at)
    return summary, at


def test_who_set_the_time_of_what_failed_is_mailed_once_and_so_are_the_editors(desk):
    sam = make_editor("sam", "Sam Okoro")
    summary, at = planned(desk)
    tamper("UPDATE conditions_edition SET record = '{}'")

    with clock.moved_to(at):
        publishing.publish_due()
        publishing.publish_due()

    rows = Mail.objects.order_by("to__username")
    assert [(row.kind, row.to) for row in rows] == [
        ("not_published", desk.editor),
        ("not_published", sam),
    ]
    words = [row.email.message for row in rows]
    assert ["that you set" in one for one in words] == [True, False]
    for one in words:
        assert one.count("http") == 1
        assert f"/admin/editorial/summary/{summary.pk}/review/" in one
        assert not {"osseous", "POH", "research"} & set(one.split())


def test_who_set_it_and_is_no_editor_any_more_is_mailed_too(desk):
    _, at = planned(desk)
    sam = make_editor("sam", "Sam Okoro")
    desk.editor.groups.set(Group.objects.filter(name=Role.WRITER.value))

    with clock.moved_to(at):
        publishing.publish_due()

    assert {row.to for row in Mail.objects.all()} == {desk.editor, sam}


def test_who_set_it_and_left_is_not_mailed(desk):
    _, at = planned(desk)
    desk.editor.groups.clear()

    with clock.moved_to(at):
        publishing.publish_due()

    assert not Mail.objects.exists()


def test_what_is_published_at_its_time_is_no_failure(desk):
    _, at = planned(desk)

    with clock.moved_to(at):
        publishing.publish_due()

    assert not Mail.objects.exists()


def test_who_does_without_is_not_mailed_of_a_failure(desk):
    mail.choose(desk.editor, without=[Kind.NOT_PUBLISHED], digest="never")
    _, at = planned(desk)
    tamper("UPDATE conditions_edition SET record = '{}'")

    with clock.moved_to(at):
        publishing.publish_due()

    assert not Mail.objects.exists()

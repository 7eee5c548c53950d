"""Whom an editor may ask to review a text."""

import pytest

from editorial.desk.review.move_forms import Assign
from editorial.states import Role
from tests.builders import Desk, make_user

pytestmark = pytest.mark.django_db


def test_nobody_is_asked_who_cannot_sign():
    desk = Desk()
    make_user("root", Role.MEDICAL_REVIEWER, superuser=True)
    gone = make_user("gone", Role.MEDICAL_REVIEWER)
    gone.is_active = False
    gone.save()

    form = Assign(summary=desk.draft(), user=desk.editor)

    assert list(form.fields["reviewer"].queryset) == [desk.reviewer]

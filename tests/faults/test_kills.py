"""kill -9 at any moment of saving, signing and publishing, many times over."""

import os
import random
import time

import pytest

from editorial.models import SigningAttempt
from tests.faults.acts import Newsroom, acting
from tests.faults.wholeness import half_done, lost, unpublished

KILLS = int(os.environ.get("KILLS", "3"))

pytestmark = pytest.mark.usefixtures("database")


def test_an_act_that_is_killed_is_whole_or_absent():
    newsroom, acknowledged = Newsroom(), []
    for kill in range(KILLS):
        with acting(newsroom, start=kill) as process:
            process.wait()
            time.sleep(random.uniform(0, 0.1))
        acknowledged += process.acknowledged()
        assert "error" not in acknowledged[-1]
        assert half_done() == unpublished() == []
        assert lost(acknowledged) == []
        # A guess that is cut off counts as wrong; so often, nobody could sign any more.
        SigningAttempt.objects.all().delete()
    signed = sum("sign_off" in act for act in acknowledged)
    public = sum("publication" in act for act in acknowledged)
    print(
        f"{KILLS} kills; acknowledged: {len(acknowledged)} acts, of which {signed} "
        f"signatures and {public} publications"
    )

"""How the tests of the desk open its screens."""

import pytest
from django.urls import reverse


@pytest.fixture
def look(client):
    """Open the review of a summary as somebody; return the answer."""

    def at(summary, by):
        client.force_login(by)
        return client.get(reverse("admin:editorial_summary_review", args=(summary.pk,)))

    return at

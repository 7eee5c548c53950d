"""Times what an author and a moderator do, and prints the seconds of each as JSON."""

import json
import time

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand
from django.test import Client
from django.urls import reverse

from answers.models import AnswerPage

TIMES, VIEWS, REVISIONS = 25, 5, 500


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        user = get_user_model().objects.get(username="moderator")
        page = AnswerPage.objects.order_by("pk").first()
        turn = iter(range(10**6))

        def changed():
            page.short_answer = f"Text {next(turn)} of {time.time()}."
            return page.save_revision(user=user)

        while page.revisions.count() < REVISIONS:
            changed()
        draft = AnswerPage.objects.order_by("pk")[1]
        saved = [timed(lambda: saved_again(draft, user, turn)) for _ in range(TIMES)]
        published = [timed(lambda: changed().publish(user=user)) for _ in range(TIMES)]
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user)
        address = reverse("wagtailadmin_pages:history", args=(page.pk,))
        assert client.get(address).status_code == 200
        history = [timed(lambda: client.get(address)) for _ in range(VIEWS)]
        told = {"saved": saved, "published": published, "history": history}
        self.stdout.write(json.dumps(told))


def saved_again(page, user, turn):
    page.short_answer = f"Text {next(turn)} of {time.time()}."
    page.save_revision(user=user)


def timed(act):
    before = time.perf_counter()
    act()
    return time.perf_counter() - before

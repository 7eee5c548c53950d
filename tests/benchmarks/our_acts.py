"""Times what a writer and an editor do here, and prints the seconds of each as JSON.

What lies between a save and its publication elsewhere has no counterpart: the text is
submitted and signed too, which "signed" times by itself, a password checked beforehand.
"""

import json
import os
import time
from functools import partial

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
TIMES, VIEWS, REVISIONS = 25, 5, 500
THEIR_ROWS = 20  # on a page of Wagtail's history; ours has more
BODY = "physiotherapy keeps joints moving [@gard-poh]"


def main():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.PUBLISH_ON_SIGN_OFF = False
    call_command("migrate", verbosity=0)
    desk, summary, draft = the_desk()
    turn = iter(range(10**9))

    def words():
        return f"- {BODY} {next(turn)} {time.time()}"

    while summary.revision < REVISIONS:
        summary = desk.revise(summary, words())
    saved = []
    for _ in range(TIMES):
        # As a form does: it holds the revision that it was opened with.
        save = partial(revise, draft, desk.text(words()), desk.writer)
        seconds, draft = timed(save)
        saved.append(seconds)
    published, signed = [], []
    for _ in range(TIMES):
        summary, public, sign = edition(desk, summary, words())
        published.append(public)
        signed.append(sign)
    told = {"saved": saved, "published": published, "signed": signed}
    print(json.dumps(told | {"history": history(desk, summary)}))


def the_desk():
    """Return the desk, a text with many revisions and another; made the first time."""
    from editorial.models import Summary
    from tests import builders
    from tests.benchmarks.large_site import filled

    if not filled():
        desk = builders.Desk()
        desk.draft()
        desk.question = builders.make_question(
            desk.editor, slug="cause", pattern="What causes {condition}?"
        )
        desk.draft()
    desk = filled()
    first, second = Summary.objects.order_by("pk")
    if first.status == "reviewed":
        from editorial import workflow

        first = workflow.start_revision(first, by=desk.writer)
    return desk, first, second


def revise(summary, text, by):
    from editorial import writing

    return writing.revise(summary, by=by, text=text, against=summary.revision)


def edition(desk, summary, body):
    """Save, submit, sign and publish; return the seconds of save and publication."""
    from editorial import publishing, workflow
    from tests import builders

    if summary.status == "reviewed":
        summary = workflow.start_revision(summary, by=desk.writer)
    save, summary = timed(partial(revise, summary, desk.text(body), desk.writer))
    workflow.submit_for_review(summary, by=desk.writer)
    builders.read(summary, by=desk.reviewer)
    sign, _ = timed(lambda: builders.sign(summary, by=desk.reviewer))
    publish, _ = timed(lambda: publishing.publish(summary, by=desk.editor))
    return builders.fresh(summary), save + publish, sign


def history(desk, summary):
    from django.test import Client
    from django.urls import reverse

    from editorial.desk.review import timeline

    timeline.A_PAGE = THEIR_ROWS
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(desk.editor)
    address = reverse("admin:editorial_summary_history", args=(summary.pk,))
    assert client.get(address).status_code == 200
    return [timed(lambda: client.get(address))[0] for _ in range(VIEWS)]


def timed(act):
    """Return the seconds of an act, and what it returned."""
    before = time.perf_counter()
    done = act()
    return time.perf_counter() - before, done


if __name__ == "__main__":
    main()

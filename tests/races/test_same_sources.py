"""Two imports that add the same sources: one does, the other is told, neither hangs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.db import connection, connections

from conditions.models import Source
from editorial import importing
from tests.builders import Desk, make_condition, make_question

FILE = """\
---
condition: {{slug: {slug}, name: {slug}}}
question: {{slug: {slug}, pattern: "What {slug} {{condition}}?"}}
short_answer: A rare disorder.
sources:
- {{key: {first}, title: A title, kind: web, url: "https://example.org/{first}", year: 2020}}
- {{key: {second}, title: A title, kind: web, url: "https://example.org/{second}", year: 2020}}
---
It is rare [@{first}; @{second}].
"""  # noqa: E501 - a list in YAML


class Meeting:
    """Lets two acts go on when each has added a source, or when one cannot."""

    def __init__(self):
        self.met = threading.Barrier(2, timeout=0.5)

    def statement(self, execute, sql, *rest):
        result = execute(sql, *rest)
        if sql.startswith('INSERT INTO "conditions_source"'):
            with suppress(threading.BrokenBarrierError):
                self.met.wait()
        return result


def test_two_imports_of_the_same_sources_do_not_wait_for_each_other(
    committed, tmp_path
):
    desk, meeting = Desk(), Meeting()
    for slug in ("one", "two"):
        make_condition(desk.editor, slug=slug, name=slug, identifiers=[])
        make_question(desk.editor, slug=slug, pattern=f"What {slug} {{condition}}?")

    def bring_in(slug, *keys):
        path = tmp_path / f"{slug}.md"
        words = {"slug": slug, "first": keys[0], "second": keys[1]}
        path.write_text(FILE.format(**words))
        try:
            with connection.execute_wrapper(meeting.statement):
                return importing.bring_in(importing.read(path), by=desk.editor)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(bring_in, "one", "a-source", "b-source")
        second = pool.submit(bring_in, "two", "b-source", "a-source")
        told = {one.result().kind: one.result().why for one in (first, second)}

    assert "start" in told, told
    assert Source.objects.filter(key__in=("a-source", "b-source")).count() == 2
    # On SQLite the second begins when the first has ended, and finds them there.
    assert told.keys() == {"start", "refused"} or connection.vendor == "sqlite"
    assert "clashes with this one" in told.get("refused", "clashes with this one")

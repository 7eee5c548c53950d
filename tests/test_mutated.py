"""Mutated words in every field, each in one output in turn: none becomes markup.

INPUTS says how many; `make soak` takes 100,000. The judge is judged too.
"""

import os
from collections import Counter
from functools import partial

import pytest
from django.template import base as templates
from django.utils.safestring import SafeString

from conditions import compare, markdown_copy, markup, reading
from conditions.templatetags import reader
from editorial import logs
from editorial.rules import MoveRefused
from editorial.writing import Text
from tests.builders import Desk, record
from tests.mutating import mutated
from tests.outputs import (
    OTHERS,
    PAGES,
    Newsroom,
    desk_difference,
    judge_log,
    judge_markdown,
    judge_page,
    message,
    page,
    preview,
    public_list,
    timeline,
    word_difference,
)
from tests.putting import PUTS, in_body, in_short_answer
from tests.reading_back import Page, as_typed, significant

INPUTS = int(os.environ.get("INPUTS", "1000"))
OUTPUTS = [*(partial(judge_page, make) for make in PAGES), *OTHERS]
HTTPS = "https://a.example/"


@pytest.fixture
def room(db):
    desk = Desk()
    desk.condition.community_name = "POH society"
    desk.condition.community_url = HTTPS
    record(desk.condition, desk.editor)
    summary = desk.live(drafting_note="By hand.")
    found = reading.find(summary.condition.slug, summary.question.slug)
    return Newsroom(found)


def settled(put, text):
    """Return the words as the verb stores them; raise what it refuses them with."""
    if put is in_body:
        body = Text(short_answer="", body=text).settled()["body"]
        if not set(markup.citations(body)) <= {"gard-poh", "pmid:11784876"}:
            raise MoveRefused("Add the cited source to the catalogue.")
        return body
    if put is in_short_answer:
        return Text(short_answer=text, body="").settled()["short_answer"]
    markup.check_visible(text)
    return text


def findings(room, inputs, outputs, done):
    """Put each input into one field of one output; yield what is wrong with it."""
    for number in range(inputs):
        output = outputs[number % len(outputs)]
        put = PUTS[number // len(outputs) % len(PUTS)]
        canary = f"canary{number}"
        text = f"{mutated(number)} {canary}"
        try:
            # A log has to bear what was refused, too.
            words = text if output is judge_log else settled(put, text)
        except (MoveRefused, markup.MarkupError) as refusal:
            done["refused"] += 1
            if not str(refusal).endswith("."):
                yield number, str(refusal)
            continue
        done[put.__name__] += 1
        copy = room.copy_with(partial(put, text=words))
        for wrong in output(room, copy, canary):
            yield number, put.__name__, output, wrong


def test_no_mutated_word_becomes_markup(room):
    done = Counter()
    found = list(findings(room, INPUTS, OUTPUTS, done))

    print(f"\n{INPUTS} inputs: {dict(done)}; dangerous: {len(found)}")
    assert found == []
    assert min(done[put.__name__] for put in PUTS) > INPUTS / 20


def test_every_letter_and_digit_of_a_body_is_shown_in_order_or_it_is_refused():
    lost = []
    for number in range(INPUTS):
        text = mutated(number)
        try:
            keys = markup.citations(text)
            html = markup.render(text, {key: n for n, key in enumerate(keys, 1)})
        except markup.MarkupError:
            continue
        page = Page(html)
        typed, signs = as_typed(text, page)
        same = significant(page.words, signs) == significant(typed, signs)
        lost += [text] * (not same)

    assert lost == []


class Same:
    def clean(self, html):
        return html


def unescaped(monkeypatch):
    monkeypatch.setattr(templates, "conditional_escape", SafeString)


def raw_html(monkeypatch):
    monkeypatch.setattr(markup, "_CLEANER", Same())
    monkeypatch.setattr(markup, "proofread", lambda *args: None)
    renderer = markup._PARSER.renderer
    rules = {"text": lambda tokens, place, *others: tokens[place].content}
    monkeypatch.setattr(renderer, "rules", renderer.rules | rules)


def raw_difference(monkeypatch):
    def joined(between, form, rows):
        return SafeString(between.join(form.format(*row) for row in rows))

    monkeypatch.setattr(compare, "format_html_join", joined)
    monkeypatch.setattr(compare, "format_html", lambda f, *a: SafeString(f.format(*a)))


def raw_data_block(monkeypatch):
    monkeypatch.setattr(reader, "AS_DATA", {})


def raw_markdown(monkeypatch):
    monkeypatch.setattr(markdown_copy, "plain", str)


def raw_log(monkeypatch):
    monkeypatch.setattr(logs, "visible", str)


@pytest.mark.parametrize(
    ("break_it", "makes"),
    [
        (unescaped, [page, timeline, message]),
        (raw_html, [page, preview, public_list]),
        (raw_difference, [desk_difference, word_difference]),
        (raw_data_block, [page]),
        (raw_markdown, []),
        (raw_log, []),
    ],
)
def test_the_judge_finds_a_renderer_that_lets_words_through(
    room, monkeypatch, break_it, makes
):
    outputs = [partial(judge_page, make) for make in makes]
    outputs = outputs or [judge_log if break_it is raw_log else judge_markdown]
    break_it(monkeypatch)

    assert next(findings(room, 2_000, outputs, Counter()), None)

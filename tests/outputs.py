"""Every output that words of people end in, made directly: no request, little database.

Each returns what was made of one content, and how it is to be judged.
"""

import json
import logging
from copy import deepcopy
from datetime import UTC, datetime
from types import SimpleNamespace
from xml.etree import ElementTree

import yaml
from django.template.loader import render_to_string
from markdown_it import MarkdownIt

from conditions import (
    compare,
    differences,
    feeds,
    listing,
    markdown_copy,
    structured_data,
    typesetting,
)
from conditions.models import Condition, Question
from conditions.reading import Copy
from editorial import changes, exporting, logs, mail
from editorial.desk.review import passages
from editorial.models import Summary
from tests.judging import Inventory, Judge, judge, judge_json
from tests.putting import PUTS

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2026, 5, 8, tzinfo=UTC)
MARKDOWN = MarkdownIt("commonmark", {"html": True})
MARKDOWN.validateLink = lambda url: True


class Newsroom:
    """One signed page, of which each input makes a copy with other words."""

    def __init__(self, found):
        self.found, self.copy = found, found.live()
        self.known = {}

    def copy_with(self, put):
        """Return the copy with the words that `put` writes into content and record."""
        content, record = deepcopy(self.copy.content), deepcopy(self.copy.record)
        put(content, record)
        return Copy(self.copy.edition, content, record)

    def tags(self, make):
        """Return the tags that an output holds where all words are harmless."""
        if make not in self.known:
            self.known[make] = Inventory(make(self, self.copy_with(harmless))).tags
        return self.known[make]


def harmless(content, record):
    """Put words into every field that no page could take for markup."""
    for put in PUTS:
        put(content, record, "https://a.example/")
    put_body = "https://a.example/ and so on [@gard-poh].\n\nTwo.\n\nThree."
    content["body"] = f"{put_body} cаre"


def page(room, copy):
    first = room.found.first_published_on
    context = typesetting.page_context(
        copy.content,
        copy.record,
        edition_number=1,
        record_sha256="0" * 64,
        history=[(1, copy.record)],
        first_published_on=first,
    )
    data = structured_data.json_ld(copy, first_published_on=first)
    context |= {"json_ld": data, "canonical": "https://a.example/"}
    return render_to_string("conditions/page.html", context)


def preview(room, copy):
    return typesetting.preview_html(copy.content)


def desk_difference(room, copy):
    """Show what changed, as the review screen does, and the whole text beside it."""
    parts = changes.against(room.copy.content, copy.content)
    found = passages.changed(parts, room.copy.content, copy.content)
    shown = {"changes": found, "from": "change", "whole": passages.whole(copy.content)}
    odd = {"hidden": changes.hidden(copy.content), "odd": changes.odd(copy.content)}
    return render_to_string(
        "editorial/reviewing/_parts.html", shown
    ) + render_to_string("editorial/reviewing/_faults.html", odd)


def word_difference(room, copy):
    return compare.words(
        room.copy.content["body"], copy.content["body"]
    ) + compare.words(copy.content["question"]["text"], "")


def public_list(room, copy):
    shown = listing.entries([copy])
    context = {"entries": shown, "opening": shown[0]}
    return render_to_string("conditions/_entries.html", context)


def word_by_word(room, copy):
    """Show what a reader sees differently, in both directions."""
    parts = differences.between(room.copy, copy) + differences.between(copy, room.copy)
    (change,) = typesetting.changes([(2, copy.record)])
    context = {"question": copy.content["question"]["text"], "change": change}
    context |= {"changed": parts, "before": 1, "address": copy.address}
    return render_to_string("conditions/edition_changes.html", context)


def feed_entry(room, copy):
    return feeds.signed_entry(copy, NOW)["description"]


def hub_lists(room, copy):
    context = {"changed": listing.entries([copy]), "condition": {"name": "A"}}
    context["last_updated"] = NOW.date()
    context["related"] = listing.related([(copy, copy.content["condition"]["genes"])])
    return render_to_string("conditions/condition.html", context)


def timeline(room, copy):
    said = copy.record["note"]
    event = {"who": copy.content["authors"][0], "what": "wrote", "kind": "refusal"}
    event |= {"words": said, "note": said, "at": room.copy.edition and None}
    summary = SimpleNamespace(pk=1, revision=1)
    context = {"event": event, "summary": summary}
    return render_to_string("editorial/summary/_event.html", context)


def message(room, copy):
    words = copy.content["question"]["text"] + copy.content["authors"][0]
    return render_to_string("admin/_messages.html", {"messages": [words]})


PAGES = [
    page,
    preview,
    desk_difference,
    word_difference,
    public_list,
    word_by_word,
    feed_entry,
    hub_lists,
    timeline,
    message,
]


def judge_page(make, room, copy, canary):
    said = canary if make in (page, preview) else ""
    return judge(make(room, copy), room.tags(make), said)


def judge_machine(room, copy, canary):
    """Judge the review record, and the data block that stands in the page."""
    found = SimpleNamespace(first_published_on=room.found.first_published_on)
    found.recorded, found.address = lambda: [], copy.address
    text = json.dumps(
        structured_data.review_record(found, copy, retracted_since={}, proof={}),
        ensure_ascii=False,
    )
    text.encode()
    return judge_json(text, copy.content["body"])


def judge_markdown(room, copy, canary):
    """Judge the copy in Markdown as the laxest of readers would show it."""
    found = SimpleNamespace(records=lambda: [], address=copy.address)
    found.editions = {}
    html = MARKDOWN.render(markdown_copy.compose(found, copy, {}))
    known = {
        "h1": set(),
        "hr": set(),
        "ol": {"start"},
        "code": {"class"},
        "pre": set(),
        "a": {"title"},
    }
    return Judge(html, known).found


def judge_mail(room, copy, canary):
    """Judge a mail: its subject is one line, and no line is a person's making."""
    name = copy.content["authors"][0]
    person = SimpleNamespace(printed_name=name, username="ines")
    said = mail.text("invitation", user=person, by=person, link="https://a", days=3)
    subject = said.partition("\n")[0]
    return [] if subject.startswith("Your account at ") else ["the subject is another"]


def judge_export(room, copy, canary):
    """Judge an exported file: read back, it says the same words."""
    content = copy.content
    condition = Condition(slug="a", name=content["condition"]["name"])
    condition.synonyms = content["condition"]["synonyms"]
    question = Question(slug="b", pattern=content["question"]["text"])
    summary = Summary(condition=condition, question=question, body=content["body"])
    summary.drafting_note = content["drafting"]["note"]
    head = exporting.to_markdown(summary).split("\n---\n")[0]
    back = yaml.safe_load(head.removeprefix("---\n"))
    same = back["condition"]["name"] == condition.name
    same = same and back["condition"]["synonyms"] == condition.synonyms
    return (
        [] if same and back["drafting"]["note"] == summary.drafting_note else ["lost"]
    )


def judge_log(room, copy, canary):
    """Judge a line of the log: one event, and nothing that steers a terminal."""
    words = copy.record["note"]
    record = logging.LogRecord("a", 30, "p", 1, "%s", (words,), None)
    text = logs.TextFormatter().format(record)
    lines = text.split("\n")
    found = [] if all(line.startswith("  ") for line in lines[1:]) else ["an event"]
    found += ["a sign"] * (not all(line.isprintable() for line in lines))
    json_text = logs.JsonFormatter().format(record)
    return found + judge_json(json_text, words) + ["a line"] * ("\n" in json_text)


def judge_feed(room, copy, canary):
    """Judge a feed: it is XML, and its entry has the question for its title."""
    entries = [feeds.signed_entry(copy, NOW)]
    answer = feeds.compose("/feeds/updates.atom", "Updates", "/", entries)
    titles = ElementTree.fromstring(answer.content).iter(f"{ATOM}title")
    said = "".join([one.text for one in titles][1].split())
    asked = feeds.UNWRITABLE.sub(feeds.REPLACED, copy.content["question"]["text"])
    return [] if said == "".join(asked.split()) else [f"another title: {said}"]


OTHERS = [judge_machine, judge_markdown, judge_mail, judge_export, judge_log]
OTHERS += [judge_feed]

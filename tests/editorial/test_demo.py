import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from conditions import markup
from conditions.models import Edition, Reviewer, Source
from editorial.models import User
from editorial.sample import people, story, texts
from tests.builders import make_writer

DRUGS = (
    *("palovarotene", "Sohonos", "garetosmab", "fidrisertib", "saracatinib"),
    *("zilurgisertib", "andecaliximab", "activin", "heterotopic ossification"),
)
WANTS_A_SOURCE = re.compile(
    r"\d|%|\b(approved|refused|trials?|phase|no (cure|treatment|medicine))\b", re.I
)


def run():
    # What is deferred must be settled before PostgreSQL lets migrate touch triggers.
    connection.check_constraints()
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_demo_stopped_half_way_leaves_nothing_and_the_next_run_completes(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(story, "ACTS", (*story.ACTS[:9], ("2026-05-09", "", None, "")))
        with pytest.raises(KeyError):
            run()
    assert User.objects.count() + Source.objects.count() + Edition.objects.count() == 0

    run()

    assert people.is_demonstration()


@pytest.mark.django_db
def test_demo_refuses_a_database_in_which_somebody_works_already():
    make_writer()

    with pytest.raises(CommandError, match="not made by the demonstration"):
        run()

    assert not Reviewer.objects.exists()


@pytest.mark.django_db
def test_demo_refuses_the_database_of_another_program():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE recipes (id integer)")

    with pytest.raises(CommandError, match="not made by the demonstration"):
        run()


def test_the_story_is_told_in_order():
    moments = [act[0] for act in story.ACTS]

    assert moments == sorted(moments)


@pytest.mark.parametrize("name", texts.names())
def test_sample_text_cites_each_of_its_sources_and_no_other(name):
    sheet = texts.read(name)

    markup.check(sheet.text.body)
    markup.check_short(sheet.text.short_answer)
    keys = [given.fields["key"] for given in sheet.draft.sources]
    assert markup.citations(sheet.text.body) == keys


@pytest.mark.parametrize("name", texts.names())
def test_sample_text_cites_every_figure_approval_and_trial_in_its_sentence(name):
    body = re.sub(
        r"^#.*$|^\|.*\|\n\|[-|]+$", "", texts.read(name).text.body, flags=re.M
    )

    sentences = re.split(r"(?<=[.!?:])\s+|\n", body)
    bare = [s for s in sentences if WANTS_A_SOURCE.search(s) and "[@" not in s]
    assert [s for s in bare if not s.endswith(":")] == []


@pytest.mark.parametrize("name", texts.names())
def test_sample_short_answer_is_short_and_begins_with_its_condition(name):
    sheet = texts.read(name)
    short = sheet.text.short_answer

    assert 20 <= len(short.split()) <= 60
    assert sheet.subject.condition.fields["name"] in short.split(". ")[0].lower()


@pytest.mark.parametrize("name", texts.names())
def test_sample_text_reads_at_grade_nine_or_below(name):
    sheet = texts.read(name)
    body = re.sub(r"^#.*$", "", sheet.text.body, flags=re.M)
    fields = sheet.subject.condition.fields
    names = [fields["name"], *fields["synonyms"], *fields["genes"], *DRUGS]

    assert grade(markup.to_text(sheet.text.short_answer), names) <= 9
    assert grade(markup.to_text(body), names) <= 9


def test_grade_of_a_hard_sentence_is_above_nine():
    hard = (
        "Precision approaches intercepting dysregulated signalling pathways represent "
        "considerable therapeutic opportunities for individuals."
    )

    assert grade(hard, []) > 12


def grade(text, names):
    """The Flesch-Kincaid grade, after the names of conditions, genes and drugs."""
    for name in names:
        text = re.sub(rf"\b{re.escape(name)}\b", "", text, flags=re.I)
    sentences = [
        words
        for part in re.split(r"(?<=[.!?:])\s+|\n| \| ", text)
        if (words := re.findall(r"[a-z]+(?:['’][a-z]+)?", part, re.I))
    ]
    words = [word for sentence in sentences for word in sentence]
    beats = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * beats / len(words) - 15.59


def syllables(word):
    silent = r"(?<![aeiouyl])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouyscxzg])es$"
    return len(re.findall(r"[aeiouy]+", re.sub(silent, "", word.lower()))) or 1

import re
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from conditions import markup
from conditions.models import Edition, Page, Publication, Reviewer, Source
from editorial import clock, guards, writing
from editorial.models import ReviewerAccount, Schedule, SignOff, Summary, User
from editorial.sample import people, story, texts
from editorial.states import Status
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


def answer(abbreviation, question):
    return Summary.objects.get(
        condition__abbreviation=abbreviation, question__slug=question
    )


def page(abbreviation, question):
    return Page.objects.get(
        condition__abbreviation=abbreviation, question__slug=question
    )


def everything():
    rows = {model: model.objects.count() for model in apps.get_models()}
    texts = Summary.objects.order_by("pk").values_list("pk", "revision", "body")
    return rows, list(texts)


@pytest.mark.django_db
def test_demo_shows_every_state_a_summary_and_a_page_can_be_in():
    run()

    states = Counter(Summary.objects.filter(set_aside=False).values_list("status"))
    assert {state for (state,) in states} == set(Status.values)
    assert Summary.objects.get(set_aside=True).status == Status.DRAFT
    for abbreviation in ("FOP", "POH"):
        asked = Summary.objects.filter(condition__abbreviation=abbreviation)
        assert asked.filter(set_aside=False).count() >= 3

    research = page("FOP", "research")
    assert research.live_edition.number == 2
    withdrawn = Publication.objects.get(kind="withdrawn")
    assert withdrawn.edition.page.live_edition is None
    overdue = [
        p
        for p in Page.objects.exclude(live_edition=None)
        if p.live_edition.read_record()["review_due_on"] < clock.today().isoformat()
    ]
    assert page("POH", "research") in overdue

    revised = answer("FOP", "causes")
    frozen = page("FOP", "causes").live_edition.read_content()
    assert (revised.status, revised.body == frozen["body"]) == (Status.DRAFT, False)
    planned = Schedule.objects.get()
    assert planned.publish_at > clock.now()
    assert planned.edition.page.live_edition is None
    half = SignOff.objects.get(summary=answer("POH", "treatment"))
    assert half.summary.question.signatures_required == 2
    both = page("FOP", "treatment").live_edition.read_record()["signatures"]
    assert [one["reviewer"] for one in both] == ["ines-falk", "jonas-adeyemi"]
    assert guards.differences() == []


@pytest.mark.django_db
def test_demo_prints_logins_that_open_the_desk(client, settings):
    printed = run()

    assert f"{settings.SITE_URL}/admin/" in printed
    for username in ("writer", "reviewer", "editor"):
        password = re.search(rf"^ +{username} +(\S+)", printed, re.M)[1]
        assert client.login(username=username, password=password)
        assert User.objects.get(username=username).is_staff


@pytest.mark.django_db
def test_demo_reviewers_are_verified_by_somebody_else_for_two_years():
    run()

    for account in ReviewerAccount.objects.all():
        assert account.verified_by.is_superuser
        assert (account.expires_on - clock.today()).days == 730


@pytest.mark.django_db
def test_demo_run_again_keeps_what_was_typed_and_adds_nothing():
    run()
    row = answer("FOP", "diagnosis")
    writing.revise(
        row,
        by=User.objects.get(username="writer"),
        text=writing.Text(short_answer=row.short_answer, body="Typed since."),
        against=row.revision,
    )
    before = everything()

    run()

    assert everything() == before


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

import pytest

from editorial import publishing
from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk, tamper
from tests.readers import HUB, PAGE, parse

ALTER = "UPDATE conditions_edition SET content = replace(content, 'no', 'so')"


@pytest.fixture
def desk(db):
    return Desk()


def ask(desk, slug):
    desk.question = builders.make_question(
        desk.editor, slug=slug, pattern=f"{slug} of {{condition}}?"
    )
    return builders.page(desk.live()).live_edition_id


def rename(desk, synonym):
    desk.condition.synonyms = [synonym]
    builders.record(desk.condition, desk.editor)


def test_a_condition_stays_listed_when_its_newest_edition_was_altered(
    desk, visit, caplog
):
    for slug in ("research", "cause", "outlook"):
        rename(desk, f"known by {slug}")
        bad = desk.live() if slug == "research" else ask(desk, slug)
    desk.condition = builders.make_condition(desk.editor, slug="beta", name="beta")
    desk.live()
    tamper(f"{ALTER} WHERE id = %s", bad)

    a_to_z, home = parse(visit("/conditions/")), visit("/").body.decode()

    own = [a.words for a in a_to_z.all("a") if a.attrs["href"] == HUB]
    assert "Progressive osseous heteroplasia" in own
    assert a_to_z.all(class_="aka")[-1].words == "POH, known by cause"
    assert f"{HUB}outlook/" not in home
    assert f"edition {bad} is left out of a list" in caplog.text


def test_a_condition_with_no_edition_to_verify_is_listed_nowhere(desk, visit):
    desk.live()
    ask(desk, "cause")
    tamper(ALTER)

    assert "eteroplasia" not in visit("/conditions/").body.decode()


def earlier(visit):
    words = parse(visit("/reviewers/ines/")).one(aria_labelledby="signed").words
    return words.partition("also signed ")[2]


def test_earlier_editions_of_a_reviewer_are_counted(desk, visit):
    summary = desk.live()
    assert earlier(visit) == ""

    summary = desk.new_edition(summary, f"{BODY}\n- braces")
    assert earlier(visit).startswith("1 earlier edition that is not live now.")

    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note="We check.")
    assert earlier(visit).startswith("2 earlier editions that are not live now.")


def test_an_edition_put_back_is_counted_once(desk, visit):
    summary = desk.live()
    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note="We check.")
    publishing.reinstate(summary, by=desk.editor, reason="No doubt.")

    desk.new_edition(Summary.objects.get(), f"{BODY}\n- braces")

    assert earlier(visit).startswith("1 earlier edition that")


def test_an_edition_that_was_never_published_is_not_counted(desk, visit, settings):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False

    desk.new_edition(summary, f"{BODY}\n- braces")

    assert earlier(visit) == ""
    assert visit(PAGE).status == 200

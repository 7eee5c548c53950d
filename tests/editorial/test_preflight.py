"""Preflight of summaries and files: what is looked at, and how it is told."""

import json

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from conditions.models import Condition
from editorial import preflight
from editorial.checks.finding import Severity
from editorial.checks.ruleset import milder, rules
from editorial.manuscript import Manuscript
from tests.builders import DOSED, LENIENT, WHY, Desk, make_condition
from tests.editorial.checks.building import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_rules")]
BODY = "There is no cure [@pmid:1]. It is a miracle [@pmid:11784876]."


def codes(found):
    return [one.code for one in found]


@pytest.fixture
def summary():
    return Desk().draft(BODY)


def test_findings_stand_in_reading_order_the_gravest_first():
    found = preflight.look(
        text(short_answer="A miracle.", body="There is no cure. A miracle."), rules()
    )

    places = [(one.place.field, one.place.start) for one in found]
    assert places == sorted(places, key=lambda p: (p[0] != "short_answer", p[1]))
    assert [one.severity for one in found][:2] == [Severity.BLOCKS, Severity.BLOCKS]


def test_a_finding_tells_its_words_as_they_stand_in_the_source():
    (one,) = preflight.look(text(body="Some **miracle** cure-all."), rules())

    assert (one.words, one.place.start) == ("miracle", 7)


def test_what_is_found_is_counted_in_one_line():
    found = preflight.look(
        text(body="A word. TODO (again. You should take it."), rules()
    )

    assert preflight.told([]) == "Preflight finds nothing."
    assert preflight.told(found) == (
        "Preflight: 2 findings block, 1 needs a reason and 1 warning stands."
    )


def test_a_summary_is_looked_at_with_its_condition_and_sources(summary):
    looked = preflight.of(Manuscript(summary))

    assert looked.subject.name == summary.condition.name
    assert {one.key for one in looked.sources} == {"pmid:11784876"}
    assert "P10" in codes(preflight.look(looked, rules()))


def checked(capsys, *args):
    blocked = False
    try:
        call_command("check_summaries", *args)
    except CommandError as error:
        blocked = str(error)
    return capsys.readouterr().out, blocked


def test_the_command_tells_every_finding_of_every_draft(summary, capsys):
    out, blocked = checked(capsys)

    name = f"{summary.condition.slug}/{summary.question.slug}"
    assert out.startswith(name)
    assert "P10 blocks body: “There is no cure” Say as of when" in out
    assert blocked == "1 of 1 would be held back."


def test_the_command_speaks_json(summary, capsys):
    out, blocked = checked(capsys, "--format", "json")

    (one,) = json.loads(out)
    found = next(f for f in one["findings"] if f["code"] == "P10")
    assert (found["severity"], found["field"]) == ("blocks", "body")
    assert BODY[found["start"] : found["end"]] == found["words"] == "There is no cure"
    assert blocked


def test_a_file_that_cannot_be_read_is_told_and_stops_no_other(tmp_path, capsys):
    (tmp_path / "a.md").write_text("no front matter")
    (tmp_path / "b.txt").write_text("")

    out, blocked = checked(capsys, str(tmp_path))

    assert out.count("held back: ") == 2
    assert blocked == "2 of 2 would be held back."


def test_files_are_looked_at_and_nothing_is_brought_in(capsys):
    out, _ = checked(capsys, "editorial/sample/fop-causes.md")

    assert out.startswith("editorial/sample/fop-causes.md")
    assert not Condition.objects.exists()


def test_a_page_is_looked_at_with_its_disclaimer(capsys):
    out, _ = checked(capsys, "tests/editorial/checks/guilty.txt")

    assert "P16 blocks body: “Medical disclaimer”" in out


def test_bad_rules_are_refused_at_the_start(settings, tmp_path):
    settings.PREFLIGHT_RULES = str(tmp_path / "none.toml")

    told = [one.msg for one in run_checks()]
    assert any("PREFLIGHT_RULES: " in one and "cannot be read" in one for one in told)


def test_rules_that_are_milder_are_named_before_the_site_is_public(settings, tmp_path):
    def told():
        found = run_checks(tags=["security"], include_deployment_checks=True)
        return [one.msg for one in found if one.id == "preflight.W001"]

    assert told() == []
    ours = tmp_path / "rules.toml"
    ours.write_text('[P06]\nseverity = "warns"\n[P12]\nseverity = "blocks"\n')
    settings.PREFLIGHT_RULES = str(ours)

    assert told() == ["PREFLIGHT_RULES makes checks milder: P06 warns."]


def test_the_rules_of_other_tests_switch_every_check_off():
    assert milder(LENIENT) == [f"{code} off" for code in rules()]


def test_the_command_tells_the_reason_that_was_written_or_is_needed(capsys):
    desk = Desk()
    desk.reasoned()
    desk.condition = make_condition(desk.editor, slug="other", name="other disorder")
    desk.sound(DOSED)

    out, blocked = checked(capsys)

    assert out.count(f"reason: {WHY}") == 1
    assert out.endswith("1 of 2 need a reason.\n")
    assert not blocked

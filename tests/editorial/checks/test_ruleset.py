"""What an organisation may adjust, and what it is told when it cannot."""

import pytest

from editorial import preflight
from editorial.checks import CHECKS
from editorial.checks.finding import Severity
from editorial.checks.ruleset import BadRules, rules
from tests.editorial.checks.building import text


@pytest.fixture
def adjusted(tmp_path):
    def adjust(toml):
        path = tmp_path / "ours.toml"
        path.write_text(toml)
        return rules(str(path))

    rules.cache_clear()
    yield adjust
    rules.cache_clear()


def codes(by, **given):
    return {one.code: one.severity for one in preflight.look(text(**given), by)}


def test_every_check_has_a_rule_and_every_rule_a_check():
    assert set(rules()) == set(CHECKS)
    assert all(one.asks.endswith(".") for one in CHECKS.values())


def test_a_severity_is_adjusted(adjusted):
    by = adjusted('[P13]\nseverity = "blocks"')

    assert codes(by, body="A miracle.") == {"P13": Severity.BLOCKS}


def test_a_check_is_turned_off(adjusted):
    assert codes(adjusted('[P13]\nseverity = "off"'), body="A miracle.") == {}


def test_a_threshold_and_a_list_are_adjusted(adjusted):
    by = adjusted('[P14]\nsentence_words = 3\n[P13]\nwords = ["super"]')

    assert codes(by, body="A miracle.")["P14"] == Severity.WARNS
    assert codes(by, body="A super day.")["P13"] == Severity.WARNS
    assert "P13" not in codes(by, body="A miracle.")


def test_what_is_not_adjusted_stays(adjusted):
    by = adjusted("[P14]\nsentence_words = 3")

    assert by["P01"] == rules()["P01"]
    assert by["P14"].number("hard_sentence_words") == 35


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('[P99]\nseverity = "off"', "no check is called P99"),
        ("[P13]\nword = []", "has no “word”: it has severity, words"),
        ('[P13]\nwords = "one"', "takes a value of the kind list"),
        ("[P13]\nwords = [1]", "takes words alone"),
        ('[P13]\nseverity = "grave"', "write one of blocks, reason, warns, off"),
        ("[P13", "cannot be read as TOML"),
        ("P13 = 1", "gives P13 no section"),
        ('[P15.terms]\n"x" = "y"', "“x” takes a value of the kind list"),
        ('[P15.terms]\n"x" = [1]', "“x” takes words alone"),
        ('[P27]\npatterns = ["("]', "is no pattern"),
    ],
)
def test_a_bad_file_of_rules_is_told_in_a_sentence(adjusted, toml, told):
    with pytest.raises(BadRules, match=told.replace("(", r"\(")):
        adjusted(toml)


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(BadRules, match="cannot be read"):
        rules("/nowhere/rules.toml")

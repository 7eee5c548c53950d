"""A page like those that this product answers to is guilty of what they are."""

from collections import defaultdict

from editorial import preflight
from editorial.checks.ruleset import rules
from editorial.importing.unread import text_of

PAGE = "tests/editorial/checks/guilty.txt"


def test_a_page_of_that_make_is_guilty_of_the_golden_list(db):
    words = defaultdict(list)
    for one in preflight.look(text_of(PAGE), rules()):
        words[one.code].append(one.words)

    assert set(words) == {
        *("P01", "P02", "P05", "P06", "P07", "P10", "P11", "P12"),
        *("P13", "P14", "P16", "P21"),
    }
    assert words["P01"] == ["include:", "can:"]
    assert [one.split()[0] for one in words["P02"]] == ["Amber", "Although"]
    assert words["P05"] == ["AVS"]
    assert words["P10"][:2] == ["there is no cure", "ongoing trials"]
    assert "approval of tesarostat" in words["P11"][0]
    assert {"recent", "ongoing", "currently", "current"} <= set(words["P12"])
    assert {"landscape", "life-changing"} <= set(words["P13"])
    assert words["P16"] == ["Medical disclaimer"]
    assert "31 members" in words["P21"][0]

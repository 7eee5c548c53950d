"""SECURITY.md and asvs.csv claim nothing that no test proves.

The numbers and levels are those of OWASP ASVS 5.0.0; nothing else of it is here.
"""

import ast
import csv
import re
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from editorial import limits, rules
from editorial.desk.people import guessable

MINUTE = timedelta(minutes=1)
ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "SECURITY.md").read_text("utf-8")
VERDICTS = {"holds", "does not apply", "for the operator", "open"}
# The level of each requirement of a section, in its order.
LEVELS = {
    **{"1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222"},
    **{"1.5": "123", "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23"},
    **{"3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233"},
    **{"3.5": "11122333", "3.6": "3", "3.7": "22333", "4.1": "12233"},
    **{"4.2": "23333", "4.3": "22", "4.4": "1222", "5.1": "2", "5.2": "112333"},
    **{"5.3": "113", "5.4": "222", "6.1": "122", "6.2": "111111112222"},
    **{"6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223"},
    **{"6.7": "33", "6.8": "2222", "7.1": "222", "7.2": "1111", "7.3": "22"},
    **{"7.4": "11222", "7.5": "223", "7.6": "22", "8.1": "1233", "8.2": "1123"},
    **{"8.3": "133", "8.4": "23", "9.1": "111", "9.2": "1222", "10.1": "22"},
    **{"10.2": "223", "10.3": "22223", "10.4": "1111122222233333"},
    **{"10.5": "22222", "10.6": "22", "10.7": "222", "11.1": "2233"},
    **{"11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23"},
    **{"11.6": "23", "11.7": "33", "12.1": "12233", "12.2": "11"},
    **{"12.3": "22223", "13.1": "2333", "13.2": "222223", "13.3": "2233"},
    **{"13.4": "1222233", "14.1": "22", "14.2": "12223333", "14.3": "122"},
    **{"15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333"},
    **{"16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222"},
    **{"16.5": "2223", "17.1": "23", "17.2": "22223333", "17.3": "22"},
}


def rows():
    with (ROOT / "tests/asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def names_in(path):
    """What a file of tests defines, by reading it alone."""
    if not (ROOT / path).is_file():
        return frozenset()
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    found = (node.name for node in ast.walk(tree) if hasattr(node, "name"))
    return frozenset(name for name in found if isinstance(name, str))


def section(title):
    return DOCUMENT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def limit(action, kind):
    """What is written of a limit such as ``5/15m/key``: "5 in 15 minutes"."""
    said = settings.ACCOUNT_RATE_LIMITS[action].split(",")
    (number, minutes) = next(
        re.fullmatch(rf"(\d+)/(\d+)m/{kind}", one).groups()
        for one in said
        if one.endswith(f"/{kind}")
    )
    return f"{number} in {minutes} minutes"


def test_every_test_that_the_document_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT)

    assert [f"{p}::{name}" for p, name in named if name not in names_in(p)] == []
    assert len(named) > 100


def test_every_test_that_the_list_names_is_there():
    named = [one.split("::") for row in rows() for one in row["tests"].split()]

    assert [f"{p}::{name}" for p, name in named if name not in names_in(p)] == []


def test_every_attack_has_a_test():
    lines = section("Threat model").splitlines()
    attacks = [
        line for line in lines if line.startswith("| ") and "attack |" not in line
    ]

    assert [line for line in attacks if "`tests/" not in line] == [
        "| what happens | what stands in the way | test |"
    ]
    assert len(attacks) > 60


def test_each_requirement_of_levels_1_and_2_stands_in_the_list_once():
    known = {
        f"{part}.{place}": level
        for part, levels in LEVELS.items()
        for place, level in enumerate(levels, 1)
    }

    assert Counter(known.values()) == {"1": 70, "2": 183, "3": 92}
    assert [(row["number"], row["level"]) for row in rows()] == [
        (number, level) for number, level in known.items() if level != "3"
    ]


def test_what_holds_has_a_test_and_all_else_a_reason():
    for row in rows():
        assert row["verdict"] in VERDICTS, row
        assert row["requirement"], row
        assert bool(row["tests"]) == (row["verdict"] == "holds"), row
        assert row["tests"] or row["reason"].endswith("."), row


@pytest.mark.parametrize("verdict", ["open", "for the operator"])
def test_what_does_not_hold_is_in_the_document_with_its_reason(verdict):
    written = section("ASVS 5.0")

    for row in rows():
        words = (row["number"], row["level"], row["requirement"], row["reason"])
        assert (f"| {' | '.join(words)} |" in written) >= (row["verdict"] == verdict)


def test_the_verdicts_are_counted_right():
    order = ("holds", "does not apply", "for the operator", "open")
    lines = {
        level: [
            int(cell.replace("–", "0"))
            for cell in re.search(rf"\*\*level {level}\*\* \|(.*)\|", DOCUMENT)[
                1
            ].split("|")
        ]
        for level in "12"
    }

    for level, counted in lines.items():
        found = Counter(row["verdict"] for row in rows() if row["level"] == level)
        assert counted == [found[verdict] for verdict in order]


def test_the_limits_in_words_are_those_that_run():
    written, mb = section("Limits and times"), settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    shortest = settings.AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"]["min_length"]
    hours = settings.SESSION_COOKIE_AGE // 3600

    for words in (
        f"| {shortest} characters or more",
        ", ".join(f"“{word}”" for word in guessable.WORDS),
        f"{limit('login_failed', 'ip')} from one place, "
        f"{limit('login_failed', 'key')} for one name",
        f"tries at the login | {limit('login', 'ip')}",
        f"{limit('change_password', 'user')}; {limit('reauthenticate', 'user')}",
        f"{limit('reset_password', 'ip')} from one place; "
        f"{limit('reset_password_mail', 'key')}",
        f"signing | {rules.WRONG_PASSWORDS} in {rules.LOCKED_FOR // MINUTE} minutes",
        f"mailed links | {settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)} days",
        f"ends {settings.SESSION_HOURS} hours after its login",
        f"{hours} hours after its last write",
        f"| {mb // 1024**2} MB, {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields",
        f"| {limits.SHORT_ANSWER:,} and {limits.BODY:,} characters |",
    ):
        assert words in written


def test_the_cryptography_in_words_is_that_of_the_code():
    written = section("Cryptography")

    assert f"PBKDF2-SHA-256, {PBKDF2PasswordHasher.iterations:,} rounds" in written
    for name in ("SHA-256", "HMAC-SHA-256", "Fernet", "TOTP", "fido2"):
        assert name in written


def test_every_class_of_data_is_in_the_list():
    written = section("Data")
    tables = {
        model.__name__.removeprefix("Historical")
        for model in apps.get_models()
        if model._meta.app_label != "contenttypes"
    }

    assert {name for name in tables if f"`{name}`" not in written} == set()


def test_every_log_is_in_the_list():
    written = section("Logs")

    for name in (*settings.LOGGING["handlers"], "LogEntry", "RefusedSigning"):
        assert f"`{name}`" in written


def test_the_document_says_what_a_reporter_may_expect():
    written = section("Telling us")

    for words in ("within 48 hours", "within 14 days", "advisory", "security.txt"):
        assert words in written

"""What an organisation may adjust: severity, numbers and word lists of each check.

Reads `rules.toml` beside it, and over it the file that `PREFLIGHT_RULES` names. The
only place that reads either.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from conditions import content
from editorial.checks.finding import Severity

OURS = Path(__file__).with_name("rules.toml")


class BadRules(ValueError):
    """One sentence: what is wrong with a file of rules, and what is expected."""


@dataclass(frozen=True)
class Rule:
    """The rule of one check: its severity, and the values that the check looks up."""

    code: str
    severity: Severity
    values: Mapping[str, Any]

    def number(self, name: str) -> int:
        return int(self.values[name])

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self.values[name])

    def pattern(self, name: str, *, any_case: bool = False) -> re.Pattern[str]:
        """Return what finds any of a list of regular expressions."""
        return _compiled(self.words(name), re.IGNORECASE if any_case else 0)

    def table(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a word list under each of its terms."""
        return {term: tuple(plain) for term, plain in self.values[name].items()}


RuleSet = Mapping[str, Rule]


@cache
def sha256(adjusted: str = "") -> str:
    """Return the hash of the rules that `rules` returns, whatever file said them."""
    every = {
        code: {"severity": rule.severity.value, **rule.values}
        for code, rule in rules(adjusted).items()
    }
    return content.sha256(content.canonical(every))


@cache
def rules(adjusted: str = "") -> RuleSet:
    """Return the rules by code, adjusted by the TOML file at a path, if one is named.

    Raises BadRules for a file that cannot be read, a code or name that no rule has, a
    severity that is none, and a value of another kind than ours.
    """
    ours = _read(OURS)
    for code, values in (_read(Path(adjusted)) if adjusted else {}).items():
        if code not in ours:
            raise BadRules(f"{adjusted}: no check is called {code}.")
        if not isinstance(values, dict):
            raise BadRules(f"{adjusted} gives {code} no section: write [{code}].")
        for name, value in values.items():
            ours[code][name] = _fitting(f"{adjusted}: {code}", ours[code], name, value)
    return {code: _rule(code, values) for code, values in ours.items()}


def milder(adjusted: str = "") -> list[str]:
    """Return the checks that a file of rules makes milder than ours, as “P06 warns”."""
    ours, ranks = rules(), list(Severity)
    return [
        f"{code} {rule.severity.value}"
        for code, rule in rules(adjusted).items()
        if ranks.index(rule.severity) > ranks.index(ours[code].severity)
    ]


@cache
def _compiled(patterns: tuple[str, ...], flags: int) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)", flags)


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRules(f"{path} cannot be read as TOML: {error}.") from error


def _fitting(where: str, rule: dict[str, Any], name: str, value: Any) -> Any:
    if name not in rule:
        known = ", ".join(rule)
        raise BadRules(f"{where} has no “{name}”: it has {known}.")
    if type(value) is not type(rule[name]):
        kind = type(rule[name]).__name__
        raise BadRules(f"{where}, “{name}” takes a value of the kind {kind}.")
    if name == "severity" and value not in Severity.values:
        known = ", ".join(Severity.values)
        raise BadRules(f"{where} has the severity “{value}”: write one of {known}.")
    lists = value if isinstance(value, dict) else {name: value}
    for term, words in lists.items():
        if isinstance(words, list):
            _refuse_odd_list(f"{where}, “{term}”", words, name.endswith("patterns"))
        elif lists is value:
            raise BadRules(f"{where}, “{term}” takes a value of the kind list.")
    return value


def _refuse_odd_list(where: str, value: list[Any], is_patterns: bool) -> None:
    if not all(isinstance(one, str) for one in value):
        raise BadRules(f"{where} takes words alone, each in quotation marks.")
    try:
        for one in value if is_patterns else ():
            re.compile(one)
    except re.error as error:
        raise BadRules(f"{where}: “{one}” is no pattern: {error}.") from error


def _rule(code: str, values: dict[str, Any]) -> Rule:
    rest = {name: value for name, value in values.items() if name != "severity"}
    return Rule(code, Severity(values["severity"]), rest)

"""Syllables of English words, counted by rules: no dictionary and no database.

Right for nine English words in ten, names included. A rule that changes here changes
grades that were told before: raise `RULES` of `editorial.readability` with it.
"""

import re
import unicodedata
from functools import lru_cache

_LONGEST = 60  # letters; the longest word of medicine has 45
_VOWELS = re.compile("[aeiouy]+")


def _rules(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


# Each place that one of these finds has a vowel that is not spoken.
_SILENT = (
    # "care", "table", "disease"; "cares"; "cared", not "needed"
    _rules("[aeiouy][^aeiouyl]e$", "[^aeiouyl]{2,}e$", "[aeiouy]+l+e$", "rle$"),
    _rules(
        "[aeiouy](?:[^aeiouylsxzcgh]|th|ph|gh|l|rl|ll)es$", "[^aeiouylsxzcgh]{2}es$"
    ),
    _rules("[^aeiouytdlr]ed$", "(?<!d)red$", "[aeiouy]l+ed$", "rled$"),
    # "safely", "treatment" (not "element"), "lifetime", "everywhere"
    _rules(
        "[^aeiouylhwx]e(?:ly|less|ful|fully|ments?|ness|some|ways?|works?|lines?)$",
        "[^aeiouylhwx]e(?:times?|land|ville|m[ae]n|wood|town)$",
        "[dklmnrtvw]e(?:body|thing|where)",
    ),
    # "condition", "special", "patient"
    _rules(
        *("tion", "sion", "gion", "cian", "cial", "tial", "cious", "tious", "geous"),
        *("gious", "(?<!s)cient", "tient", "ically$", "ique", "ogue", "eague"),
    ),
)
# Each place that one of these finds has two syllables in one group of vowels.
_PARTED = (
    _rules("i[ao]", "iu(?!s$)"),  # "diagnosis", "period"
    _rules("^re(?:a[cs](?!h)|e[lmnsvx]|i[mn](?!s$)|o[cprs]|u[ns])", "^preo"),  # "react"
    _rules("[^gq]u(?:a|o|el|en|i(?:ty|ng|tous))"),  # "manual", "influenza"
    _rules("[aeouy]ing", "[aeiouy]eing", "(?<=.[ao])yer"),  # "being"
    _rules("eo(?!n$|us$|ple)"),  # "video"
    _rules("sms?$", "thms?$", "[aeiouy]ism"),  # "organism", "rhythm"
    _rules("i(?:ety|ents?$|ence|ers?$|est$)", "eity", "(?<![aeiou])aic$", "(?<=.)oic"),
    _rules("(?:(?<!t)r|l)eat(?:es?$|ed$|ing|or|ion|ive)", "nucle[aeiou]"),  # "create"
    _rules("(?<=[aeiouy][^aeiouy])eas?$", "(?<=[aeiouy][^aeiouy]{2})eas?$", "rrho?ea"),
    _rules("scient", "[^aeiouy]iets?$", "uiet", "(?<!g)uid", "real(?=i)"),
)
# Words that readers of health pages meet, and that the rules count wrong.
_KNOWN = {
    **dict.fromkeys(("clothes", "juice", "suit"), 1),
    **dict.fromkeys(("acne", "business", "carriage", "evening", "every", "fatigue"), 2),
    **dict.fromkeys(("lifespan", "marriage", "million", "naive", "ruined"), 2),
    **dict.fromkeys(("caregiver", "caregivers", "cereal", "heroin", "nausea"), 3),
    **dict.fromkeys(("pneumonia", "radius", "recipe", "suicide"), 3),
    **dict.fromkeys(("diabetes", "dietary"), 4),
    "gastrointestinal": 6,
}


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables a word has, at least one; hyphens part words."""
    return sum(map(_of_part, re.split("[-/‐–’']", word))) or 1


def _of_part(part: str) -> int:
    letters = unicodedata.normalize("NFKD", part[:_LONGEST]).lower()
    plain = re.sub("[^a-z]", "", letters)
    if plain in _KNOWN:
        return _KNOWN[plain]
    groups = len(_VOWELS.findall(plain))
    silent = sum(len(rule.findall(plain)) for rule in _SILENT)
    parted = sum(len(rule.findall(plain)) for rule in _PARTED)
    return max(bool(groups), groups - silent + parted)

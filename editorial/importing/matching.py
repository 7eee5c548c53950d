"""Tells which condition and which question a page's text is about, by the catalogue.

Reads only. Where two answers are possible the file is refused: a text about one disease
must never be filed under another.
"""

import re

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.text import slugify

from conditions.models import Condition, Question
from editorial.importing.draft import Asked, Given, ImportProblem, Named

_ABBREVIATION = re.compile(r" \(([^\W\d_][\w-]{1,19})\)")
_SMALL_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "be", "been", "can", "could", "do", "does", "for"),
        *("from", "has", "have", "how", "in", "is", "it", "may", "most", "of", "on"),
        *("or", "should", "that", "the", "there", "this", "to", "was", "what", "when"),
        *("where", "which", "who", "why", "will", "with"),
    )
)
_LONGEST_SLUG = 80


def named(asked: Asked) -> Named:
    """Return the condition and the question of a text, known or new.

    Raises ImportProblem where the name cannot be told from the question.
    """
    claimed, abbreviation = _claimed(asked)
    question, name = _matched(asked, claimed)
    name = name or claimed or _known_name(asked) or _opening_name(asked)
    if not name:
        raise ImportProblem(
            f"which condition “{asked.question}” is about cannot be told; begin the "
            "short answer with its name, or write the summary as .md.",
            asked.line,
        )
    if name.lower() != claimed.lower():
        abbreviation = ""
    condition = known(name, asked.line)
    return Named(
        Given(
            {"slug": condition.slug}
            if condition
            else _new_condition(name, abbreviation, asked),
            asked.line,
        ),
        Given(
            {"slug": question.slug} if question else _new_question(name, asked),
            asked.line,
        ),
    )


def known(name: str, line: int) -> Condition | None:
    """Return the condition with that name, else synonym, else abbreviation, if any.

    Case does not count. Raises ImportProblem where several conditions share it.
    """
    for found in (
        Condition.objects.filter(_same("name", name)),
        [c for c in _with_synonym_like(name) if name.lower() in _lower(c.synonyms)],
        Condition.objects.filter(_same("abbreviation", name)),
    ):
        conditions = list(found[:2])
        if len(conditions) > 1:
            raise ImportProblem(
                f"“{name}” may be {conditions[0]} or {conditions[1]}; "
                "write the summary as .md, with the condition’s slug.",
                line,
            )
        if conditions:
            return conditions[0]
    return None


def _same(field: str, name: str) -> Q:
    # SQLite folds the case of A to Z alone: "Ödem" and "ödem" are asked for as well.
    variants = {name, name.lower(), name[:1].lower() + name[1:], name.capitalize()}
    return Q(**{f"{field}__iexact": name}) | Q(**{f"{field}__in": variants})


def _with_synonym_like(name: str) -> list[Condition]:
    """Narrow down in the database by the longest plain word: JSON may hide the rest."""
    plain = max(re.findall(r"[A-Za-z0-9]+", name), key=len, default="")
    rows = Condition.objects.annotate(words=Cast("synonyms", TextField()))
    return list(rows.filter(words__icontains=plain).exclude(synonyms=[]))


def _lower(names: list[str]) -> list[str]:
    return [name.lower() for name in names]


def _claimed(asked: Asked) -> tuple[str, str]:
    """Return name and abbreviation from "Name (ABC)", the name as the question has it.

    The name is the longest run of words before the bracket that the question has too,
    one that begins with the abbreviation's letter before any other.
    """
    for found in _ABBREVIATION.finditer(asked.short_answer):
        before = asked.short_answer[: found.start()].split(" ")[-12:]
        runs = [" ".join(before[start:]) for start in range(len(before))]
        names = [name for run in runs if (name := _in_question(run, asked.question))]
        initial = found[1][0].lower()
        for name in sorted(names, key=lambda name: name[0].lower() != initial):
            return name, found[1]
    return "", ""


def _in_question(name: str, question: str) -> str:
    """Return the name as the question writes it, or "" where it does not have it."""
    found = re.search(rf"(?<!\w){_loose(name)}(?!\w)", question, re.I) if name else None
    return found[0] if found else ""


def _loose(words: str) -> str:
    return re.sub("['’]", "['’]", re.escape(words))


def _matched(asked: Asked, claimed: str) -> tuple[Question | None, str]:
    """Return the known question asked, and the name in it: the longest pattern wins.

    "What is …?" also fits "What is the outlook for …?": what stands in the place of the
    condition must be its name.
    """
    for question in sorted(Question.objects.all(), key=lambda q: -len(q.pattern)):
        pattern = "(.+)".join(map(_loose, question.pattern.split("{condition}")))
        found = re.fullmatch(pattern, asked.question, re.I)
        if found and _is_name(found[1], asked, claimed):
            return question, found[1]
    return None, ""


def _is_name(words: str, asked: Asked, claimed: str) -> bool:
    if claimed:
        return words.lower() == claimed.lower()
    return words.lower() in asked.short_answer.lower() or bool(known(words, asked.line))


def _known_name(asked: Asked) -> str:
    """Return the longest run of the question's words that is a condition's name."""
    words = asked.question.rstrip("? ").split(" ")[:40]
    runs = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    }
    cased = runs | {run.lower() for run in runs}
    rows = Condition.objects.filter(name__in=cased).values_list("name", flat=True)
    longest = max(rows, key=len, default="")
    return _in_question(longest, asked.question)


def _opening_name(asked: Asked) -> str:
    """Return the words that the short answer opens with, where the question ends so."""
    words = asked.short_answer.split(" ")[:12]
    runs = (" ".join(words[:end]).rstrip(",") for end in range(len(words), 0, -1))
    for run in runs:
        if re.search(rf"(?<!\w){_loose(run)}\?\Z", asked.question, re.I):
            return _in_question(run, asked.question)
    return ""


def _new_condition(name: str, abbreviation: str, asked: Asked) -> dict[str, str]:
    shared = Condition.objects.filter(abbreviation__iexact=abbreviation or None).first()
    if abbreviation and shared:
        raise ImportProblem(
            f"the catalogue knows {abbreviation} as “{shared}”; add “{name}” to its "
            "synonyms, or write the summary as .md where it is another condition.",
            asked.line,
        )
    name = _in_mid_sentence(name, asked)
    slug = _slug(name, Condition, asked)
    return {"slug": slug, "name": name, "abbreviation": abbreviation}


def _in_mid_sentence(name: str, asked: Asked) -> str:
    """Return the name with a small first letter where the text ever writes it so.

    Only the text can tell a proper noun from a capital at the start of a sentence.
    """
    small = name[:1].lower() + name[1:]
    text = f"{asked.question} {asked.short_answer} {asked.body}"
    return small if re.search(rf"(?<!\w){re.escape(small)}(?!\w)", text) else name


def _new_question(name: str, asked: Asked) -> dict[str, object]:
    pattern, times = re.subn(
        rf"(?<!\w){re.escape(name)}(?!\w)", "{condition}", asked.question
    )
    if times != 1:
        raise ImportProblem(
            f"“{asked.question}” names the condition {times} times; ask with it once.",
            asked.line,
        )
    words = re.findall(r"[\w-]+", pattern.replace("{condition}", " ").lower())
    telling = [word for word in words if word not in _SMALL_WORDS]
    slug = _slug(" ".join(telling or words), Question, asked)
    # Research and treatment move fastest: a year, and a search for trials.
    fast = any(word.startswith(("research", "treat")) for word in words)
    months = 12 if fast else 36
    return {
        "slug": slug,
        "pattern": pattern,
        "review_interval_months": months,
        "offers_trial_search": fast,
    }


def _slug(words: str, model: type[Condition] | type[Question], asked: Asked) -> str:
    slug = slugify(words)[:_LONGEST_SLUG].strip("-")
    if not slug or model.objects.filter(slug=slug).exists():
        raise ImportProblem(
            f"no new slug can be made of “{words}”; write the summary as .md, "
            "with a slug of your own.",
            asked.line,
        )
    return slug

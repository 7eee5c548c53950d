"""What may be asked for by a query, and the sentence for whoever asks it wrongly."""

from datetime import datetime
from typing import Annotated

from ninja import Path, Query

from conditions import queries
from conditions.api import cursors

MOST = 100
SLUG = "^[-a-zA-Z0-9_]{1,80}$"
# Every day that matches is one, but for the 29th of February.
_DAY = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"
)
# Said for whoever reads the description: the front door has refused it before.
NO_NUL = r"^[^\x00]*$"
MOMENT = f"^[12][0-9]{{3}}-{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"
RIGHT = {
    "after": "Give `after` as the list before gave it in `next` or `cursor`.",
    "condition": "Give `condition` as a condition’s slug.",
    "page": "Give `page` as a whole number from 1 to 1000.",
    "q": f"Give `q` as what you look for, in at most {queries.LONGEST} characters.",
    "limit": f"Give `limit` as a whole number from 1 to {MOST}.",
    "since": "Give `since` as a time in UTC, like 2026-05-08T12:00:00Z.",
}

Slug = Annotated[str, Path(pattern=SLUG)]
Number = Annotated[int, Path(ge=1, le=999_999_999)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most")]
AfterSlug = Annotated[str, Query(pattern=SLUG, description="The last slug you have")]
AfterNumber = Annotated[
    str, Query(pattern="^[0-9]{1,18}$", description="As `next` has it")
]
AfterAct = Annotated[
    str,
    Query(pattern=cursors.PATTERN, description="The `cursor` that you kept"),
]
OfCondition = Annotated[str, Query(pattern=SLUG, description="Pages of this one alone")]
Words = Annotated[
    str,
    Query(
        max_length=queries.LONGEST,
        pattern=NO_NUL,
        description="Names, words, genes, or an identifier in any form",
        examples=["OMIM 135100"],
    ),
]
OfAnswers = Annotated[int, Query(ge=1, le=1000, description="Which ten answers")]
Since = Annotated[
    str,
    Query(
        pattern=MOMENT,
        description="A time in UTC: what was made since, and maybe something older",
        examples=["2026-05-08T12:00:00Z"],
    ),
]


def moment(said: str) -> datetime:
    """Return a time that matches; 29 February of a common year is the day after."""
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return datetime.fromisoformat(said.replace("-02-29", "-03-01"))


def faults(errors: list[dict[str, object]]) -> list[dict[str, str]]:
    """Return each parameter that was not right, and what it should be."""
    names = dict.fromkeys(str(error["loc"][-1]) for error in errors)  # type: ignore[index]
    return [{"parameter": n, "detail": RIGHT.get(n, f"Give `{n}`.")} for n in names]

"""What many addresses have in common. The first clause that fits is what comes."""

from tests.matrix.words import (
    ACTS,
    LOGIN,
    MOVES,
    NONE,
    NOT_ALLOWED,
    NOT_FOUND,
    OPENS,
    OUTSIDERS,
    PEOPLE,
    REFUSED,
    STAFF,
    TEXTS,
    Clause,
)

ASKS = Clause(LOGIN, OUTSIDERS)
MISSING = Clause(NOT_FOUND, states=(NONE,))
NO_DRAFTS = Clause(REFUSED, (PEOPLE,))

SHOWN = (Clause(OPENS),)
NEVER = (Clause(NOT_ALLOWED),)
NO_POST = NO_GET = (ASKS, *NEVER)
NOBODY = (ASKS, Clause(REFUSED))
NOWHERE = (ASKS, Clause(NOT_FOUND))
LEADS = (ASKS, Clause(MOVES))
ALL_STAFF = (ASKS, *SHOWN)
# A draft, or an entry of the catalogue, as the newsroom reads it.
READ = (ASKS, NO_DRAFTS, MISSING, *SHOWN)


def only(*roles, word=OPENS):
    """Open to these roles; the others learn nothing of what is there."""
    return ASKS, Clause(REFUSED, but(roles)), MISSING, Clause(word)


def written(roles, states, who=(), otherwise=OPENS):
    """Pressed by these roles; it acts for `who` of them, in these states alone.

    The rest of the newsroom may read the text, and so learns that there is none.
    """
    refused = Clause(REFUSED, but(roles), TEXTS)
    acts = Clause(ACTS, who or roles, states)
    return ASKS, NO_DRAFTS, MISSING, refused, acts, Clause(otherwise)


def but(roles):
    return tuple(one for one in STAFF if one not in roles)

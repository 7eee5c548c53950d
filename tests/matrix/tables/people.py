"""The accounts: managed by superusers, looked at by editors, shut to all others."""

from tests.matrix.rules import LEADS, NO_POST, NOBODY, only
from tests.matrix.words import ACTS, EDITOR, EITHER, PEOPLE, REFUSED, Clause, Row

AT = "admin/editorial/user/"
LOOKS, MANAGES = only(EDITOR, PEOPLE), only(PEOPLE)
ACT, VERIFY = only(PEOPLE, word=ACTS), only(EDITOR, PEOPLE, word=ACTS)
# An editor may look at everybody, and so learns that there is nobody.
PRESSED = (*LOOKS[:-1], Clause(REFUSED, (EDITOR,)), Clause(ACTS))
ONE = {
    "fill": {"object_id": "{colleague}", "pk": "{colleague}"},
    "states": EITHER,
}
NAMES = {"first_name": "Wanda", "last_name": "Wolf", "email": "new@example.org"}
INVITED = {**NAMES, "username": "new", "roles": "Writers"}


def pressed(act, rule, who="colleague", **typed):
    at, fill = f"{AT}<path:object_id>/change/", {"object_id": f"{{{who}}}"}
    return Row(at, LOOKS, rule, {"act": act, **typed}, fill, EITHER)


ROWS = [
    Row("admin/mails/", LOOKS, NO_POST),
    Row(AT, LOOKS, LOOKS),
    Row(f"{AT}add/", MANAGES, ACT, INVITED),
    Row(f"{AT}<int:pk>/hand-over/", MANAGES, ACT, {"seen": ";"}, **ONE),
    Row(
        f"{AT}<path:object_id>/history/",
        LOOKS,
        PRESSED,
        {"act": "details", **NAMES},
        **ONE,
    ),
    Row(f"{AT}<path:object_id>/delete/", NOBODY, NOBODY, {"post": "yes"}, **ONE),
    pressed("details", PRESSED, **NAMES, roles="Writers"),
    pressed(
        "pair", VERIFY, "lapsed", reviewer="{reviewer_entry}", against="{credential}"
    ),
    pressed(
        "verify",
        VERIFY,
        "lapsed",
        byline="{own_byline}",
        expires_on="{due}",
        against="{credential}",
    ),
    pressed("invite", PRESSED, "invited_pk"),
    pressed("reset", PRESSED),
    pressed("reopen", PRESSED, "shut"),
    pressed("factor", PRESSED),
    Row(f"{AT}<path:object_id>/", LEADS, LEADS, **ONE),
]

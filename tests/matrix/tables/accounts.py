"""The ways in, the ways out, and the desk's own front rooms."""

from tests.builders import PASSWORD
from tests.matrix.rules import (
    ALL_STAFF,
    ASKS,
    LEADS,
    NEVER,
    NO_POST,
    NOWHERE,
    SHOWN,
    only,
)
from tests.matrix.words import (
    ACTS,
    EDITOR,
    EITHER,
    MOVES,
    NONE,
    NOT_ALLOWED,
    OPENS,
    OUTSIDERS,
    PEOPLE,
    STAFF,
    Clause,
    Row,
)

# Whoever is at the desk already is led there.
DOOR = (Clause(MOVES, STAFF), *SHOWN)
OUT = (Clause(MOVES, OUTSIDERS), Clause(NOT_ALLOWED))
GOES = (Clause(MOVES, OUTSIDERS), Clause(OPENS))
# A link that holds leads to a form without the token in its address.
LINK = (Clause(OPENS, states=(NONE,)), Clause(MOVES))
WRONG = {"username": "tomas", "password": "wrong"}
NEW = "another battery staple correct"
CHOSEN = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
CHOOSES = {"new_password1": NEW, "new_password2": NEW}
OFFERED = "app_label=editorial&model_name=summary&field_name=assigned_reviewer"

ROWS = [
    Row("accounts/password-reset/", SHOWN, LEADS[1:], {"email": "tomas@example.org"}),
    Row("accounts/password-reset/sent/", SHOWN, NEVER),
    Row("accounts/password-reset/complete/", SHOWN, NEVER),
    Row(
        "accounts/password-reset/<uidb64>/<token>/", LINK, LINK, CHOOSES, states=EITHER
    ),
    Row(
        "accounts/invitation/<uidb64>/<token>/",
        LINK,
        LINK,
        CHOOSES,
        {"uidb64": "{invited}", "token": "{invitation}"},
        EITHER,
    ),
    Row("admin/", ALL_STAFF, ALL_STAFF),
    Row("admin/login/", DOOR, SHOWN, WRONG, head=SHOWN),
    Row("admin/logout/", OUT, GOES),
    Row("admin/password_change/", ALL_STAFF, (ASKS, Clause(ACTS)), CHOSEN),
    Row("admin/password_change/done/", ALL_STAFF, NO_POST),
    Row("admin/autocomplete/", only(EDITOR, PEOPLE), NO_POST, query=OFFERED),
    Row("admin/jsi18n/", ALL_STAFF, NO_POST),
    Row(
        "admin/r/<path:content_type_id>/<path:object_id>/",
        NOWHERE,
        NOWHERE,
        fill={"content_type_id": "{type_of_summary}"},
        states=EITHER,
    ),
    Row(
        "admin/^(?P<app_label>editorial|conditions)/$",
        LEADS,
        LEADS,
        fill={"app_label": "editorial"},
    ),
    Row("admin/(?P<url>.*)$", NOWHERE, NOWHERE, fill={"url": "nothing/"}),
]

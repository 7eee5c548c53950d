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
    ANONYMOUS,
    COLLEAGUE,
    EDITOR,
    EITHER,
    LOGIN,
    MOVES,
    NONE,
    NOT_ALLOWED,
    NOT_FOUND,
    OPENS,
    OUTSIDERS,
    PEOPLE,
    SHUT,
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
HIS_ADDRESS = "tomas@example.org"
NEW = "another battery staple correct"
CHOSEN = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
CHOOSES = {"new_password1": NEW, "new_password2": NEW}
OFFERED = "app_label=editorial&model_name=summary&field_name=assigned_reviewer"

# One's own account: of everybody who is logged in, whatever their role.
STRANGERS = Clause(LOGIN, (ANONYMOUS, SHUT))
OWN, OWN_SHOWN = (STRANGERS, *SHOWN), (STRANGERS, *NEVER)
# She has an app, a passkey and recovery codes; nobody else has a second factor.
HERS = (COLLEAGUE,)
# Asked of her alone, and of whoever has none asked for the password instead.
HER_FACTOR = (STRANGERS, Clause(OPENS, HERS), Clause(MOVES))
HER_LACK = (STRANGERS, Clause(MOVES, HERS), *SHOWN)
WITH_FACTOR = (STRANGERS, Clause(OPENS, HERS), Clause(NOT_FOUND))
MADE = (STRANGERS, Clause(ACTS, HERS), Clause(NOT_FOUND))
# allauth looks for the codes before it looks at the method.
NO_FILE = (STRANGERS, Clause(NOT_ALLOWED, HERS), Clause(NOT_FOUND))
IN_ALREADY = (STRANGERS, Clause(MOVES))


def own(way, get, post=OWN_SHOWN, **typed):
    return Row(f"accounts/{way}", get, post, typed)


def passkey(way, **typed):
    none = Clause(NOT_FOUND, states=(NONE,))
    get, post = (STRANGERS, none, *WITH_FACTOR[1:]), (STRANGERS, none, *MADE[1:])
    at, hers = f"accounts/passkeys/<int:pk>/{way}/", {"pk": "{passkey}"}
    return Row(at, get, post, typed, hers, EITHER)


OWN_ACCOUNT = [
    own("", OWN),
    own("sessions/", OWN, (STRANGERS, Clause(MOVES)), end="others"),
    own("mails/", OWN, (STRANGERS, Clause(ACTS)), told="signed", digest="daily"),
    Row("accounts/login/", DOOR, SHOWN, WRONG),
    own("second-step/", IN_ALREADY, IN_ALREADY, code="000000"),
    own("again/", HER_LACK, HER_LACK, password="wrong"),
    own("again/code/", HER_FACTOR, HER_FACTOR, code="000000"),
    own("again/passkey/", HER_FACTOR, HER_FACTOR, credential="{{}}"),
    own("app/", HER_LACK, HER_LACK, code="000000"),
    # Of an app that is being set up; nobody here has begun.
    Row("accounts/app/picture.svg", (STRANGERS, Clause(NOT_FOUND)), NEVER),
    own("app/remove/", WITH_FACTOR, MADE),
    own("recovery-codes/", WITH_FACTOR),
    own("recovery-codes/new/", OWN, (STRANGERS, Clause(ACTS, HERS), *SHOWN)),
    own("recovery-codes/file/", WITH_FACTOR, NO_FILE),
    own("passkeys/add/", OWN, OWN, credential="{{}}", name="Mine"),
    passkey("name", name="Renamed"),
    passkey("remove"),
]

ROWS = [
    *OWN_ACCOUNT,
    # The mail to him is recorded.
    Row("accounts/password-reset/", SHOWN, (Clause(ACTS),), {"email": HIS_ADDRESS}),
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
    Row("admin/login/", DOOR, SHOWN, WRONG),
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

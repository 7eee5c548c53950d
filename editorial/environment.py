"""Reads the operator's variables in Django's terms; names every bad one at once."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, EnvValidationError

BASE_DIR = Path(__file__).resolve().parent.parent

MAIL_BACKENDS = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtp+tls": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
}
CONTACTS = ("mailto", "https", "tel")
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}

# A commit is on the disk when it is acknowledged, a writer waits instead of failing,
# and REPLACE meets the DELETE triggers that guard what was signed.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        " PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"
    ),
}


def words(value: str) -> list[str]:
    """The parts of a comma-separated list, without blanks."""
    return [word for word in map(str.strip, value.split(",")) if word]


def secret_key(value: str) -> str:
    if not value.strip():
        raise EnvError(
            "is missing. Set it to a long random text,"
            " or set DEBUG=on on a developer's own machine."
        )
    return value


def site_url(value: str) -> str:
    """Scheme, host and port alone: ``https://answers.example``."""
    parts = split(value)
    bare = value.rstrip("/") == f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or not parts.hostname or not bare:
        raise EnvError("is http:// or https:// and a host, like https://example.org")
    if parts.username is not None:
        raise EnvError("carries no user and no password.")
    return value.rstrip("/").lower()


def contacts(value: str) -> list[str]:
    """Addresses as a security.txt has them: of mail, https:// or tel:."""
    found = [one if ":" in one else f"mailto:{one}" for one in words(value)]
    for one in found:
        scheme, _, rest = one.partition(":")
        whole = one.isascii() and one.isprintable() and " " not in one and rest
        if scheme not in CONTACTS or not whole or (scheme == "mailto") != ("@" in rest):
            raise EnvError("is an address of mail, or begins with https:// or tel:")
    return found


def time_zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise EnvError(f"knows no zone {value!r}; one is Europe/Berlin.") from None


def database(value: str) -> dict[str, Any]:
    """The DATABASES entry; a relative SQLite path starts at the project's folder."""
    try:
        config: dict[str, Any] = dict(
            dj_database_url.parse(value, conn_max_age=None, conn_health_checks=True)
        )
    except ValueError:
        config = {"ENGINE": ""}
    match config["ENGINE"]:
        case "django.db.backends.sqlite3":
            return config | {
                "NAME": sqlite_name(config["NAME"]),
                "OPTIONS": SQLITE_OPTIONS | config.get("OPTIONS", {}),
            }
        case "django.db.backends.postgresql":
            return config | {"OPTIONS": postgresql_options(config.get("OPTIONS", {}))}
    raise EnvError("is sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME")


def postgresql_options(said: dict[str, Any]) -> dict[str, Any]:
    """The options of psycopg; ``prepare_threshold=none`` is for a pooler between.

    One that hands a connection on when a transaction ends would hand it on with the
    statements that another had prepared.
    """
    # A lost server is an answer in seconds, not a page that never comes.
    options = {"connect_timeout": 5, "prepare_threshold": 5} | said
    if options["prepare_threshold"] == "none":
        options["prepare_threshold"] = None
    if isinstance(options["prepare_threshold"], str):
        raise EnvError("has a prepare_threshold that is neither a number nor none")
    return options


def owner_database(value: str) -> dict[str, Any] | None:
    """As ``database``, or None where the same role migrates and serves."""
    return database(value) if value else None


def sqlite_name(name: str) -> str:
    if name == ":memory:":
        return name
    path = BASE_DIR / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)


def mail(value: str) -> dict[str, Any]:
    """Django's mail settings of ``console:`` or ``smtp+tls://user:password@host``."""
    parts = split(value)
    if parts.scheme not in MAIL_BACKENDS:
        raise EnvError("is console:, smtp://, smtp+tls:// or smtps:// and a host")
    return {
        "EMAIL_BACKEND": MAIL_BACKENDS[parts.scheme],
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or MAIL_PORTS.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def split(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port  # a port that is no number is found only here
    except ValueError:
        raise EnvError("is not a valid address.") from None
    return parts


PARSERS: tuple[Callable[[str], Any], ...] = (
    words,
    secret_key,
    site_url,
    contacts,
    time_zone,
    database,
    owner_database,
    mail,
)


def reader() -> Env:
    """Reads the process's variables, then those of a ``.env`` file beside manage.py."""
    env = Env(eager=False)
    env.read_env(BASE_DIR / ".env", recurse=False)
    for parser in PARSERS:
        env.add_parser(parser.__name__, parser)
    return env


def seal(env: Env) -> None:
    """Raise ImproperlyConfigured with one line for each bad variable."""
    try:
        env.seal()
    except EnvValidationError as error:
        found = error.error_messages
        named = found if isinstance(found, Mapping) else {"environment": found}
        lines = [
            f"  {name}: {' '.join(map(str, named[name]))}" for name in sorted(named)
        ]
        raise ImproperlyConfigured(
            "\n".join(["The environment is not right:", *lines])
        ) from None

"""The settings that tests run with; only DATABASE_URL comes from outside."""

import os
from pathlib import Path

# Every variable is said here, so that no shell and no .env file changes a test.
os.environ.setdefault("DATABASE_URL", "sqlite:///var/tests.sqlite3")
os.environ.update(
    SECRET_KEY="for tests",
    DEBUG="off",
    ALLOWED_HOSTS="",
    CSRF_TRUSTED_ORIGINS="",
    MIGRATION_DATABASE_URL="",
    API_REQUESTS_A_MINUTE="1000000",
    SITE_URL="http://127.0.0.1:8000",
    SITE_NAME="Rare answers",
    SITE_NOTICE="",
    SECURITY_CONTACT="security@example.org",
    TIME_ZONE="UTC",
    EMAIL_URL="console:",
    DEFAULT_FROM_EMAIL="",
    PUBLISH_ON_SIGN_OFF="on",
    REQUIRE_SECOND_FACTOR="off",
    SECRET_KEY_FALLBACKS="",
    SESSION_HOURS="12",
    SHARED_CACHE_SECONDS="0",
    TRUSTED_PROXIES="0",
    PREFLIGHT_RULES=str(Path(__file__).with_name("lenient.toml")),
    LOG_LEVEL="INFO",
    LOG_FORMAT="text",
    PORT="8000",
    WEB_CONCURRENCY="1",
)

from editorial.settings import *  # noqa: F403
from editorial.settings import BASE_DIR, DATABASES, MIDDLEWARE

# A file a process, since write-ahead logging and locks are what the tests must meet.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {
        "NAME": str(BASE_DIR / "var" / f"tests-{os.getpid()}.sqlite3")
    }

# It asks the database once a second: a count of queries would depend on the clock.
MIDDLEWARE = [name for name in MIDDLEWARE if "refuse_unguarded" not in name]

# The real one takes a quarter of a second, on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Straight from the sources: no test waits for collectstatic.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

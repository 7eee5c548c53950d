"""Every setting, driven by the environment; the README lists each variable."""

import sys
from datetime import timedelta
from urllib.parse import urlsplit

from environs import validate

from editorial import environment, logs
from editorial.environment import BASE_DIR

env, positive = environment.reader(), validate.Range(1)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.secret_key("SECRET_KEY", default="for development" if DEBUG else "")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", default="")
PORT = env.int("PORT", default=8000, validate=validate.Range(1, 65535))
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", default=2, validate=positive)
SITE_URL = env.site_url("SITE_URL", default=f"http://127.0.0.1:{PORT}")
SITE_NAME = env.str("SITE_NAME", default="Rare answers")
SITE_NOTICE = env.str("SITE_NOTICE", default="")
SECURITY_CONTACT = env.contacts("SECURITY_CONTACT", default="")
TIME_ZONE = env.time_zone("TIME_ZONE", default="UTC")
PUBLISH_ON_SIGN_OFF = env.bool("PUBLISH_ON_SIGN_OFF", default=True)
# A file of rules over ours; "" for none.
PREFLIGHT_RULES = env.str("PREFLIGHT_RULES", default="")
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=True)
SHARED_CACHE_SECONDS = env.int(
    "SHARED_CACHE_SECONDS", default=0, validate=validate.Range(0, 86_400)
)
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 300, validate=positive)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0, validate=validate.Range(0))
SESSION_HOURS = env.int("SESSION_HOURS", default=12, validate=validate.Range(1, 720))
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default="")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO", validate=validate.OneOf(logs.LEVELS))
LOG_FORMAT = env.str("LOG_FORMAT", "text", validate=validate.OneOf(logs.FORMATS))
database = env.database("DATABASE_URL", default="sqlite:///var/db.sqlite3")
owner = env.owner_database("MIGRATION_DATABASE_URL", default="")
mail = env.mail("EMAIL_URL", default="console:" if DEBUG else "smtp://localhost")

environment.seal(env)

https = SITE_URL.startswith("https://")
host = urlsplit(SITE_URL).hostname

# What the site is

DISCLAIMER = (
    "This page is for information. It does not replace advice from your doctor or "
    "another health professional about your own situation."
)
DEFAULT_FROM_EMAIL = DEFAULT_FROM_EMAIL or f"desk@{host}"
INSTALLED_APPS = [
    "editorial.apps.DeskConfig",
    # Before `auth`, whose createsuperuser is ours, with an entry in the log.
    "editorial.apps.EditorialConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "post_office",
    "simple_history",
    "conditions",
]
ROOT_URLCONF = "editorial.urls"
WSGI_APPLICATION = "editorial.wsgi.application"
MIDDLEWARE = [
    "conditions.headers.guarded_answers",
    "editorial.logs.numbered_requests",
    "editorial.front_door.refuse_nul",
    "editorial.front_door.refuse_methods",
    "editorial.front_door.refuse_plain",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # Below it, so that a text which is handed back has a token that is still good.
    "editorial.front_door.refuse_unguarded",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
LANGUAGE_CODE = "en"
USE_TZ = True

# Data

# A database's owner can lift its guards: only what needs that role runs as it.
OWNERS = ("migrate", "database_role", "restore")
as_owner = owner and any(command in sys.argv[1:2] for command in OWNERS)
DATABASES = {"default": owner if as_owner else database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that all processes count together and know which code was used.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "editorial_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
# A summary with its sources is far below a quarter of this.
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# People

AUTH_USER_MODEL = "editorial.User"
STOCK = "django.contrib.auth.password_validation"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in {
        f"{STOCK}.UserAttributeSimilarityValidator": {},
        f"{STOCK}.MinimumLengthValidator": {"min_length": 12},
        "editorial.desk.people.guessable.GuessableValidator": {},
        f"{STOCK}.NumericPasswordValidator": {},
    }.items()
]
# An engine of our own: a login ends SESSION_HOURS after it, whatever is done. Who does
# nothing is logged out after a working day, also where that is longer.
SESSION_ENGINE = "editorial.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if https else "session"
SESSION_COOKIE_SECURE = https
CSRF_COOKIE_NAME = "__Host-csrf" if https else "csrf"
CSRF_COOKIE_SECURE = https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "editorial.desk.held.refused"
# In the session and not in a cookie, since a message may quote a text.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Login and second factor, by django-allauth

ACCOUNT_ADAPTER = "editorial.desk.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "editorial.desk.people.entrance_forms.LoginForm",
    "reauthenticate": "editorial.desk.people.entrance_forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
# The login page itself says where somebody goes who is logged in already.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
# `key` is the username together with the address that it was tried from, so that
# nobody is locked out by guesses made elsewhere; of a code it is the account.
ACCOUNT_RATE_LIMITS = {
    "login": "120/15m/ip",
    "login_failed": "50/15m/ip,5/15m/key",
    "change_password": "5/15m/user",
    "reauthenticate": "10/15m/user",
    "reset_password": "20/15m/ip",
    "reset_password_mail": "5/15m/key",
    "reader_report": "5/1h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "editorial.desk.people.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "editorial.desk.people.entrance_forms.CodeForm",
    "authenticate_webauthn": "editorial.desk.people.entrance_forms.PasskeyForm",
    "reauthenticate": "editorial.desk.people.entrance_forms.CodeAgainForm",
    "reauthenticate_webauthn": (
        "editorial.desk.people.entrance_forms.PasskeyAgainForm"
    ),
    "activate_totp": "editorial.desk.people.entrance_forms.FirstCodeForm",
    "add_webauthn": "editorial.desk.people.entrance_forms.AddPasskeyForm",
    "edit_webauthn": "editorial.desk.people.entrance_forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are `accounts`' to keep
MFA_TOTP_TOLERANCE = 1  # the code before and the code after: clocks differ, people type
# Of an address without https a browser lets `localhost` alone have passkeys.
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"

# The way in

ALLOWED_HOSTS = ALLOWED_HOSTS or [host, "localhost", "127.0.0.1", "[::1]"]
# The server speaks plain HTTP on this machine: https means a proxy in front of it,
# while its own probes come past that proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if https else None
SECURE_SSL_REDIRECT = https
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # conditions.headers sends X-Frame-Options on more than Django's
    "security.W004",  # and Strict-Transport-Security
]

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# No other site has a reason to load them.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Mail and logs

EMAIL_BACKEND = mail["EMAIL_BACKEND"]
EMAIL_HOST = mail["EMAIL_HOST"]
EMAIL_PORT = mail["EMAIL_PORT"]
EMAIL_HOST_USER = mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
# Kept in the database and sent by `worker`, through the backend above.
POST_OFFICE = {
    # Each outcome is written down before the next mail goes: a worker that dies sends
    # one mail twice at most, with the same number, by which mail programs know it.
    "BATCH_SIZE": 1,
    "THREADS_PER_PROCESS": 1,
    "BATCH_DELIVERY_TIMEOUT": 60,
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": host,
    "SENDING_ORDER": ["pk"],
    # For a day.
    "MAX_RETRIES": 48,
    "RETRY_INTERVAL": timedelta(minutes=30),
}
LOGGING = logs.configuration(LOG_LEVEL, LOG_FORMAT)

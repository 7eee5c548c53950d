"""What a new Wagtail site is set to, and how ours is served, so that both are equal.

Wagtail's own settings stay at their defaults, but for the two that it demands. The
server, the static files, the mail and SQLite are set as Countersign sets its own.
"""

import os
from pathlib import Path

import dj_database_url

FOLDER = Path(os.environ.get("WAGTAIL_FOLDER", "."))
ADDRESS = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "answers.urls"
WSGI_APPLICATION = "answers.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
LANGUAGE_CODE = "en-gb"

INSTALLED_APPS = [
    "answers",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
# As its documents say: around all others. Django's own cache, in the process.
if os.environ.get("CACHED") == "on":
    INSTALLED_APPS.append("wagtailcache")
    MIDDLEWARE.insert(0, "wagtailcache.cache.UpdateCacheMiddleware")
    MIDDLEWARE.append("wagtailcache.cache.FetchFromCacheMiddleware")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
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

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{FOLDER}/db.sqlite3"),
        conn_max_age=60,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    }

STATIC_URL, STATIC_ROOT = "/static/", FOLDER / "static"
MEDIA_URL, MEDIA_ROOT = "/media/", FOLDER / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Wagtail's start project raises it too: a long StreamField has many fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "Answers"
WAGTAILADMIN_BASE_URL = ADDRESS
# Both ask a host of the open net, which a benchmark must not wait for.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Off, as Wagtail has it; one trial turns it on.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = os.environ.get("REAPPROVE") == "on"

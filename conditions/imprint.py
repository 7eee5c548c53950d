"""What a printed answer was made by: another imprint's answers are not served.

Code, templates, static files, libraries and the settings that a page shows. A process
has one for its whole life, since it loaded all of these when it began.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

LIBRARIES = ("django", "markdown-it-py")
SHOWN = (
    *("SITE_NAME", "SITE_URL", "SITE_NOTICE", "DISCLAIMER", "TIME_ZONE"),
    *("LANGUAGE_CODE", "STATIC_URL", "SHARED_CACHE_SECONDS", "SECURITY_CONTACT"),
)


@cache
def imprint() -> str:
    """Return what names all that the answers of this process are made by."""
    return _imprint()


def is_current() -> bool:
    """Say whether a process that began now would have the same imprint."""
    return imprint() == _imprint()


def is_ready() -> bool:
    """Say whether an answer can name its static files: they are collected, if need be.

    Before the first `collectstatic` nothing can be printed, and nothing is served.
    """
    return not settings.STATIC_ROOT or _manifest().exists()


def _imprint() -> str:
    made = hashlib.sha256()
    for part in (*_libraries(), *_settings(), *_files()):
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()[:16]


def _libraries() -> Iterator[bytes]:
    for name in LIBRARIES:
        yield f"{name} {version(name)}".encode()


def _settings() -> Iterator[bytes]:
    for name in SHOWN:
        yield f"{name} {getattr(settings, name)}".encode()


def _files() -> Iterator[bytes]:
    """Yield every file that words or their look come from, in one order."""
    folders = (Path(__file__).parent, settings.BASE_DIR / "templates")
    found = [p for folder in folders for p in folder.rglob("*.*") if _is_ours(p)]
    for path in sorted(found):
        yield str(path.name).encode()
        yield path.read_bytes()
    if settings.STATIC_ROOT and is_ready():
        yield _manifest().read_bytes()


def _manifest() -> Path:
    return Path(settings.STATIC_ROOT) / "staticfiles.json"


def _is_ours(path: Path) -> bool:
    return path.suffix in (".py", ".html", ".css", ".svg")

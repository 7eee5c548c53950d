"""The static files that public pages name, as they were collected."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find

# The newsroom's own are no reader's business.
OURS = "conditions"


def files() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each, below the root of the site."""
    root = _root()
    below = settings.STATIC_URL.strip("/")
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".gz":
            name = path.relative_to(root.parent).as_posix()
            yield f"{below}/{name}", path.read_bytes()


def _root() -> Path:
    """Return where they were collected; without that, where they come from."""
    if settings.STATIC_ROOT:
        return Path(settings.STATIC_ROOT) / OURS
    return Path(str(find(OURS)))

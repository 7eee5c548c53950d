"""The authentication code over a printed answer, by keys that the database never sees.

Whoever can write to the database can therefore not print: the only room that knows the
keys. The first key seals; each that `SECRET_KEY_FALLBACKS` gives still opens.
"""

import hashlib
import hmac
from functools import cache

from django.conf import settings

# Its number is raised with each change of what a code is over: no older one is asked.
PURPOSE = b"conditions.seals/2"


@cache
def _key(secret: str) -> tuple[str, bytes]:
    """Return a key and its id, which tells nothing of the key."""
    key = hmac.digest(secret.encode(), PURPOSE, "sha256")
    return hashlib.sha256(key).hexdigest()[:8], key


@cache
def _keys(secrets: tuple[str, ...]) -> dict[str, bytes]:
    return dict(_key(secret) for secret in secrets)


def seal(words: bytes) -> str:
    """Return the code over the words: the id of the key in use, and 64 digits."""
    name, key = _key(settings.SECRET_KEY)
    return f"{name}:{hmac.digest(key, words, 'sha256').hex()}"


def knows(code: str) -> bool:
    """Say whether the key of a code is known."""
    return code.partition(":")[0] in _all_keys()


def holds(code: str, words: bytes) -> bool:
    """Say whether a code is that of the words, by its key."""
    name, _, digits = code.partition(":")
    key = _all_keys().get(name)
    if key is None or not digits.isascii():
        return False
    return hmac.compare_digest(hmac.digest(key, words, "sha256").hex(), digits)


def _all_keys() -> dict[str, bytes]:
    return _keys((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def sha256(body: bytes) -> str:
    """Return the SHA-256 of bytes as 64 digits."""
    return hashlib.sha256(body).hexdigest()

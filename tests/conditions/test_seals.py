"""The code over a printed answer, and its keys."""

import pytest

from conditions import seals


def test_a_seal_holds_for_its_words_alone():
    code = seals.seal(b"as printed")
    key = code.partition(":")[0]

    assert seals.holds(code, b"as printed")
    assert not seals.holds(code, b"as forged")
    for forged in (
        f"{key}:{'0' * 64}",
        code.removeprefix(key),
        key,
        "",
        f"{key}:\u00fc",
    ):
        assert not seals.holds(forged, b"as printed")


def test_an_older_key_opens_while_it_is_kept_and_no_longer(settings):
    settings.SECRET_KEY = "the first"
    older = seals.seal(b"as printed")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the second", ["the first"]
    newer = seals.seal(b"as printed")

    assert older[:8] != newer[:8]
    assert seals.holds(older, b"as printed")
    assert seals.holds(newer, b"as printed")
    settings.SECRET_KEY_FALLBACKS = []
    assert not seals.holds(older, b"as printed")


@pytest.mark.parametrize("secret", ["a", "a long one" * 20])
def test_neither_id_nor_code_tells_the_key(settings, secret):
    settings.SECRET_KEY = secret
    key, _, digits = seals.seal(b"").partition(":")

    assert (len(key), len(digits)) == (8, 64)
    assert key != seals.sha256(secret.encode())[:8]

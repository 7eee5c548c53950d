"""Letters that are not what they look like are named; those of medicine are not."""

import unicodedata

import pytest

from editorial import changes
from editorial.look_alikes import look_alikes
from tests.tricks import PLAIN, TRICKS


def named(text):
    return [one.name for one in look_alikes(unicodedata.normalize("NFC", text))]


def test_the_lists_are_as_long_as_they_say():
    assert (len(set(TRICKS)) >= 200, len(set(PLAIN)) >= 100) == (True, True)


@pytest.mark.parametrize("word", PLAIN)
def test_no_word_of_medicine_and_no_name_is_suspected(word):
    text = unicodedata.normalize("NFC", f"It is {word}, they say.")

    assert named(text) == []
    assert not any(map(changes.is_hidden, text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("аsid", "cyrillic small letter a (U+0430)"),
        ("dοse", "greek small letter omicron (U+03BF)"),
        ("pαin", "greek small letter alpha (U+03B1)"),
        ("hepatitis Β", "greek capital letter beta (U+0392)"),
        ("５ mg", "fullwidth digit five (U+FF15)"),
        ("1․5 mg", "one dot leader (U+2024)"),
        ("1̸0", "combining long solidus overlay (U+0338)"),
        ("٣ mg", "arabic-indic digit three (U+0663)"),
    ],
)
def test_a_look_alike_is_named(text, name):
    assert named(text) == [name]


def test_its_word_and_place_are_told():
    (one,) = look_alikes("Take hydrocоrtisone.")

    assert (one.before, one.sign, one.after, one.place) == (
        "hydroc",
        "о",
        "rtisone.",
        11,
    )


def test_a_long_text_is_read_once_through():
    assert len(list(look_alikes("аsid " * 10_000))) == 10_000

"""Which words are equal to a reader who searches."""

import pytest

from conditions import folding

EQUAL = [
    ("Ménière’s", "meniere"),
    ("menieres", "Ménière"),
    ("Sjögren", "SJOGREN"),
    ("Sjøgren", "sjogren"),
    ("Łuk", "luk"),
    ("haemophilia", "hemophilia"),
    ("oedema", "edema"),
    ("tumours", "tumor"),
    ("children’s", "children"),
    ("inherited", "inherit"),
    ("ﬁbrosis", "fibrosis"),
    ("ACVR1", "acvr1"),
]
UNEQUAL = [("ACVR1", "ACVR2"), ("gene", "general"), ("four", "for"), ("α", "a")]


def all_stems(text):
    """Every word of a name, in order, as it is compared."""
    return [stem for word in folding.WORD.findall(text) for stem in folding.stems(word)]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_spellings_of_one_word_are_equal(one, other):
    assert all_stems(one) == all_stems(other)


@pytest.mark.parametrize(("one", "other"), UNEQUAL)
def test_other_words_are_not(one, other):
    assert all_stems(one) != all_stems(other)


def test_a_greek_letter_is_its_name_and_a_greek_word_is_not():
    assert all_stems("β-thalassaemia") == all_stems("beta thalassemia")
    assert all_stems("α1-antitrypsin")[:2] == ["alpha", "1"]
    assert all_stems("βήτα") == ["βητα"]


def test_words_are_letters_and_digits_alone():
    words = all_stems("a*b & (c | 'd') \"e\" \\f :g -h _i 10.1/j\0k")

    assert all(word.isalnum() for word in words)


def test_a_word_without_end_is_cut():
    assert len(all_stems("1" * 500)[0]) == folding.LONGEST


def test_words_that_tell_nothing_are_left_out():
    assert folding.telling("What are the causes of it?") == ["caus"]


@pytest.mark.parametrize(
    ("one", "other"), [("10.1038/ng1783", "10.1038/NG1783"), ("MONDO:1", "MONDO 1")]
)
def test_an_identifier_is_one_word_however_it_is_written(one, other):
    assert folding.code("doi", one) == folding.code("doi", other)

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editorial.readability import Measure, measure, told
from editorial.syllables import syllables

# Counted by hand.
WORDS = {
    1: "bone heart lung tired caused care cares used clothes doubt spread",
    2: "disease tissue muscle needed being people science create react",
    3: "medicine idea area genetic protected influence nausea apnea",
    4: "diabetes diagnosis inherited biology antibody usually variety mortality",
    5: "inflammatory palovarotene examination heterotopic organization",
    6: "heteroplasia fibrodysplasia physiotherapy responsibility gastrointestinal",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, count) for count, words in WORDS.items() for word in words.split()],
)
def test_syllables_of_words_on_health_pages(word, count):
    assert syllables(word) == count


def test_parts_of_a_word_with_hyphens_are_counted_one_by_one():
    assert syllables("double-blind") == 3


def test_accents_and_capitals_change_no_count():
    assert syllables("Ménière") == syllables("meniere")


def test_an_apostrophe_adds_no_syllable():
    assert [syllables(word) for word in ("people’s", "doctor's")] == [2, 2]


# Sentences counted by hand: words, sentences, syllables.
TEXTS = {
    "plain": ("The cat sat on the mat. It was a very fat cat.", 12, 2, 13),
    "question": ("Does it hurt? Yes, it can hurt a lot at night!", 11, 2, 11),
    "decimal": ("Give 2.5 mg of it. Then wait for an hour or so.", 12, 2, 12),
    "short form": ("Some drugs, e.g. this one, may help you. Ask Dr. Falk.", 11, 2, 11),
    "quote": ("He said “stop.” She did not stop and we all left.", 11, 2, 11),
    "no stop": ("a line of ten short words that has no stop yet", 11, 1, 11),
    "citation": ("It is so [@pmid:16642017]. They all say that it is so.", 10, 2, 10),
    "emphasis": ("It is *so* and it is **not** so in the end.", 11, 1, 11),
    "link": ("See [a list](https://example.org/a) of all who do it now.", 9, 1, 9),
    "codes": ("FOP comes with ACVR1 and a dose of 2,000 mg for 30 days.", 13, 1, 13),
    "list": ("- rest and sleep a lot\n- drink and eat what you like", 11, 2, 11),
    "numbered": ("1. rest and sleep a lot\n2. drink and eat what you like", 11, 2, 11),
    "paragraphs": ("One two three four five\n\nsix ten nine eight red blue", 11, 2, 11),
    "wrapped": ("One two three four five\nsix ten nine eight red blue", 11, 1, 11),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_words_sentences_and_syllables(text):
    source, words, sentences, spoken = text

    assert measure(source) == Measure(words, words, sentences, spoken)


def test_the_grade_is_that_of_the_formula():
    # 0.39 * 38 / 3 + 11.8 * 60 / 38 - 15.59, sentences and syllables counted by hand
    source = (
        "Fibrodysplasia ossificans progressiva (FOP) can shorten life. A paper of 2023 "
        "says that people with FOP live to a median age of about 56 years. A median is "
        "a middle value: half live longer, and half do not."
    )

    assert measure(source).grade == 8.0


def test_long_words_in_long_sentences_are_harder():
    plain = "The bone grows in the wrong place. It can stop a joint from moving."
    hard = (
        "Heterotopic ossification progressively immobilises peripheral articulations, "
        "necessitating multidisciplinary rehabilitation considerations."
    )

    assert measure(plain).grade < 5
    assert measure(hard).grade > 20


def test_headings_and_tables_are_words_and_no_prose():
    source = (
        "## What helps most\n\n| Drug | Dose |\n| --- | --- |\n| A | 5 mg |\n\nRest."
    )

    assert (measure(source).words, measure(source).prose) == (9, 1)


def test_below_ten_words_there_is_no_grade():
    assert measure("One two three four five six ten nine eight.").grade is None
    assert measure("One two three four five six ten nine eight red.").grade is not None


def test_a_text_in_other_letters_has_words_and_no_grade():
    measured = measure("骨 が 筋肉 の 中 に できる 病気 です 。 それ は まれ です 。")

    assert (measured.words, measured.grade) == (13, None)


def test_a_grade_is_never_below_zero():
    assert measure("I go. " * 20).grade == 0.0


def test_faulty_markup_is_counted_all_the_same():
    assert measure("One two three [@ four five").words == 5


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 0), (199, 0), (200, 1), (299, 1), (300, 2), (1000, 5)]
)
def test_minutes_are_of_two_hundred_words(words, minutes):
    assert measure("word " * words).minutes == minutes


SAID = {
    "none": ("", "No words yet."),
    "one": ("Bone.", "1 word, under 1 minute to read."),
    "minute": ("Ja. " * 250, "250 words, about 1 minute to read. Reading grade 0.0"),
    "easy": (
        "The cat sat on the mat. It was a very fat cat.",
        "12 words, under 1 minute to read. "
        "Reading grade 0.0: a reader of about 6 follows it.",
    ),
    "hard": (
        "Heterotopic ossification progressively immobilises peripheral articulations, "
        "necessitating multidisciplinary rehabilitation considerations.",
        "specialists follow it; aim for 8 or below.",
    ),
}


@pytest.mark.parametrize(("source", "words"), SAID.values(), ids=SAID)
def test_a_measure_is_told_in_plain_words(source, words):
    assert words in told(measure(source), 8)


def test_a_grade_at_the_target_is_not_complained_about():
    assert told(Measure(38, 38, 3, 60), 8).endswith(
        "Reading grade 8.0: a reader of about 13 follows it."
    )


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
@example("\x00")
@example("骨" * 50)
@example("… . ! ?")
@example("1. \n- \n## \n| a | b |")
def test_nothing_breaks_the_measure(source):
    measured = measure(source)

    assert 0 <= measured.prose <= measured.words
    assert measured.sentences <= measured.prose <= max(measured.syllables, 0)
    assert measured.grade is None or measured.grade >= 0
    assert told(measured, 8)


@pytest.mark.parametrize(
    "part", ["word. ", "a-", "(", "[@", "e", "骨", "\x00", "a.\n\n"]
)
def test_a_hundred_kilobytes_are_measured_in_bounded_time(part):
    begun = time.process_time()

    measure((part * 100_000)[:100_000])

    assert time.process_time() - begun < 10

from datetime import date

import pytest

from conditions import wording


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("progressive osseous heteroplasia", "Progressive osseous heteroplasia"),
        ("Ménière’s disease", "Ménière’s disease"),
        ("élan", "Élan"),
        ("11p15 deletion", "11p15 deletion"),
        ("", ""),
    ],
)
def test_a_name_begins_a_sentence_with_a_capital_and_changes_nothing_else(text, shown):
    assert wording.sentence_start(text) == shown


def test_a_date_is_said_with_its_month_in_words():
    assert wording.long_date(date(2026, 5, 8)) == "8 May 2026"


def test_a_frozen_day_is_a_date_or_nothing():
    assert (wording.day("2026-05-08"), wording.day("")) == (date(2026, 5, 8), None)


@pytest.mark.parametrize(
    ("at", "zone", "shown"),
    [
        ("2026-05-08T14:03:05+00:00", "UTC", "8 May 2026, 14:03 UTC"),
        (
            "2026-05-09T11:30:00+12:00",
            "Pacific/Auckland",
            "9 May 2026, 11:30 Pacific/Auckland (UTC+12:00)",
        ),
        (
            "2026-01-08T00:05:00-03:30",
            "America/St_Johns",
            "8 January 2026, 00:05 America/St_Johns (UTC-03:30)",
        ),
    ],
)
def test_a_signature_says_its_time_with_its_zone(at, zone, shown):
    assert wording.signed_at(at, zone) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Shore EM and others", "Shore EM and others."),
        ("Is it safe?", "Is it safe?"),
        ("Stop!", "Stop!"),
        ("Done.", "Done."),
        ("He called it “safe.”", "He called it “safe.”"),
        ("A trial (in mice)", "A trial (in mice)."),
        ("", ""),
    ],
)
def test_a_sentence_ends_once(text, shown):
    assert wording.full_stop(text) == shown


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
    ],
)
def test_names_are_listed_as_in_a_sentence(names, shown):
    assert wording.listed(names) == shown


def test_a_byline_has_no_comma_without_post_nominals():
    assert wording.byline("Dr Ines Falk", "MD") == "Dr Ines Falk, MD"
    assert wording.byline("Dr Ines Falk", "") == "Dr Ines Falk"


def test_a_change_of_a_kind_not_known_here_is_still_readable():
    assert wording.change("no_change") == "Reviewed without change"
    assert wording.change("safety_update") == "Safety update"


@pytest.mark.parametrize(
    ("how", "note", "shown"),
    [
        ("person", "", "Drafted by a person."),
        ("machine_drafted", "", "Drafted by a machine, edited by a person."),
        (
            "machine_assisted",
            "For the wording",
            "Drafted by a person with machine assistance. For the wording.",
        ),
        ("by_a_choir", "", "By a choir."),
    ],
)
def test_how_a_text_was_drafted_is_said_in_whole_sentences(how, note, shown):
    assert wording.drafted(how, note) == shown


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/", "https://example.org/"),
        ("http://example.org/", ""),
        ("javascript:alert(1)", ""),
        (" https://example.org/", ""),
        ("", ""),
    ],
)
def test_only_https_is_linked(address, linked):
    assert wording.https(address) == linked


def test_the_trial_search_asks_for_the_exact_name():
    assert wording.trial_search("Ménière’s & “x/y”") == (
        "https://clinicaltrials.gov/search?cond="
        "%22M%C3%A9ni%C3%A8re%E2%80%99s%20%26%20%E2%80%9Cx%2Fy%E2%80%9D%22"
    )

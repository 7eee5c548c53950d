"""A quoted passage is taken from a text and found again in another one."""

import random

import pytest

from editorial.anchors import Ambiguous, Text, taken
from editorial.quotes import Passage
from tests.builders import BODY

OF_18 = "In one study, 13 of 18 people had it. In another, 13 of 18 people did not."


def take(source, quote, prefix="", suffix=""):
    found = taken({"body": Text(source)}, Passage(quote, prefix, suffix))
    return found and found[1]


def words(source, place):
    return place and source[place.start : place.end]


def test_a_quote_is_taken_with_its_surroundings():
    assert take("One two three four.", "two  three") == Passage(
        "two three", "One ", " four."
    )


def test_words_of_the_rendered_page_are_taken_as_their_source():
    passage = take(BODY, "from their father. physiotherapy keeps joints moving")

    assert passage.quote == (
        "from their father [@pmid:11784876].\n\n- physiotherapy keeps joints moving"
    )


def test_words_across_emphasis_and_a_link_are_taken_as_their_source():
    source = "So *soft tissue* turns, says [the list](https://example.org/)."

    assert take(source, "soft tissue turns, says the list").quote == (
        "soft tissue* turns, says [the list"
    )


def test_words_that_stand_nowhere_are_not_taken():
    assert take(BODY, "keeps joints still") is None
    assert take(BODY, "   ") is None


def test_like_words_are_told_apart_by_what_stands_around_them():
    passage = take(OF_18, "13 of 18", "In another, ", "")

    assert Text(OF_18).find(passage).start == OF_18.rindex("13 of 18")


def test_like_words_that_nothing_tells_apart_are_ambiguous():
    with pytest.raises(Ambiguous):
        take(OF_18, "13 of 18")


def test_surroundings_tell_in_which_of_two_texts_words_stand():
    texts = {"short_answer": Text("POH is rare."), "body": Text("It is POH, says he.")}

    assert taken(texts, Passage("POH", "It is ", ", says"))[0] == "body"


def test_a_quote_is_found_where_words_came_before_it():
    passage = take(BODY, "keeps joints moving")
    later = f"A new first sentence.\n\n{BODY}"

    place = Text(later).find(passage)

    assert (words(later, place), place.changed) == (passage.quote, False)


def test_a_quote_whose_twin_came_is_found_at_its_own_place():
    passage = take("A cure exists. Not yet.", "cure exists")
    twins = "No cure exists here. A cure exists. Not yet."

    assert Text(twins).find(passage).start == twins.rindex("cure exists")


def test_a_passage_of_which_words_changed_is_found_and_says_so():
    passage = take(BODY, "Most people inherit the changed copy from their father")
    edited = BODY.replace("Most people inherit", "Many people inherit")

    place = Text(edited).find(passage)

    assert place.changed
    assert "people inherit the changed copy from their father" in words(edited, place)


def test_a_passage_that_was_rewritten_is_not_found():
    passage = take(BODY, "keeps joints moving")

    assert Text("## Other\n\nNothing of it stands here now.").find(passage) is None


def test_a_short_quote_in_other_surroundings_is_not_taken_for_itself():
    passage = take("It was 13 of 18 people.", "13 of 18")

    assert Text("Elsewhere:13 of 18!").find(passage) is None


def test_the_only_place_is_told_by_its_surroundings():
    passage = take(OF_18, "13 of 18", "In one study, ")

    assert Text(OF_18).only(passage).start == OF_18.index("13 of 18")


def test_the_only_place_of_words_that_stand_twice_alike_is_ambiguous():
    passage = take(OF_18, "13 of 18", "In one study, ")
    # The passage itself is gone; two others are left, neither of them it.
    others = "Here 13 of 18 agreed. There 13 of 18 agreed."

    with pytest.raises(Ambiguous):
        Text(others).only(passage)


def test_the_only_place_is_of_the_very_words():
    passage = take(BODY, "Most people inherit the changed copy from their father")

    assert Text(BODY.replace("Most", "Many")).only(passage) is None


def test_five_hundred_lost_quotes_cost_a_bounded_effort():
    chance = random.Random(1)
    common = ["the", "of", "and", "gene", "bone", "tissue", "with", "growth"]
    source = " ".join(chance.choice(common) for _ in range(9_000))
    passages = [Passage(source[n : n + 800]) for n in range(0, 40_000, 80)]
    text = Text(source.replace("gene", "protein"))

    for passage in passages:
        text.find(passage)

    assert len(passages) == 500
    assert text._effort < 0  # it was spent, and what came after was not compared

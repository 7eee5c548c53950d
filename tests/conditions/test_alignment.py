import os
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conditions.alignment import (
    Effort,
    Match,
    equal_runs,
    similar_pairs,
    stretches,
    telling,
)

examples = settings(
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "200")), deadline=None
)
SEQUENCES = st.lists(st.sampled_from("abcdef"), max_size=40)


def sets(*texts):
    return [frozenset(text.split()) for text in texts]


def test_equal_runs_are_found_around_a_change():
    assert equal_runs("abXcd", "abYZcd", Effort()) == [Match(0, 0, 2), Match(3, 4, 2)]


def test_longest_run_is_matched_before_shorter_ones():
    assert equal_runs("-abab-x", "+abc-x", Effort()) == [Match(1, 1, 2), Match(5, 4, 2)]


def test_nothing_is_equal_in_an_empty_sequence():
    assert equal_runs("", "abc", Effort()) == []


def test_long_sequences_are_parted_at_what_stands_once():
    old = [str(number) for number in range(3_000)]
    new = [thing for thing in old if thing != "1500"] + ["end"]
    new[0] = "start"

    found = equal_runs(old, new, Effort())

    assert found == [Match(1, 1, 1_499), Match(1_501, 1_500, 1_499)]


def test_long_sequences_that_only_repeat_are_left_unmatched_in_time():
    old, new = ["a", "b"] * 50_000, ["b", "c", "a"] * 30_000

    assert equal_runs(old, new, Effort()) == []


def test_swapped_parts_of_a_long_sequence_keep_the_longer_one():
    longer = [f"p{number}" for number in range(1_000)]
    shorter = [f"q{number}" for number in range(900)]

    assert equal_runs(longer + shorter, shorter + longer, Effort()) == [
        Match(0, 900, 1_000)
    ]


def test_spent_effort_leaves_the_middle_different():
    assert equal_runs("aXbYc", "aZbWc", Effort(0)) == [Match(0, 0, 1), Match(4, 4, 1)]


def test_effort_spent_halfway_keeps_what_was_found():
    effort = Effort(60 + 18 + 14 + 4)

    assert equal_runs("1d2abc3e4", "5d6abc7e8", effort) == [
        Match(1, 1, 1),
        Match(3, 3, 3),
    ]
    assert effort.left == 0


def test_many_changes_in_a_long_sequence_are_all_found():
    old = [str(number) for number in range(10_000)]
    new = [f"new {thing}" if thing.endswith("5") else thing for thing in old]

    assert sum(run.size for run in equal_runs(old, new, Effort())) == 9_000


def test_long_sequences_in_which_nothing_stands_once_are_searched():
    assert equal_runs(["a", "b"] * 600, ["c", "b", "c"], Effort()) == [Match(1, 1, 1)]


def test_common_words_are_matched_in_long_sequences_too():
    old = ["the" if n % 50 == 25 else f"old {n}" for n in range(300)]
    new = ["the" if n % 50 == 25 else f"new {n}" for n in range(300)]

    assert len(equal_runs(old, new, Effort())) == 6


def test_things_that_share_one_word_of_many_are_not_paired():
    assert similar_pairs(sets("the a b c d"), sets("the p q r s"), Effort()) == []


def test_inserted_thing_does_not_part_the_pairs_after_it():
    old = sets("bones grow in muscle", "no treatment is known")
    new = sets("this is quite new", "bone grows in muscle", "no treatment is yet known")

    assert similar_pairs(old, new, Effort()) == [Match(0, 1, 1), Match(1, 2, 1)]


def test_pairs_are_chosen_for_the_greatest_likeness_in_all():
    old = sets("a b c d")
    new = sets("a b x y", "a b c x")

    assert similar_pairs(old, new, Effort()) == [Match(0, 1, 1)]


def test_removed_thing_does_not_part_the_pairs_after_it():
    old = sets("a b c", "d e f", "g h i")
    new = sets("d e x", "g h y")

    assert similar_pairs(old, new, Effort()) == [Match(1, 0, 1), Match(2, 1, 1)]


def test_things_without_words_are_never_paired():
    assert similar_pairs([frozenset()], [frozenset()], Effort()) == []


def test_too_many_things_are_paired_first_to_first():
    old = sets("a b c", "d e f")
    new = sets("a b x", "p q r", "d e y")

    assert similar_pairs(old, new, Effort(0)) == [Match(0, 0, 1)]


def test_slight_match_within_a_larger_change_is_left_out():
    found = [Match(0, 0, 1), Match(4, 4, 1), Match(9, 9, 1)]

    assert telling(found, 10, 10, lambda match: True) == [found[0], found[2]]


@pytest.mark.parametrize(
    ("match", "slight"), [(Match(1, 1, 1), True), (Match(4, 4, 1), False)]
)
def test_match_beside_another_or_of_weight_is_kept(match, slight):
    assert telling([match], 10, 10, lambda _: slight) == [match]


@examples
@given(old=SEQUENCES, new=SEQUENCES, left=st.integers(0, 2_000))
def test_runs_are_equal_in_order_and_within_the_effort(old, new, left):
    effort = Effort(left)
    found = equal_runs(old, new, effort)

    assert effort.left >= 0
    assert all(old[i : i + size] == new[j : j + size] and size for i, j, size in found)
    assert all(
        a.old + a.size <= b.old and a.new + a.size <= b.new for a, b in pairwise(found)
    )


@examples
@given(old=SEQUENCES, new=SEQUENCES)
def test_stretches_run_from_end_to_end(old, new):
    found = list(stretches(equal_runs(old, new, Effort()), len(old), len(new)))

    assert [x for part in found for x in old[part.old]] == old
    assert [x for part in found for x in new[part.new]] == new
    assert all(old[p.old] == new[p.new] for p in found if p.matched)

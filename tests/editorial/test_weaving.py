from editorial.weaving import woven


def rows(base, standing, kept):
    return [*woven(base.split(), standing.split(), kept.split())]


def test_what_none_of_the_texts_changed_stands_once():
    assert rows("a b", "a b", "a b") == [("a", "a", "a"), ("b", "b", "b")]


def test_what_went_and_what_came_stand_where_they_did():
    assert rows("a b c", "a c", "a x b c") == [
        ("a", "a", "a"),
        (None, None, "x"),
        ("b", None, "b"),
        ("c", "c", "c"),
    ]


def test_what_alone_went_is_taken_for_what_alone_came():
    assert rows("a b c", "a x c", "a b c")[1] == ("b", "x", "b")


def test_what_both_put_at_one_place_stands_once():
    assert rows("a b", "a x b", "a x b")[1] == (None, "x", "x")


def test_what_each_put_at_another_place_stands_twice():
    assert rows("a b", "x a b", "a b x") == [
        (None, "x", None),
        ("a", "a", "a"),
        ("b", "b", "b"),
        (None, None, "x"),
    ]


def test_without_a_base_what_stands_between_equals_is_set_side_by_side():
    assert rows("", "a x b", "a y b") == [
        (None, "a", "a"),
        (None, "x", "y"),
        (None, "b", "b"),
    ]

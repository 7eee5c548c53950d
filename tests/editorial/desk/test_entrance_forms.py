"""What a passkey has answered is an object of a passkey’s size, or no answer."""

import json

import pytest
from django.core.exceptions import ValidationError

from editorial.desk.people.entrance_forms import LONGEST_ANSWER, Answer


@pytest.mark.parametrize(
    "typed",
    [
        json.dumps({"id": "x" * LONGEST_ANSWER}),
        *("[1]", "1", '"words"', "true", "{", "[" * (LONGEST_ANSWER - 1)),
    ],
    ids=["long", "list", "number", "words", "truth", "half", "nested"],
)
def test_what_no_passkey_says_is_no_answer(typed):
    with pytest.raises(ValidationError, match="The passkey did not answer"):
        Answer().clean(typed)


def test_what_a_passkey_says_is_read():
    assert Answer().clean('{"id": "a"}') == {"id": "a"}

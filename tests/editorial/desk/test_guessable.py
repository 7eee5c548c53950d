"""A password is nobody's first guess."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from editorial.desk.people.guessable import words_of_this_place


@pytest.mark.parametrize(
    "password",
    [
        "password2026!",
        "Password-1234",
        "iloveyou.2026",
        "123qwerty4567",
        "countersign26",
        "Countersign2026!",
        "Rare answers 2026",
        "rareanswers12",
        "medical reviewer",
        "editor-editor-1",
    ],
)
def test_a_common_password_or_a_word_of_this_place_is_refused(password):
    with pytest.raises(ValidationError, match="belong together for nobody but you"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "a long and winding sentence",
        "7$2!9#4%1@6&8",
        "x7$2!9#4%1@6&",
        "ein editor der gärtnert",
        "漢字仮名交じり文を書きます",
        "VISEWREVCSWSBFKT",
    ],
)
def test_any_other_password_is_taken_whatever_its_signs(password):
    validate_password(password)


def test_the_words_follow_the_sites_name_and_address(settings):
    settings.SITE_NAME = "Seltene Antworten"
    settings.SITE_URL = "https://desk.clinic.example"

    words = words_of_this_place()

    assert {"seltene", "antworten", "selteneantworten", "clinic"} <= set(words)
    assert words == sorted(words, key=len, reverse=True)

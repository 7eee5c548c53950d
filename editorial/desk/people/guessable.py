"""Passwords that somebody would try first: common ones, dressed up, and words of here.

Length alone lets “password2026!” and the site's own name through. What is left without
digits, signs and words of this place must be something of the owner's own.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

WORDS = (
    *("countersign", "editorial", "summary", "signature", "condition"),
    *("writer", "medical", "reviewer", "editor"),
)
FEWEST = 4  # letters of one's own, once a word of this place is taken out
GUESSABLE = (
    "This is a common password, or a word of this site, with little added: choose a "
    "few words that belong together for nobody but you."
)


class GuessableValidator(CommonPasswordValidator):
    """Refuses a password whose letters are common, or are those of this site."""

    def validate(self, password, user=None):
        super().validate(password, user)
        letters = _letters(password)
        own = letters
        for word in words_of_this_place():
            own = own.replace(word, "")
        common = len(own) >= FEWEST and own in self.passwords
        of_here = len(own) < FEWEST and own != letters
        if common or of_here:
            raise ValidationError(GUESSABLE, code="password_guessable")


def words_of_this_place():
    """Return the words that a stranger would try here, the longest first."""
    said = [settings.SITE_NAME, urlsplit(settings.SITE_URL).hostname or "", *WORDS]
    parts = {_letters(part) for words in said for part in re.split(r"[\W_]+", words)}
    whole = {_letters(words) for words in said}
    return sorted((p for p in parts | whole if len(p) >= FEWEST), key=len, reverse=True)


def _letters(words):
    return re.sub(r"[\W\d_]", "", words.casefold())

"""What is known of one identifier scheme: words, syntax and link. No database."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Scheme:
    """One way of numbering things, and everything that is known of its values.

    `body` is the syntax of a canonical value without its `stem`, as a regular
    expression; `loose` a wider one, of which `settle` makes the canonical value.
    `names` and `addresses` are what may stand before it. `url` and `shown` hold one
    `{}`; `url` takes the value without its stem. An `evident` value needs no name.
    """

    code: str
    label: str
    noun: str
    expected: str
    body: str
    loose: str = ""
    names: str = "(?!)"
    stem: str = ""
    addresses: str = "(?!)"
    url: str = ""
    shown: str = "{}"
    evident: bool = False
    settle: Callable[[str], str] = str.upper
    checksum: Callable[[str], bool] | None = None
    proof: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What the whole of a canonical value fits."""
        return re.compile(re.escape(self.stem) + self.body)

    @cached_property
    def typed(self) -> re.Pattern[str]:
        """What people write or paste; the groups are name, written and address."""
        lead = f"{self.stem.rstrip(':')}[ :_]*" if self.stem else ""
        value = self.loose or self.body
        page = rf"(?:https?://)?(?:www\.)?(?:{self.addresses}){lead}"
        return re.compile(
            rf"(?P<name>(?:{self.names})[ :_]*)?"
            rf"(?:{page}(?P<address>{value})(?:[/?#][!-~]*)?|{lead}(?P<written>{value}))",
            re.IGNORECASE | re.ASCII,
        )

"""What the desk's templates may ask for: signs that mislead, framed where they stand.

Adds a frame and a name to what was rendered already, and changes nothing of it.
"""

import re
from collections.abc import Iterator

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from editorial import changes
from editorial.look_alikes import look_alikes

register = template.Library()

# Between two tags stand words; no attribute of ours holds a ">".
_TAGS = re.compile(r"(<[^>]*>)")
FRAME = (
    '<mark class="misleading" title="{0}">{1}'
    '<span class="visually-hidden"> ({0}) </span></mark>'
)


@register.filter
def framed(html: str) -> SafeString:
    """Return rendered words with each look-alike and unseen sign framed and named."""
    html = conditional_escape(html)
    if html.isascii():
        return html
    pieces = enumerate(_TAGS.split(html))
    return format_html_join(
        "",
        "{}",
        ((piece,) for n, text in pieces for piece in _pieces(text, is_tag=n % 2)),
    )


def _pieces(text: str, *, is_tag: int) -> Iterator[SafeString]:
    """Yield a tag as it is, and words with what misleads in frames."""
    end = 0
    for place, (shown, name) in () if is_tag else _misleading(text):
        yield SafeString(text[end:place])
        yield format_html(FRAME, name, shown)
        end = place + 1
    yield SafeString(text[end:])


def _misleading(text: str) -> list[tuple[int, tuple[str, str]]]:
    """Return place, looks and name of each sign, in order."""
    if text.isascii():
        return []
    found = {
        one.place: (one.sign, f"looks like another sign: {one.name}")
        for one in look_alikes(text)
    }
    for place, sign in enumerate(text):
        if changes.is_hidden(sign):
            found[place] = f"U+{ord(sign):04X}", f"invisible: {changes.named(sign)}"
    return sorted(found.items())

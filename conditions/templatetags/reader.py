"""What public templates may ask for, also those of errors, which have no context."""

import json
from datetime import date
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from conditions import wording

register = template.Library()

# As in Django's json_script, whose element cannot carry another type.
AS_DATA = {">": "\\u003E", "<": "\\u003C", "&": "\\u0026"}


@register.simple_tag
def site_name() -> str:
    """The site's name, which the operator sets."""
    return str(settings.SITE_NAME)


@register.simple_tag
def site_notice() -> str:
    """The sentence above every page, which the operator sets; empty for none."""
    return str(settings.SITE_NOTICE)


@register.simple_tag
@cache
def address_of(name: str) -> str:
    """The address of a page that there is one of; for what stands on every page.

    As `url`, which asks the router each time.
    """
    return reverse(name)


@register.simple_tag
def on_this_site(path: str) -> str:
    """The full address of a path."""
    return str(settings.SITE_URL) + path


@register.filter
def day(when: date) -> SafeString:
    """Return a date as a <time> element: 8 May 2026."""
    iso, words = when.isoformat(), wording.long_date(when)
    return format_html('<time datetime="{}">{}</time>', iso, words)


@register.filter
def as_json_ld(data: dict[str, Any]) -> SafeString:
    """Return structured data as a data block that no text in it can close."""
    text = json.dumps(data, ensure_ascii=False)
    for sign, escaped in AS_DATA.items():
        text = text.replace(sign, escaped)
    block = '<script type="application/ld+json">{}</script>'
    return format_html(block, SafeString(text))

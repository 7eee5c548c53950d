"""What a review screen showed, sealed into its form, to hold against the text now."""

from django.core import signing as tokens

from conditions import content

SALT = "the text that a review screen showed"


def sealed(manuscript):
    """Return the content on the screen, which comes back with the form unaltered."""
    return tokens.dumps(manuscript.content, salt=SALT, compress=True)


def shows(data, summary, manuscript):
    """Say whether the screen that was posted showed the text as it stands now."""
    now = (manuscript.sha256, content.iso(summary.evidence_searched_on))
    return (data.get("content_sha256"), data.get("evidence")) == now


def shown_before(data):
    """Return the content that the screen showed when it was posted, else None.

    Sealed by this site, so that it is what was shown and nothing else.
    """
    try:
        return tokens.loads(data.get("shown", ""), salt=SALT)
    except tokens.BadSignature:
        return None

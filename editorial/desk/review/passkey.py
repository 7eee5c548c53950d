"""What a passkey is asked before it signs: kept in the session for one text, used once.

A passkey answers to the hash of the very text that the screen shows.
"""

import json

from editorial import identity

ASKED = "passkeys asked to sign"
MOST = 10  # texts open at once in one browser


def ask(request, summary, content_sha256):
    """Return what a script asks the passkey, as text for the form."""
    options, state = identity.challenge(request.user, content_sha256)
    asked = {**_asked(request)}
    asked.pop(str(summary.pk), None)
    asked[str(summary.pk)] = {"of": content_sha256, "state": state}
    request.session[ASKED] = dict(list(asked.items())[-MOST:])
    return json.dumps(options)


def answered(request, summary, answer, content_sha256):
    """Return the answer with what it was asked, which is forgotten; None for none."""
    if not answer:
        return None
    asked = {**_asked(request)}
    kept = asked.pop(str(summary.pk), {})
    request.session[ASKED] = asked
    same = kept.get("of") == content_sha256
    return identity.Assertion(answer, kept["state"] if same else None)


def _asked(request):
    return request.session.get(ASKED, {})

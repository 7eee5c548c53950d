"""What happens at the entrance, told to who must know: notes, mails, ended sessions.

Called by the hooks that allauth offers and by the desk's own pages, never by a signal.
"""

import logging

from editorial import identity

log = logging.getLogger(__name__)
# What allauth calls a change of somebody's second factor, and what their owner reads.
CHANGES = {
    "mfa/email/totp_activated": "Added an authenticator app.",
    "mfa/email/totp_deactivated": "Removed the authenticator app.",
    "mfa/email/webauthn_added": "Added a passkey.",
    "mfa/email/webauthn_removed": "Removed a passkey.",
    "mfa/email/recovery_codes_generated": "Made new recovery codes.",
}


def came_in(user):
    log.info("%s has logged in.", user.username)


def refused(user, why):
    """Tell of a login refused; never of what was typed."""
    log.warning("A login of %s was refused: %s.", user.username, why)


def went_out(user):
    log.info("%s has logged out.", user.username)


def password_changed(user, what, *, but=""):
    """Tell the owner that their password is another; their other sessions end."""
    identity.told(user, what, but=but)


def factor_changed(request, name, user):
    """Tell the owner of a change of their second factor; their other sessions end."""
    identity.told(user, CHANGES[name], but=request.session.session_key)

"""What happens at the entrance, told to who must know: log, notes, mails, sessions.

Called by the hooks that allauth offers and by the desk's own pages, never by a signal.
"""

from editorial import account_notes, identity, log

# What allauth calls a change of somebody's second factor, and what their owner reads.
CHANGES = {
    "mfa/email/totp_activated": "Added an authenticator app.",
    "mfa/email/totp_deactivated": "Removed the authenticator app.",
    "mfa/email/webauthn_added": "Added a passkey.",
    "mfa/email/webauthn_removed": "Removed a passkey.",
    "mfa/email/recovery_codes_generated": "Made new recovery codes.",
}


def came_in(user):
    log.enter("logged_in", by=user, about=user)


def went_out(user):
    log.enter("logged_out", by=user, about=user)


def refused(user, why):
    """Tell of a login that was refused, by nobody known; never of what was typed."""
    log.enter("login_refused", by=None, about=user, why=why)


def factor_changed(request, name, user):
    """Tell the owner of a change of their second factor; their other sessions end."""
    account_notes.enter(user, CHANGES[name], by=user)
    identity.tell_owner(user, CHANGES[name], but=request.session.session_key)

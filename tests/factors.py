"""Second factors for tests: an app whose codes can be told, and a passkey."""

import hashlib
import secrets
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_app(user, secret=SECRET):
    """Give the account an authenticator app, and recovery codes as allauth does."""
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return user


def code(secret=SECRET, *, later=0):
    """Return what the app shows now, or some periods later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def recovery_codes(user):
    kept = Authenticator.objects.get(user=user, type="recovery_codes")
    return kept.wrap().get_unused_codes()


class Passkey:
    """A security key in software, which answers as a browser passes it on."""

    ORIGIN = "https://answers.example"
    THERE = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV

    def __init__(self):
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(16)

    def give(self, user, name="Key"):
        """Add it to the account, as its page does."""
        public = ES256.from_cryptography_key(self._key.public_key())
        made = AttestedCredentialData.create(bytes(16), self._id, public)
        seen = AuthenticatorData.create(
            self._site, self.THERE | AuthenticatorData.FLAG.AT, 0, made
        )
        attested = AttestationObject.create("none", seen, {})
        WebAuthn.add(
            user,
            name,
            self._say(
                clientDataJSON=self._data("webauthn.create", b"asked before"),
                attestationObject=bytes(attested),
            ),
        )
        return self

    def answer(self, options):
        """Answer what a page asks."""
        asked = websafe_decode(options["publicKey"]["challenge"])
        data = self._data("webauthn.get", asked)
        seen = AuthenticatorData.create(self._site, self.THERE, 1)
        signed = bytes(seen) + hashlib.sha256(data).digest()
        return self._say(
            clientDataJSON=data,
            authenticatorData=bytes(seen),
            signature=self._key.sign(signed, ec.ECDSA(hashes.SHA256())),
        )

    @property
    def _site(self):
        return hashlib.sha256(self.ORIGIN.partition("//")[2].encode()).digest()

    def _data(self, kind, challenge):
        return bytes(CollectedClientData.create(kind, challenge, self.ORIGIN))

    def _say(self, **parts):
        return {
            "id": websafe_encode(self._id),
            "rawId": websafe_encode(self._id),
            "type": "public-key",
            "response": {name: websafe_encode(part) for name, part in parts.items()},
            "clientExtensionResults": {},
        }

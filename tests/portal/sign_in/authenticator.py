"""An authenticator in software, which signs whatever an attacker asks it to."""

import hashlib
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAGS = AuthenticatorData.FLAG
PRESENT = FLAGS.UP | FLAGS.UV


class Authenticator:
    """One passkey; an honest browser would check what we do not."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(16)
        self.user_handle = ""

    def register(self, options: Any, *, origin: str) -> dict[str, Any]:
        """Answer the page that adds a passkey."""
        asked = options["publicKey"]
        self.user_handle = asked["user"]["id"]
        public_key = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(
            Aaguid.NONE, self.credential_id, public_key
        )
        data = AuthenticatorData.create(
            _hash(asked["rp"]["id"]), PRESENT | FLAGS.AT, 1, credential
        )
        client = _client("webauthn.create", asked["challenge"], origin)
        attestation = AttestationObject.create("none", data, {})
        return self._credential(
            clientDataJSON=bytes(client), attestationObject=bytes(attestation)
        )

    def sign(self, options: Any, *, origin: str, host: str = "") -> dict[str, Any]:
        """Answer the page that asks for a passkey, as if bound to `host`."""
        asked = options["publicKey"]
        data = AuthenticatorData.create(_hash(host or asked["rpId"]), PRESENT, 2)
        client = _client("webauthn.get", asked["challenge"], origin)
        signed = bytes(data) + hashlib.sha256(bytes(client)).digest()
        return self._credential(
            clientDataJSON=bytes(client),
            authenticatorData=bytes(data),
            signature=self.key.sign(signed, ec.ECDSA(SHA256())),
            userHandle=websafe_decode(self.user_handle),
        )

    def _credential(self, **response: bytes) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {key: websafe_encode(part) for key, part in response.items()},
        }


def _client(kind: str, challenge: str, origin: str) -> CollectedClientData:
    return CollectedClientData.create(kind, websafe_decode(challenge), origin)


def _hash(host: str) -> bytes:
    return hashlib.sha256(host.encode()).digest()

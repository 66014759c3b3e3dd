"""AES-256-GCM with a named key: the one place where bytes are sealed and opened.

A sealed value is `version (1) | key id (2) | nonce (12) | ciphertext and tag`.
The head is authenticated too, so a value cannot be pointed at another key.
"""

import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.encryption.errors import UnknownKeyError, UnreadableValueError

VERSION = b"\x01"
KEY_BYTES = 32
KEY_ID_BYTES = 2
NONCE_BYTES = 12
TAG_BYTES = 16
HEAD_BYTES = len(VERSION) + KEY_ID_BYTES


def pack_context(*parts: str) -> bytes:
    """Join the parts so that no two different lists give the same bytes."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def seal(plain: bytes, *, key_id: bytes, key: bytes, context: bytes) -> bytes:
    """Encrypt `plain` so that it opens only with this key and this context."""
    head = VERSION + key_id
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, head + context)


def unseal(sealed: bytes, *, keys: Mapping[bytes, bytes], context: bytes) -> bytes:
    """Decrypt what `seal` made.

    Raises UnknownKeyError when the key is not in `keys`, UnreadableValueError when
    the bytes or the context differ in any way from what was sealed.
    """
    head, rest = sealed[:HEAD_BYTES], sealed[HEAD_BYTES:]
    if head[:1] != VERSION or len(rest) < NONCE_BYTES + TAG_BYTES:
        raise UnreadableValueError("These bytes are not a sealed value.")
    key = keys.get(head[1:])
    if key is None:
        raise UnknownKeyError(f"No key {head[1:].hex()} in this town's key ring.")
    nonce, ciphertext = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, head + context)
    except InvalidTag:
        raise UnreadableValueError(
            "The value was altered, or sealed for another row, field or town."
        ) from None


def key_id_of(sealed: bytes) -> bytes:
    """Return the id of the key a sealed value names."""
    return sealed[len(VERSION) : HEAD_BYTES]


def derive(key: bytes, *, salt: bytes | None, info: bytes) -> bytes:
    """Derive an independent 32-byte key, one per use, from a key of the ring."""
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info)
    return hkdf.derive(key)

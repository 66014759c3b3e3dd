"""The key ring of one town: its data keys and its search key, wrapped as one blob.

Wrapped form: `version (1) | length of master id (1) | master id | nonce | ciphertext`.
Inside: `search key (32)` then `key id (2) | key (32)` for each data key, current first.
Wrapping the whole ring at once means no key can be dropped, added or reordered.
"""

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.encryption.envelope import (
    KEY_BYTES,
    KEY_ID_BYTES,
    NONCE_BYTES,
    VERSION,
)
from foundation.encryption.errors import UnknownKeyError, UnreadableValueError
from foundation.encryption.masterkeys import master_keys

_PURPOSE = b"preau town key ring"
_ENTRY_BYTES = KEY_ID_BYTES + KEY_BYTES


@dataclass(frozen=True, slots=True)
class KeyRing:
    """A town's keys in clear, for the time of one operation: never store or log it."""

    search_key: bytes = field(repr=False)
    data_keys: dict[bytes, bytes] = field(repr=False)

    @property
    def current(self) -> tuple[bytes, bytes]:
        """Return the id and the key that seal new values."""
        return next(iter(self.data_keys.items()))


def new_wrapped_key() -> bytes:
    """Make the key ring of a new town, wrapped by the current master key."""
    return _wrap(KeyRing(secrets.token_bytes(KEY_BYTES), dict([_new_data_key(())])))


def unwrap(wrapped_key: bytes) -> KeyRing:
    """Open a town's key ring.

    Raises UnknownKeyError when its master key left the settings,
    UnreadableValueError when the stored bytes were altered.
    """
    wrapped = bytes(wrapped_key)
    if len(wrapped) < 2 or wrapped[:1] != VERSION:
        raise UnreadableValueError("These bytes are not a town's key ring.")
    head = wrapped[: 2 + wrapped[1]]
    rest = wrapped[len(head) :]
    try:
        plain = AESGCM(_master_key(head[2:])).decrypt(
            rest[:NONCE_BYTES], rest[NONCE_BYTES:], _PURPOSE + head
        )
    except (InvalidTag, ValueError):
        raise UnreadableValueError("The town's key ring was altered.") from None
    return _read(plain)


def rewrap(wrapped_key: bytes) -> bytes:
    """Wrap the same ring under the current master key: no value needs a change."""
    return _wrap(unwrap(wrapped_key))


def rotate(wrapped_key: bytes) -> bytes:
    """Add a new current data key; values sealed by the older ones still open.

    The search key stays, so blind indexes remain valid.
    """
    ring = unwrap(wrapped_key)
    added = _new_data_key(ring.data_keys)
    return _wrap(KeyRing(ring.search_key, dict([added]) | ring.data_keys))


def forget_old_keys(wrapped_key: bytes) -> bytes:
    """Keep the current data key alone.

    Final: call it only when every value and file of the town was re-encrypted.
    """
    ring = unwrap(wrapped_key)
    return _wrap(KeyRing(ring.search_key, dict([ring.current])))


def _wrap(ring: KeyRing) -> bytes:
    master_id, master_key = next(iter(master_keys().items()))
    head = VERSION + bytes([len(master_id)]) + master_id.encode()
    plain = ring.search_key + b"".join(
        key_id + key for key_id, key in ring.data_keys.items()
    )
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(master_key).encrypt(nonce, plain, _PURPOSE + head)


def _read(plain: bytes) -> KeyRing:
    entries = plain[KEY_BYTES:]
    data_keys = {
        entries[start : start + KEY_ID_BYTES]: entries[
            start + KEY_ID_BYTES : start + _ENTRY_BYTES
        ]
        for start in range(0, len(entries), _ENTRY_BYTES)
    }
    return KeyRing(search_key=plain[:KEY_BYTES], data_keys=data_keys)


def _master_key(raw_id: bytes) -> bytes:
    master_id = raw_id.decode("ascii", errors="replace")
    key = master_keys().get(master_id)
    if key is None:
        raise UnknownKeyError(f"Master key {master_id!r} is not in PREAU_MASTER_KEYS.")
    return key


def _new_data_key(
    taken: dict[bytes, bytes] | tuple[()],
) -> tuple[bytes, bytes]:
    key_id = secrets.token_bytes(KEY_ID_BYTES)
    while key_id in taken:
        key_id = secrets.token_bytes(KEY_ID_BYTES)
    return key_id, secrets.token_bytes(KEY_BYTES)

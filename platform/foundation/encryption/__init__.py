"""Encryption of what a town must never leak: health notes, bank accounts, files.

A master key (settings) wraps one key ring per town (`Town.wrapped_key`); the ring
seals values and files. A value opens only in its own town, table, field and row.
"""

from foundation.encryption.errors import (
    EncryptedLookupError,
    EncryptionError,
    NoTownKeyError,
    PlainTextRefusedError,
    UnknownKeyError,
    UnreadableValueError,
)
from foundation.encryption.fields import EncryptedTextField, Sealed
from foundation.encryption.keyring import new_wrapped_key, rewrap, rotate, unwrap
from foundation.encryption.rotation import reencrypt
from foundation.encryption.town import blind_index

__all__ = [
    "EncryptedLookupError",
    "EncryptedTextField",
    "EncryptionError",
    "NoTownKeyError",
    "PlainTextRefusedError",
    "Sealed",
    "UnknownKeyError",
    "UnreadableValueError",
    "blind_index",
    "new_wrapped_key",
    "reencrypt",
    "rewrap",
    "rotate",
    "unwrap",
]

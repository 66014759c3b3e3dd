"""Master keys: they live in the settings, never in the database or a backup of it.

`PREAU_MASTER_KEYS` is a list of "id:base64 of 32 bytes". The first one wraps; the
others only open, until every town was re-wrapped (docs/operations/keys.md).
"""

import base64
import binascii
import re
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from foundation.encryption.envelope import KEY_BYTES

_KEY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


def master_keys() -> dict[str, bytes]:
    """Return the master keys by id, the current one first.

    Raises ImproperlyConfigured, without showing any key, when one is malformed.
    """
    configured = getattr(settings, "PREAU_MASTER_KEYS", ())
    if isinstance(configured, str):
        raise ImproperlyConfigured("PREAU_MASTER_KEYS is a list of 'id:base64key'.")
    return _parse(tuple(configured))


@lru_cache(maxsize=8)
def _parse(lines: tuple[str, ...]) -> dict[str, bytes]:
    keys = dict(_parse_line(position, line) for position, line in enumerate(lines))
    if not keys:
        raise ImproperlyConfigured("PREAU_MASTER_KEYS is empty: add 'id:base64key'.")
    if len(keys) != len(lines):
        raise ImproperlyConfigured("PREAU_MASTER_KEYS uses the same id twice.")
    return keys


def _parse_line(position: int, line: str) -> tuple[str, bytes]:
    key_id, _, encoded = line.partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if not _KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES:
        raise ImproperlyConfigured(
            f"PREAU_MASTER_KEYS[{position}] must read 'id:base64key': a short id in "
            f"lower case, then {KEY_BYTES} random bytes in base64."
        )
    return key_id, key

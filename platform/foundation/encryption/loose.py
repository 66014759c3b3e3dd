"""Texts that a library keeps without a row of ours: sealed for their town all the same.

The key comes from the search key of the town's ring, which rotation keeps: nobody
would seal such texts again. Operators' texts are sealed under the master keys.
"""

import base64
import hashlib

from django_tenants.utils import get_public_schema_name

from foundation.encryption.envelope import (
    KEY_ID_BYTES,
    derive,
    pack_context,
    seal,
    unseal,
)
from foundation.encryption.masterkeys import master_keys
from foundation.encryption.town import current_town_keys
from foundation.town import current_schema


def seal_text(text: str, *, purpose: str) -> str:
    """Return a text that opens in this town only, and for this purpose only."""
    keys = _keys(purpose)
    key_id, key = next(iter(keys.items()))
    sealed = seal(text.encode(), key_id=key_id, key=key, context=_context(purpose))
    return base64.urlsafe_b64encode(sealed).decode()


def unseal_text(sealed: str, *, purpose: str) -> str:
    """Return the text; raises UnreadableValueError for any other town or purpose."""
    payload = base64.urlsafe_b64decode(sealed.encode())
    return unseal(payload, keys=_keys(purpose), context=_context(purpose)).decode()


def _context(purpose: str) -> bytes:
    return pack_context("loose text", current_schema(), purpose)


def _keys(purpose: str) -> dict[bytes, bytes]:
    """Return the keys by id, the one that seals first."""
    info = _context(purpose)
    if current_schema() != get_public_schema_name():
        key = current_town_keys().ring.search_key
        return {bytes(KEY_ID_BYTES): derive(key, salt=None, info=info)}
    return {
        hashlib.sha256(name.encode()).digest()[:KEY_ID_BYTES]: derive(
            key, salt=None, info=info
        )
        for name, key in master_keys().items()
    }

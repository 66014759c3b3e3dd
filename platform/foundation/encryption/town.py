"""The keys of the town being served, found on the database connection."""

import hashlib
import hmac
from dataclasses import dataclass, field

from django.db import connection
from django_tenants.utils import get_public_schema_name

from foundation.encryption.envelope import derive, pack_context, seal, unseal
from foundation.encryption.errors import NoTownKeyError
from foundation.encryption.keyring import KeyRing, unwrap


@dataclass(frozen=True, slots=True)
class TownKeys:
    """The open key ring of one town, with the schema it belongs to."""

    schema_name: str
    ring: KeyRing = field(repr=False)

    def seal(self, plain: bytes, *context: str) -> bytes:
        """Encrypt for this town and this context (table, field, row)."""
        key_id, key = self.ring.current
        bound = pack_context(self.schema_name, *context)
        return seal(plain, key_id=key_id, key=key, context=bound)

    def unseal(self, sealed: bytes, *context: str) -> bytes:
        """Decrypt; raises UnreadableValueError outside its town and context."""
        bound = pack_context(self.schema_name, *context)
        return unseal(sealed, keys=self.ring.data_keys, context=bound)


def current_town_keys() -> TownKeys:
    """Open the key ring of the town the connection is in.

    Raises NoTownKeyError in the operators' schema, and where the schema was set by
    its name alone: the row of the town carries the key.
    """
    tenant = getattr(connection, "tenant", None)
    schema_name = str(getattr(tenant, "schema_name", "") or "")
    if schema_name in {"", get_public_schema_name()}:
        raise NoTownKeyError("No town is open here, so there is no key to use.")
    wrapped_key = getattr(tenant, "wrapped_key", None)
    if not wrapped_key:
        raise NoTownKeyError(
            f"{schema_name} carries no key. Enter the town with tenant_context(town), "
            "not with schema_context(name); a deleted key cannot come back."
        )
    return TownKeys(schema_name=schema_name, ring=unwrap(bytes(wrapped_key)))


def blind_index(value: str, purpose: str) -> bytes:
    """Return 32 bytes that let one find an equal value without storing it in clear.

    Give the canonical form ("FR7612345678..." with no spaces) and a purpose that
    never changes ("iban"). Equal values of one town and purpose share the index;
    across towns or purposes they do not.
    """
    keys = current_town_keys()
    info = pack_context("blind index", keys.schema_name, purpose)
    key = derive(keys.ring.search_key, salt=None, info=info)
    return hmac.new(key, value.encode(), hashlib.sha256).digest()

"""A value as the database holds it: it says nothing until it is opened."""

from dataclasses import dataclass, field
from typing import NoReturn
from uuid import UUID

from foundation.encryption.envelope import key_id_of
from foundation.encryption.errors import PlainTextRefusedError
from foundation.encryption.town import current_town_keys


@dataclass(frozen=True, slots=True)
class Sealed:
    """Encrypted bytes and the table and column they are bound to.

    `values()` and `values_list()` return these: `row["iban"].open(row["public_id"])`.
    """

    payload: bytes = field(repr=False)
    binding: str

    @property
    def key_id(self) -> bytes:
        """Return the id of the data key that sealed this value."""
        return key_id_of(self.payload)

    @classmethod
    def close(cls, plain: str, *, binding: str, row_id: UUID) -> "Sealed":
        """Seal `plain` for one row of the current town."""
        keys = current_town_keys()
        return cls(keys.seal(plain.encode(), binding, row_id.hex), binding)

    def open(self, row_id: UUID) -> str:
        """Return the plain text; raises EncryptionError anywhere but in its place."""
        keys = current_town_keys()
        return keys.unseal(self.payload, self.binding, row_id.hex).decode()

    def __str__(self) -> NoReturn:
        """Refuse to become text by accident (a template, a log, an export)."""
        raise PlainTextRefusedError(
            f"A sealed value of {self.binding} is not text: call open(row_id) on it."
        )

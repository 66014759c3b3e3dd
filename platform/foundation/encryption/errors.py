"""What can go wrong around a secret. No message ever contains the secret."""

from django.core.exceptions import FieldError


class EncryptionError(Exception):
    """Base of every error of this package."""


class NoTownKeyError(EncryptionError):
    """The current schema has no key: nothing can be sealed or opened here."""


class UnknownKeyError(EncryptionError):
    """The key named by a stored value is not, or no longer, in our hands."""


class UnreadableValueError(EncryptionError):
    """The stored bytes were altered, or belong to another row, field or town."""


class PlainTextRefusedError(EncryptionError, TypeError):
    """Plain text was about to reach the database without being sealed."""


class EncryptedLookupError(EncryptionError, FieldError):
    """A query compared an encrypted column; only `isnull` can be asked."""

    def __init__(self, column: str) -> None:
        super().__init__(
            f"{column} is encrypted: it cannot be compared. Store a blind_index() "
            "beside it and search that."
        )

"""The model field that keeps its text encrypted in the database.

The row needs an identity known before it is saved: `public_id`, a UUIDField with a
default. The value is sealed for that row, and opened when the attribute is read, so
a list that does not show it pays nothing.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core import checks
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute

from foundation.encryption.errors import (
    EncryptedLookupError,
    PlainTextRefusedError,
    UnreadableValueError,
)
from foundation.encryption.sealed import Sealed

__all__ = ["EncryptedTextField", "Sealed"]

if TYPE_CHECKING:
    _AnyField = models.Field[Any, Any]
else:
    _AnyField = models.Field  # Django's class is generic for the type checker alone.


class _ExactlyNothing(Exact):
    """Accept `filter(iban=None)`, which asks whether a value is there."""

    def get_prep_lookup(self) -> None:
        if self.rhs is not None:
            raise EncryptedLookupError(self.lhs.output_field.binding)


class _SealedAttribute(DeferredAttribute):
    """Open the value on first reading, then keep the text on the instance."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = value.open(self.field.row_id_of(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(_AnyField):
    """Text sealed for its town, table, column and row (AES-256-GCM).

    `row_id_field` names the UUID field of the row. `bound_to` ("table.column") keeps
    old values readable after the table or the column was renamed.
    """

    description = "Encrypted text"
    descriptor_class = _SealedAttribute

    def __init__(
        self,
        *args: Any,
        row_id_field: str = "public_id",
        bound_to: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row_id_field = row_id_field
        self.bound_to = bound_to
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.row_id_field != "public_id":
            kwargs["row_id_field"] = self.row_id_field
        if self.bound_to:
            kwargs["bound_to"] = self.bound_to
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_row_id(), *self._check_use()]

    @property
    def binding(self) -> str:
        """Return the "table.column" that values are bound to."""
        return self.bound_to or f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001 - Django's documented Meta API.

    def row_id_of(self, instance: models.Model) -> UUID:
        """Return the identity the values of this row are sealed with."""
        row_id = getattr(instance, self.row_id_field)
        return row_id if isinstance(row_id, UUID) else UUID(str(row_id))

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else str(value)

    def from_db_value(self, value: Any, *_: Any) -> Sealed | str | None:
        if value is None:
            return None
        # A column added to existing rows is filled with no bytes: an empty text.
        payload = bytes(value)
        return Sealed(payload, self.binding) if payload else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: ARG002, FBT001 - Django's signature.
        value = model_instance.__dict__.get(self.attname)
        row_id = self.row_id_of(model_instance)
        if isinstance(value, Sealed):
            self._check_it_is_in_its_place(value, row_id)
            return value
        if value is None:
            return None
        return Sealed.close(self.to_python(value), binding=self.binding, row_id=row_id)

    def get_db_prep_value(
        self,
        value: Any,
        connection: Any,
        prepared: bool = False,  # noqa: ARG002, FBT001, FBT002 - Django's signature.
    ) -> Any:
        if value is None:
            return None
        if isinstance(value, Sealed):
            return connection.Database.Binary(value.payload)
        if value == b"":
            return connection.Database.Binary(value)
        raise PlainTextRefusedError(
            f"{self.binding} is encrypted for each row: set the attribute and call "
            "save() or bulk_create(). update(), bulk_update(), column defaults and "
            "fixtures cannot seal it."
        )

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == IsNull.lookup_name:
            return IsNull
        if lookup_name == Exact.lookup_name:
            return _ExactlyNothing
        raise EncryptedLookupError(self.binding)

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002 - as above.
        raise PlainTextRefusedError(
            f"{self.binding} is encrypted and never leaves through a fixture."
        )

    def formfield(self, **kwargs: Any) -> Any:
        defaults: dict[str, Any] = {
            "form_class": forms.CharField,
            "max_length": self.max_length,
        }
        if self.max_length is None:
            defaults["widget"] = forms.Textarea
        return super().formfield(**(defaults | kwargs))

    def _check_it_is_in_its_place(self, value: Sealed, row_id: UUID) -> None:
        # A copied row (new public_id, value never read) would be lost for ever.
        try:
            Sealed(value.payload, self.binding).open(row_id)
        except UnreadableValueError as error:
            raise UnreadableValueError(
                f"This value of {self.binding} belongs to another place. Read it "
                "before you copy the row, then save the copy."
            ) from error

    def _check_row_id(self) -> list[checks.CheckMessage]:
        names = {field.name: field for field in self.model._meta.get_fields()}  # noqa: SLF001 - Django's documented Meta API.
        row_id = names.get(self.row_id_field)
        if isinstance(row_id, models.UUIDField) and row_id.has_default():
            return []
        return [
            checks.Error(
                f"An encrypted field needs {self.row_id_field}, a UUIDField with a "
                "default: the value is sealed for its row.",
                obj=self,
                id="foundation.E101",
            )
        ]

    def _check_use(self) -> list[checks.CheckMessage]:
        if not (self.unique or getattr(self, "db_index", False) or self.has_default()):
            return []
        return [
            checks.Error(
                "An encrypted field cannot be unique, indexed or have a default: "
                "equal texts never give equal bytes.",
                obj=self,
                id="foundation.E102",
            )
        ]

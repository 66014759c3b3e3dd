"""Fields of forms that several applications share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class PlainDecimalField(forms.DecimalField):
    """A number written in digits: 1E+2, which nobody writes, is refused.

    An exponent hides how many digits there are; a price made from it could not be
    worked out again to the letter.
    """

    def to_python(self, value: Any) -> Any:
        """Return a Decimal, or None; raises ValidationError in words."""
        if isinstance(value, str) and "e" in value.lower():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

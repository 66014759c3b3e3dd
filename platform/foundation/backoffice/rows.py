"""Rows inside a staff form, checked against those that are there."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import BaseModelFormSet
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet


class RowFormSet(BaseChildFormSet):
    """Refuses numbers of rows that are nobody's, or another form's, in words."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """Build a row like an unknown one when its number cannot be read.

        The formset of modelcluster, unlike Django's own, fails instead.
        """
        try:
            return super()._construct_form(i, **kwargs)
        except (ValidationError, MultiValueDictKeyError):
            return super(BaseModelFormSet, self)._construct_form(i, **kwargs)  # type: ignore[misc] # Past the class between, as it does itself.

    def clean(self) -> None:
        """Say that a row is not there any more, and what to do."""
        super().clean()
        if any(
            row.instance.pk is None and self.data.get(f"{row.prefix}-id") != ""
            for row in self.initial_forms
        ):
            raise ValidationError(
                _("One of these rows is not there any more. Load the page again.")
            )

"""The form of a service, with its situations and the proofs it asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from catalog.forms.codes import CodeFromName

from catalog.models import Situation


class ServiceForm(CodeFromName):
    """Refuses the same situation, or the same proof, twice."""

    def clean(self) -> dict[str, Any]:
        """Check the rows against each other before the database does."""
        data: dict[str, Any] = super().clean()
        situations = _kept(self.formsets["situations"])
        _refuse_repeated(situations, ("code",), _("This code is already used above."))
        asked = _kept(self.formsets["requirements"])
        _refuse_repeated(
            asked, ("proof_type", "situation"), _("This proof is already asked for.")
        )
        return data

    def is_valid(self) -> bool:
        """Count the errors put on rows by `clean`."""
        sound: bool = super().is_valid()
        return sound and not any(
            row.errors for formset in self.formsets.values() for row in formset.forms
        )


class RequirementFormSet(BaseChildFormSet):
    """Offers the situations of this service only."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Limit the choice; a situation must be saved before a proof names it."""
        super().add_fields(form, index)
        form.fields["situation"].queryset = Situation.objects.filter(
            service_id=self.instance.pk
        ).order_by("position", "id")
        form.fields["situation"].empty_label = _("Always")


def _kept(formset: Any) -> list[Any]:
    return [
        row
        for row in formset.forms
        if getattr(row, "cleaned_data", None) and not row.cleaned_data.get("DELETE")
    ]


def _refuse_repeated(rows: list[Any], keys: tuple[str, ...], message: Any) -> None:
    seen = set()
    for row in rows:
        values = tuple(row.cleaned_data.get(key) for key in keys)
        if values in seen:
            row.add_error(keys[0], forms.ValidationError(message))
        seen.add(values)

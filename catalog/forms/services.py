"""The form of a service, with its situations and the proofs it asks for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet

from catalog.forms.codes import CodeFromName
from catalog.models import Situation
from catalog.services.checklist import gaps_of


class ServiceForm(CodeFromName):
    """Refuses the same situation, or the same proof, twice."""

    today: date  # Given by the view.

    def clean(self) -> dict[str, Any]:
        """Refuse to show a service in which families could do nothing yet."""
        data: dict[str, Any] = super().clean()
        if data.get("is_published") and "is_published" in self.changed_data:
            for text in self._blocking():
                self.add_error("is_published", text)
        return data

    def _blocking(self) -> list[str]:
        if self.instance.pk is None:
            return [str(_("Save it hidden first: nothing can be booked in it yet."))]
        gaps = gaps_of(self.instance, today=self.today)
        return [each.text for each in gaps if each.is_blocking]

    def is_valid(self) -> bool:
        """Check the rows against each other before the database does."""
        sound: bool = super().is_valid()
        situations = _kept(self.formsets["situations"])
        asked = _kept(self.formsets["requirements"])
        return (
            _are_different(situations, ("code",), _("This code is already used above."))
            and _are_different(
                asked,
                ("proof_type", "situation"),
                _("This proof is already asked for."),
            )
            and sound
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


def _are_different(rows: list[Any], keys: tuple[str, ...], message: Any) -> bool:
    """Tell whether no two rows are the same; the second one says it."""
    seen: set[tuple[Any, ...]] = set()
    repeated = False
    for row in rows:
        values = tuple(row.cleaned_data.get(key) for key in keys)
        if values in seen:
            row.add_error(keys[0], forms.ValidationError(message))
            repeated = True
        seen.add(values)
    return not repeated

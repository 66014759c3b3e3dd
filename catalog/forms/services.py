"""The form of a service, with its situations and the proofs it asks for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.codes import CodeFromName
from catalog.models import Service
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

    def clean_comes_after(self) -> Service | None:
        """Refuse a step before that comes itself after this service."""
        before: Service | None = self.cleaned_data["comes_after"]
        step = before
        while step is not None:
            if step.pk == self.instance.pk:
                raise forms.ValidationError(
                    _("Choose another service as the step before.")
                )
            step = step.comes_after
        return before

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
            and _name_asked_forms(asked)
            and sound
        )


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


def _name_asked_forms(asked: list[Any]) -> bool:
    """Tell whether each condition names a form that the service asks for too."""
    types = {row.cleaned_data.get("proof_type") for row in asked}
    lonely = [
        row
        for row in asked
        if row.instance.only_if_proof and row.instance.only_if_proof not in types
    ]
    for row in lonely:
        row.add_error(
            "only_if_question",
            _("Ask for this form too: its answer decides here."),
        )
    return not lonely

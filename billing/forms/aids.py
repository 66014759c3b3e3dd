"""What clerks fill in for aids: what a kind gives, who has it, which statement."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.enums import AidMethod
from billing.forms.staff import MonthField
from billing.models import AidKind
from billing.queries.aid_statements import kinds_in_scope
from billing.services.granting import Granting
from catalog.forms.codes import CodeFromName
from families.models import Child, Household, Proof
from foundation.money import Money
from tenants.domain.scope import Scope
from tenants.queries import current_town

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_MOST = Decimal(1_000_000)


class AidKindForm(CodeFromName):
    """Amounts are written in euros or dollars, as on the payer's letter."""

    amount = forms.DecimalField(
        label=_("Amount for each unit, day or half-day"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=_MOST,
        decimal_places=2,
        help_text=_("Leave empty for a percentage."),
    )
    ceiling = forms.DecimalField(
        label=_("At most, for each child and period"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=_MOST,
        decimal_places=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = current_town().currency
        for name in ("amount", "ceiling"):
            minor = getattr(self.instance, f"{name}_minor")
            if minor is not None and name in self.fields:
                self.fields[name].initial = Money(minor, currency).decimal

    def clean(self) -> dict[str, Any]:
        """Ask for what the aid helps with, and for one way to count it."""
        data: dict[str, Any] = super().clean()
        if not (data.get("services") or data.get("activities")):
            self.add_error("services", _("Choose what this aid helps to pay."))
        is_percent = data.get("method") == AidMethod.PERCENT
        if is_percent and not data.get("percent"):
            self.add_error("percent", _("Write the percentage of the price."))
        if data.get("method") and not is_percent and not data.get("amount"):
            self.add_error("amount", _("Write what is paid each time."))
        self._keep(data, is_percent=is_percent)
        return data

    def _keep(self, data: dict[str, Any], *, is_percent: bool) -> None:
        currency = current_town().currency
        for name in ("amount", "ceiling"):
            written = data.get(name)
            minor = written and Money.from_decimal(written, currency).minor
            setattr(self.instance, f"{name}_minor", minor or None)
        if is_percent:
            self.instance.amount_minor = None
        else:
            data["percent"] = None


class GrantForm(forms.Form):
    """Which aid, for which child, on which days, with which proof."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ModelChoiceField(
        AidKind.objects.none(),
        label=_("Aid"),
        to_field_name="code",
        empty_label=_("Choose an aid"),
        help_text=_("Not in the list? Describe it first, under “Kinds of aid”."),
    )
    child = forms.ModelChoiceField(
        Child.objects.none(),
        label=_("Child"),
        to_field_name="public_id",
        required=False,
        empty_label=_("All the children of the household"),
    )
    from_on = forms.DateField(label=_("First day"), widget=_DAY)
    last_on = forms.DateField(label=_("Last day"), widget=_DAY)
    proof = forms.ModelChoiceField(
        Proof.objects.none(),
        label=_("Proof on file"),
        to_field_name="public_id",
        required=False,
        empty_label=_("None: seen at the counter"),
    )
    reference = forms.CharField(
        label=_("File number at the payer"), required=False, max_length=60
    )

    def __init__(
        self, *args: Any, household: Household, scope: Scope, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        children = (
            Child.objects.born().filter(memberships__household=household).distinct()
        )
        proofs = Proof.objects.filter(household=household).current()
        querysets = {
            "kind": kinds_in_scope(scope, on=today),
            "child": children.order_by("birth_date"),
            "proof": proofs.select_related("proof_type"),
        }
        for name, found in querysets.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined] # A model choice.

    def clean(self) -> dict[str, Any]:
        """Refuse an aid that ends before it starts."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("from_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("An aid ends after it starts."))
        return data

    @property
    def granting(self) -> Granting:
        """What the form says; the last day is included."""
        data = self.cleaned_data
        return Granting(
            data["kind"],
            data["child"],
            data["from_on"],
            date.fromordinal(data["last_on"].toordinal() + 1),
            data["proof"],
            data["reference"],
        )


class EndForm(forms.Form):
    """The last day of an aid that ends early."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    last_on = forms.DateField(
        label=_("Last day"),
        widget=_DAY,
        help_text=_("What was already billed stays as it is."),
    )


class StatementForm(forms.Form):
    """The month of a statement."""

    mark_optional = False

    month = MonthField(label=_("Month of the invoices"))

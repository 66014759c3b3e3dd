"""What clerks fill in to bill, cash and collect."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.enums import InvoiceStatus
from billing.models import Invoice, Regie
from foundation.money import Money
from foundation.periods import Period, month_of
from tenants.domain.scope import Scope

MONTH = "%Y-%m"


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    widget = forms.DateInput(format=MONTH, attrs={"type": "month"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=[MONTH, "%m/%Y"], **kwargs)


class _RegieForm(forms.Form):
    """Chooses one of the régies a clerk bills for."""

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["regie"]
        if isinstance(choices, forms.ModelChoiceField):
            choices.queryset = choices.queryset.in_scope(scope)  # type: ignore[union-attr] # Régies.

    @property
    def has_regies(self) -> bool:
        """Say whether there is a régie to choose."""
        choices = self.fields["regie"]
        if isinstance(choices, forms.ModelChoiceField) and choices.queryset is not None:
            return choices.queryset.exists()
        return False


class RunForm(_RegieForm):
    """The régie and the month to bill."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    regie = forms.ModelChoiceField(
        Regie.objects.order_by("name"),
        label=_("Régie"),
        to_field_name="code",
        empty_label=None,
    )
    month = MonthField(label=_("Month"))

    @property
    def period(self) -> Period:
        """The whole month."""
        return month_of(self.cleaned_data["month"])


class ConfirmForm(forms.Form):
    """A decision that one button makes, once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)


class IssueForm(ConfirmForm):
    """Issuing cannot be undone: a box says so."""

    checked = forms.BooleanField(
        label=_("I checked the drafts. Issued invoices cannot be changed."),
        error_messages={"required": _("Tick the box once you checked the drafts.")},
    )


class InvoiceSearchForm(forms.Form):
    """Filters of the list of invoices."""

    mark_optional = False

    words = forms.CharField(
        label=_("Number, file or name"), required=False, max_length=100
    )
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            *[each for each in InvoiceStatus.choices if each[0] != InvoiceStatus.DRAFT],
        ],
    )
    regie = forms.ChoiceField(label=_("Régie"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        """Offer the régies a clerk bills for."""
        super().__init__(*args, **kwargs)
        mine = Regie.objects.in_scope(scope)
        regies = mine.order_by("name").values_list("code", "name")
        self.fields["regie"].choices = [("", _("All")), *regies]  # type: ignore[attr-defined] # A choice field.

    @property
    def asked(self) -> dict[str, str]:
        """The filters; a wrong one filters nothing."""
        good = self.cleaned_data if self.is_valid() else {}
        return {name: str(good.get(name) or "") for name in self.fields}


class CounterForm(forms.Form):
    """Money handed over at the counter for one invoice."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    amount = forms.DecimalField(
        label=_("Amount received"),
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000),
        decimal_places=2,
    )

    def __init__(self, *args: Any, invoice: Invoice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = invoice.currency
        left = Money(invoice.left_minor, invoice.currency)
        self.fields["amount"].initial = left.decimal

    @property
    def amount_minor(self) -> int:
        """The amount in minor units."""
        return Money.from_decimal(self.cleaned_data["amount"], self.currency).minor


class BatchForm(_RegieForm):
    """The régie whose debits leave, and the day banks collect them."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    regie = forms.ModelChoiceField(
        Regie.objects.filter(takes_direct_debits=True).order_by("name"),
        label=_("Régie"),
        to_field_name="code",
        empty_label=None,
    )
    collection_on = forms.DateField(
        label=_("Collection day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

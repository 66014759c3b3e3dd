"""The taxes of a régie as a form: a few rows, then one choice for each service."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from billing.enums import TaxCategory
from billing.models import Regie, RegieTax, TaxRule
from billing.services.tax_rules import RuleFacts, TaxFacts
from catalog.models import Activity, Service

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EMPTY_ROWS = 2
_AS_SERVICE = ("", gettext_lazy("As its service"))


class TaxForm(forms.Form):
    """One tax; empty, it is left out."""

    code = forms.SlugField(label=gettext_lazy("Code"), max_length=12)
    label = forms.CharField(label=gettext_lazy("Name on invoices"), max_length=40)
    rate = forms.DecimalField(
        label=gettext_lazy("Rate in percent"),
        min_value=Decimal("0.001"),
        max_value=Decimal("99.999"),
        max_digits=5,
        decimal_places=3,
    )
    registration = forms.CharField(
        label=gettext_lazy("Registration number"), max_length=40
    )
    from_on = forms.DateField(label=gettext_lazy("First day"), widget=_DAY)
    last_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=_DAY, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a tax that ends before it starts."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("from_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("A tax ends after it starts."))
        return data

    @property
    def facts(self) -> TaxFacts:
        """What the row says; the last day is included."""
        data = self.cleaned_data
        last = data["last_on"]
        return TaxFacts(
            data["code"],
            data["label"],
            data["rate"],
            data["registration"],
            data["from_on"],
            date.fromordinal(last.toordinal() + 1) if last else None,
        )


Taxes = forms.formset_factory(TaxForm, extra=EMPTY_ROWS, can_delete=True, max_num=12)


def written_taxes(taxes: forms.BaseFormSet[TaxForm]) -> list[TaxFacts]:
    """Return the taxes of valid rows, those to delete and empty ones left out."""
    return [
        form.facts
        for form in taxes.forms
        if form.cleaned_data.get("code") and not form.cleaned_data.get("DELETE")
    ]


class RulesForm(forms.Form):
    """Whether each service bears taxes, and each activity that differs from it."""

    def __init__(self, *args: Any, regie: Regie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = regie.services.order_by("position", "name")
        self.services = list(services.prefetch_related("activities"))
        known = {
            (each.service_id, each.activity_id): each
            for each in TaxRule.objects.filter(regie=regie)
        }
        for service, activity in self._things():
            rule = known.get((service.pk, activity.pk if activity else None))
            self._add(service, activity, rule)

    def clean(self) -> dict[str, Any]:
        """Ask why what is exempt is exempt."""
        data: dict[str, Any] = super().clean() or {}
        for service, activity in self._things():
            key = _key(service, activity)
            if data.get(key) == TaxCategory.EXEMPT and not data.get(f"{key}-why"):
                self.add_error(f"{key}-why", _("Say why nothing is taxed here."))
        return data

    @property
    def facts(self) -> list[RuleFacts]:
        """Return what was chosen; what follows its service is left out."""
        data = self.cleaned_data
        chosen = [
            (service, activity, data.get(_key(service, activity)))
            for service, activity in self._things()
        ]
        return [
            RuleFacts(
                service, activity, category, data[f"{_key(service, activity)}-why"]
            )
            for service, activity, category in chosen
            if category
        ]

    def _things(self) -> Iterator[tuple[Service, Activity | None]]:
        for service in self.services:
            yield service, None
            for activity in service.activities.all():
                yield service, activity

    def _add(
        self, service: Service, activity: Activity | None, rule: TaxRule | None
    ) -> None:
        key = _key(service, activity)
        name = f"{service}, {activity}" if activity else str(service)
        empty = _AS_SERVICE if activity else ("", _("Not said yet"))
        self.fields[key] = forms.ChoiceField(
            label=name,
            required=False,
            choices=[empty, *TaxCategory.choices],
            initial=rule.category if rule else "",
        )
        self.fields[f"{key}-why"] = forms.CharField(
            label=_("%(name)s: why it is exempt") % {"name": name},
            required=False,
            max_length=200,
            initial=rule.reason if rule else "",
        )


def tax_rows_of(regie: Regie) -> list[dict[str, Any]]:
    """Return the taxes of a régie as the rows of the form."""
    return [
        {
            "code": each.code,
            "label": each.label,
            "rate": Decimal(f"{each.rate.normalize():f}"),
            "registration": each.registration,
            "from_on": each.from_on,
            "last_on": each.until_on
            and date.fromordinal(each.until_on.toordinal() - 1),
        }
        for each in RegieTax.objects.filter(regie=regie).order_by("from_on", "id")
    ]


def _key(service: Service, activity: Activity | None) -> str:
    return f"activity-{activity.code}" if activity else f"service-{service.code}"

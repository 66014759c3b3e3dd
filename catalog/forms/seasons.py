"""Which service, from which season to which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.enums import PeriodKind
from catalog.models import CalendarPeriod, Service
from tenants.domain.scope import Scope


class _Years(forms.ModelChoiceField):  # type: ignore[type-arg] # Not generic at run time.
    """A school year of the town's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        years = CalendarPeriod.objects.filter(kind=PeriodKind.SCHOOL_YEAR)
        super().__init__(
            queryset=years.order_by("from_on"),
            to_field_name="code",
            empty_label=None,
            **kwargs,
        )


class SeasonForm(forms.Form):
    """One service, or all those of the clerk."""

    service = forms.ModelChoiceField(
        label=_("Service"),
        queryset=Service.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("All services"),
    )
    old = _Years(label=_("Season to copy"))
    new = _Years(label=_("Season to make"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        """Offer the services of a clerk, and the last two school years."""
        super().__init__(*args, **kwargs)
        mine = Service.objects.in_scope(scope).order_by("position", "name")
        self.fields["service"].queryset = mine  # type: ignore[attr-defined] # A field of choices.
        self._mine = mine
        years = list(
            CalendarPeriod.objects.filter(kind=PeriodKind.SCHOOL_YEAR).order_by(
                "from_on"
            )
        )
        if len(years) > 1:
            self.fields["old"].initial = years[-2].code
            self.fields["new"].initial = years[-1].code

    @property
    def services(self) -> list[Service]:
        """The services chosen."""
        chosen = self.cleaned_data.get("service")
        return [chosen] if chosen else list(self._mine)

    def clean(self) -> dict[str, Any]:
        """Refuse a season that does not come later."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        old, new = data.get("old"), data.get("new")
        if old and new and new.from_on <= old.from_on:
            message = _("Choose a season that comes after the one you copy.")
            self.add_error("new", message)
        return data

"""Which services a régie bills."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models import Regie
from catalog.models import Service
from tenants.domain.scope import Scope


class RegieServicesForm(forms.Form):
    """Offers what no other régie bills."""

    services = forms.ModelMultipleChoiceField(
        Service.objects.none(),
        label=_("Services billed by this régie"),
        help_text=_("What another régie bills already is not listed."),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, regie: Regie, scope: Scope, **kwargs: Any) -> None:
        """Offer the services of the clerk's part of the town."""
        super().__init__(*args, **kwargs)
        free = Q(regies=None) | Q(regies=regie)
        offered = Service.objects.in_scope(scope).filter(free).distinct()
        field = self.fields["services"]
        field.queryset = offered.order_by("name")  # type: ignore[attr-defined] # A ModelMultipleChoiceField.
        field.initial = [each.public_id for each in regie.services.all()]

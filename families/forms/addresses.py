"""The postal address, which completes the account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.domain.addresses import tidy_postal_code
from families.queries import communes_at
from families.services.households import Address
from tenants.townhall.models import Commune

COUNTRIES = [
    ("FR", _("France")),
    ("BE", _("Belgium")),
    ("CA", _("Canada")),
    ("CH", _("Switzerland")),
    ("DE", _("Germany")),
    ("LU", _("Luxembourg")),
    ("MC", _("Monaco")),
    ("US", _("United States")),
]
ELSEWHERE = "elsewhere"


class AddressForm(forms.Form):
    """Where the family lives. The commune is proposed from the postal code."""

    street = forms.CharField(
        label=_("Number and street"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        error_messages={"required": _("Enter the number and the street.")},
    )
    street_extra = forms.CharField(
        label=_("Building, floor"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line2"}),
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": _("Enter the postal code.")},
    )
    city = forms.CharField(
        label=_("City"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"required": _("Enter the name of the city.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=COUNTRIES,
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    commune = forms.ChoiceField(
        label=_("Your commune"),
        required=False,
        help_text=_("Leave it if you are not sure: the postal code tells us."),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("So that the school can reach you."),
        widget=forms.TextInput(
            attrs={
                "type": "tel",
                "autocomplete": "tel",
                "class": "govuk-input--width-20",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the commune only where the town has several."""
        super().__init__(*args, **kwargs)
        self.communes = {
            str(commune.public_id): commune
            for commune in Commune.objects.order_by("position", "name")
        }
        if len(self.communes) < 2:
            del self.fields["commune"]
            return
        self.fields["commune"].choices = [  # type: ignore[attr-defined] # A ChoiceField.
            ("", _("Find it from the postal code")),
            *((key, commune.name) for key, commune in self.communes.items()),
            (ELSEWHERE, _("I live elsewhere")),
        ]

    def clean(self) -> dict[str, Any]:
        """Tidy the postal code, then find the commune it leads to."""
        answers = self.cleaned_data
        if "postal_code" in answers and "country" in answers:
            code = tidy_postal_code(answers["postal_code"], answers["country"])
            if code is None:
                self.add_error("postal_code", _("Check the postal code."))
            else:
                answers["postal_code"] = code
                answers["found_commune"] = self._find_commune(code)
        return answers

    def to_address(self) -> Address:
        """Return the valid answers."""
        names = ("street", "street_extra", "postal_code", "city", "country")
        return Address(
            **{name: self.cleaned_data[name] for name in names},
            commune=self.cleaned_data["found_commune"],
        )

    def _find_commune(self, code: str) -> Commune | None:
        chosen = self.cleaned_data.get("commune", "")
        if chosen in self.communes:
            return self.communes[chosen]
        if chosen == ELSEWHERE:
            return None
        found = communes_at(code)
        if len(found) > 1:
            self.add_error(
                "commune", _("Several communes share this postal code: choose yours.")
            )
            return None
        return found[0] if found else None

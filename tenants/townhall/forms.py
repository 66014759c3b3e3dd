"""The settings of a town as a form."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from tenants.domain.brand import BrandContrastError, check_brand
from tenants.domain.colour import InvalidColourError
from tenants.townhall.models import Commune, TownSettings


class TownSettingsForm(forms.ModelForm[TownSettings]):
    """Refuses colours that people could not see, and says which one works."""

    sections: ClassVar = (
        (_("Name and look"), ("name", "second_name", "logo")),
        (_("Colours"), ("brand_colour", "accent_colour")),
        (_("Contact"), ("address", "contact_email", "contact_phone")),
        (_("Accounts"), ("minimum_age", "legal_basis", "legal_notice")),
        (
            _("Accounts opened by the town"),
            ("claim_code_days", "temporary_password_days"),
        ),
        (_("Basket"), ("basket_minutes",)),
    )

    class Meta:
        model = TownSettings
        fields = (
            "name",
            "second_name",
            "logo",
            "brand_colour",
            "accent_colour",
            "address",
            "contact_email",
            "contact_phone",
            "minimum_age",
            "legal_basis",
            "legal_notice",
            "claim_code_days",
            "temporary_password_days",
            "basket_minutes",
        )
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3}),
            "legal_notice": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "brand_colour": _("Six letters or digits after a #, like #1d5c63."),
            "accent_colour": _("Only decorates. Leave it empty for a lighter colour."),
            "logo": _("A PNG or JPEG picture; at best without background."),
            "minimum_age": _("Between 13 and 25 years."),
            "claim_code_days": _("The code of a posted letter, from 7 to 730 days."),
            "temporary_password_days": _("Sent by e-mail, from 1 to 90 days."),
        }

    def clean_brand_colour(self) -> str:
        """Check that buttons and links of this colour can be seen and read."""
        colour: str = self.cleaned_data["brand_colour"]
        try:
            check_brand(colour)
        except InvalidColourError as error:
            message = _("This is not a colour. Write it like #1d5c63.")
            raise forms.ValidationError(message) from error
        except BrandContrastError as error:
            message = _(
                "This colour is too pale: its contrast is %(ratio)s and must be "
                "%(needed)s. Choose %(suggestion)s, or a darker one."
            )
            about = {
                "ratio": error.ratio,
                "needed": error.needed,
                "suggestion": error.suggestion,
            }
            raise forms.ValidationError(message, params=about) from error
        return colour

    def clean_accent_colour(self) -> str:
        """Check that it is a colour."""
        colour: str = self.cleaned_data["accent_colour"]
        if not colour:
            return ""
        try:
            check_brand("#000000", colour)
        except InvalidColourError as error:
            message = _("This is not a colour. Write it like #e07a3f.")
            raise forms.ValidationError(message) from error
        return colour

    def grouped(self) -> list[tuple[object, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [
            (heading, [self[name] for name in names])
            for heading, names in self.sections
        ]


class PostalCodesField(forms.CharField):
    """Postal codes typed one after the other, kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        """Show them on one line."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override] # A list.
        """Split at commas and semicolons."""
        parts = (value or "").replace(";", ",").split(",")
        return [part.strip() for part in parts if part.strip()]


class CommuneForm(WagtailAdminModelForm):
    """A commune with its postal codes."""

    postal_codes = PostalCodesField(
        label=_("Postal codes"), required=False, help_text=_("Separated by commas.")
    )

    class Meta:
        model = Commune
        fields = ("name", "code", "postal_codes", "position")

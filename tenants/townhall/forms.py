"""The settings of a town as a form."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from foundation.errors import DomainError
from foundation.passwords.rules import Kind, PasswordRule
from tenants.domain.brand import BrandContrastError, check_brand
from tenants.domain.colour import InvalidColourError
from tenants.gateways.openid import read_discovery
from tenants.queries import base_url_of, current_town
from tenants.townhall.models import Commune, LinkingMethod, SignInProvider, TownSettings

KINDS_OF_CHARACTERS = (
    (Kind.LOWER.value, _("A small letter")),
    (Kind.UPPER.value, _("A capital letter")),
    (Kind.DIGIT.value, _("A digit")),
    (Kind.SYMBOL.value, _("A sign, like ! or -")),
)


class TownSettingsForm(forms.ModelForm[TownSettings]):
    """Refuses colours that people could not see, and says which one works."""

    sections: ClassVar = (
        (_("Name and look"), ("name", "logo", "second_name", "second_logo")),
        (_("Colours"), ("brand_colour", "accent_colour")),
        (_("Contact"), ("address", "contact_email", "contact_phone")),
        (
            _("Opening an account"),
            (
                *("sign_up_style", "robot_check"),
                *("minimum_age", "legal_basis", "legal_notice"),
            ),
        ),
        (
            _("Passwords"),
            ("password_length", "password_kinds", "password_required"),
        ),
        (
            _("Accounts opened by the town"),
            ("claim_code_days", "temporary_password_days"),
        ),
        (
            _("Files the town had before"),
            ("linking_methods", "file_request_hours"),
        ),
        (_("Children"), ("collector_age",)),
        (_("Basket"), ("basket_minutes",)),
    )

    linking_methods = forms.MultipleChoiceField(
        label=_("How families reach the file the town has"),
        choices=LinkingMethod,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: every family opens a new file."),
    )

    password_required = forms.MultipleChoiceField(
        label=_("Kinds that every password must have"),
        choices=KINDS_OF_CHARACTERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = TownSettings
        fields = (
            "name",
            "second_name",
            "logo",
            "second_logo",
            "brand_colour",
            "accent_colour",
            "address",
            "contact_email",
            "contact_phone",
            "sign_up_style",
            "robot_check",
            "minimum_age",
            "legal_basis",
            "legal_notice",
            "password_length",
            "password_kinds",
            "password_required",
            "claim_code_days",
            "temporary_password_days",
            "linking_methods",
            "file_request_hours",
            "collector_age",
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
            "second_logo": _("Beside the first one; the second name describes it."),
            "minimum_age": _("Between 13 and 25 years."),
            "collector_age": _("Of the people named by families; from 10 to 18."),
            "robot_check": _("In the background: people have nothing to solve."),
            "password_length": _("In characters: 12, or 8 with three kinds."),
            "claim_code_days": _("The code of a posted letter, from 7 to 730 days."),
            "temporary_password_days": _("Sent by e-mail, from 1 to 90 days."),
            "file_request_hours": _(
                "Whoever asks later than this before a registration opens is warned."
            ),
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

    def clean(self) -> dict[str, Any]:
        """Name what is drawn; keep passwords above the platform's floor."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("second_logo") and not answers.get("second_name"):
            message = _("Enter the name that this logo stands for: it is read aloud.")
            self.add_error("second_name", forms.ValidationError(message))
        names = ("password_length", "password_kinds", "password_required")
        if all(name in answers for name in names):
            rule = PasswordRule(
                answers["password_length"],
                answers["password_kinds"],
                frozenset(Kind(each) for each in answers["password_required"]),
            )
            if not rule.is_strong_enough:
                message = _("With these kinds, ask for %(count)s characters or more.")
                shortest = {"count": rule.shortest_allowed}
                self.add_error(
                    "password_length", forms.ValidationError(message, params=shortest)
                )
        return answers

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


class SecureAddressField(forms.URLField):
    """An address that is on HTTPS unless it says otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class SignInProviderForm(WagtailAdminModelForm):
    """A sign-in service; its secret goes in and never comes out again."""

    secret = forms.CharField(
        label=_("Client secret"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = SignInProvider
        fields = (
            *("label", "kind", "code", "discovery_url"),
            *("client_id", "secret", "is_offered"),
        )
        field_classes: ClassVar = {"discovery_url": SecureAddressField}
        help_texts = {
            "label": _("For example: Sign in with my town's card."),
            "discovery_url": _(
                "Given by the service; it ends in /.well-known/openid-configuration."
            ),
            "is_offered": _("Leave it off while you try the service."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the address to declare; keep the secret to ourselves."""
        super().__init__(*args, **kwargs)
        self.initial.pop("secret", None)
        code = self.instance.code or _("code")
        self.fields["code"].help_text = _(
            "Declare this address at the service: %(address)s"
        ) % {
            "address": f"{base_url_of(current_town())}/accounts/services/{code}/return/"
        }
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.fields["secret"].help_text = _(
                "Leave it empty to keep the present one."
            )

    def clean_discovery_url(self) -> str:
        """Ask the service whether it is one, unless nothing changed."""
        url: str = self.cleaned_data["discovery_url"]
        if self.instance.pk and "discovery_url" not in self.changed_data:
            return url
        try:
            read_discovery(url)
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error
        return url

    def clean_secret(self) -> str:
        """Keep the present secret when none is typed."""
        typed: str = self.cleaned_data["secret"]
        if typed:
            return typed
        if not self.instance.pk:
            raise forms.ValidationError(_("Enter the secret that the service gave."))
        return str(self.instance.secret)

"""Somebody whom a service sent answers the town's own questions."""

from datetime import date
from typing import Any

from allauth.socialaccount.forms import SignupForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.townhall.queries import town_settings


class ServiceSignUpForm(SignupForm):
    """Names and address are those of the service; an address it checked stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.widget.attrs.pop("placeholder", None)
        email.widget.attrs.update({"autocomplete": "email", "inputmode": "email"})
        if self.sociallogin.email_addresses:
            email.disabled = True
        else:
            email.help_text = _("We send a message there to check that it is yours.")

    def clean(self) -> dict[str, Any]:
        """Believe the birth date of the service over the box."""
        cleaned: dict[str, Any] = super().clean()
        born_on = self.sociallogin.state.get("born_on")
        least = town_settings().minimum_age
        if (
            born_on
            and age_on(date.fromisoformat(born_on), timezone.localdate()) < least
        ):
            raise forms.ValidationError(
                _(
                    "You must be %(age)s or older to open an account. "
                    "Ask an adult to do it."
                ),
                params={"age": least},
            )
        return cleaned


def age_on(born_on: date, day: date) -> int:
    """Return whole years; one grows older on the birthday itself."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)

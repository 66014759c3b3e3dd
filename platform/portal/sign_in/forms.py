"""The sign-in form when it is abused, and the one for whom a service sent."""

from datetime import date
from typing import Any

from allauth.core.internal import ratelimit
from allauth.socialaccount.forms import SignupForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.robots.forms import FIELD, RobotCheckMixin
from portal.account_forms import SignInForm
from portal.sign_in.guessing import SOLVED, is_crowded, known_mark
from tenants.townhall.queries import town_settings

ROBOTS = _("Many tries came from your network. Send the form once more.")


class GuardedSignInForm(RobotCheckMixin, SignInForm):
    """Asks for a proof of work while somebody guesses from the same network."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None and is_crowded(self.request):
            visitor = ratelimit.get_ip(self.request)
            self.check_robots(purpose="sign-in", visitor=visitor)

    def clean(self) -> Any:
        """Check the proof before the password is looked at."""
        if FIELD in self.fields and not self._is_known():
            given = self._given()
            if not any(given.values()):
                raise forms.ValidationError(ROBOTS)
            refusal = self._refusal(given, timezone.now())
            if refusal:
                raise forms.ValidationError(refusal)
            setattr(self.request, SOLVED, True)
        return super().clean()

    def _is_known(self) -> bool:
        typed = str(self.data.get(self.add_prefix("login")) or "")
        return bool(known_mark(self.request, typed))

    def _post_clean(self) -> None:
        """Draw a fresh challenge: the proof was checked above, and serves once."""
        if FIELD in self.fields:
            self.check_robots(purpose="sign-in", visitor=self._visitor)


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

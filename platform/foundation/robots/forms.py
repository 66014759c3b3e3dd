"""Put the check in any form: one mixin, one call in the view."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.cache.counters import count_up
from foundation.robots.challenges import (
    Opened,
    make_challenge,
    open_challenge,
    open_solution,
    spend,
)

FIELD = "robots"
#: A person needs longer than this to fill in a form; without JavaScript only.
SECONDS_TO_WAIT = 5
#: Forms sent without JavaScript, by the hour.
PER_VISITOR = 10
PER_TOWN = 120

QUICK = _("Please wait five seconds, then press the button again.")
AGAIN = _("This form was sent before. Press the button again.")
STALE = _("The page was open for too long. Press the button again.")
MANY = _(
    "Many forms came from here without JavaScript. Turn it on, or try again in an hour."
)
TRAPPED = _("Leave the hidden field empty, then press the button again.")


class RobotsInput(forms.Widget):
    """The challenge, its solution and a trap; drawn among the hidden fields."""

    template_name = "ui/controls/robots.html"
    input_type = "hidden"  # Nothing to label: it has nothing to fill in.

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Add where ALTCHA's worker is."""
        context = super().get_context(name, value, attrs)
        context["widget"]["challenge"] = value
        context["widget"]["worker"] = static("build/altcha-pbkdf2.js")
        context["widget"]["script"] = static("build/robots.js")
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ARG002 - Django's signature.
        name: str,
    ) -> dict[str, str]:
        return {
            part: str(data.get(f"{name}_{part}") or "")
            for part in ("challenge", "solution", "website")
        }


class RobotsField(forms.Field):
    """Never wrong by itself: the form checks it last."""

    widget = RobotsInput

    def __init__(self, challenge: str) -> None:
        super().__init__(required=False)
        self.challenge = challenge

    def get_bound_field(self, form: Any, field_name: str) -> "RobotsBoundField":
        return RobotsBoundField(form, self, field_name)


class RobotsBoundField(forms.BoundField):
    """Draws the challenge to solve, never what came back."""

    field: RobotsField

    def value(self) -> str:
        return self.field.challenge


class RobotCheckMixin(forms.BaseForm):
    """A form that robots have to pay for.

    Before validation the view calls `check_robots`, where the town wants it. The
    challenge is used up once all the rest is right, so that a person who forgot a
    field starts nothing again.
    """

    _purpose = ""
    _visitor = ""

    def check_robots(self, *, purpose: str, visitor: str) -> None:
        """Ask for a proof of work. `visitor` is the network address of the request."""
        self._purpose, self._visitor = purpose, visitor
        self.fields[FIELD] = RobotsField(self._challenge_to_show(timezone.now()))

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # Django's own hook.
        if FIELD not in self.fields:
            return
        given = self.cleaned_data.pop(FIELD, None) or self._given()
        if not self.errors:
            refusal = self._refusal(given, timezone.now())
            if refusal:
                self.add_error(None, refusal)

    def _given(self) -> dict[str, str]:
        widget = self.fields[FIELD].widget
        given: dict[str, str] = widget.value_from_datadict(
            self.data, self.files, self.add_prefix(FIELD)
        )
        return given

    def _challenge_to_show(self, now: datetime) -> str:
        """Keep the challenge of somebody without JavaScript: their time runs on."""
        if self.is_bound:
            name = self.add_prefix(FIELD)
            text = str(self.data.get(f"{name}_challenge") or "")
            solved = self.data.get(f"{name}_solution")
            if not solved and open_challenge(text, self._purpose, now=now):
                return text
        return make_challenge(self._purpose, now=now)

    def _refusal(self, given: dict[str, str], now: datetime) -> Any:
        """Return why the form is refused, or nothing."""
        if given["website"]:
            return TRAPPED
        if given["solution"]:
            opened = open_solution(given["solution"], self._purpose, now=now)
            refusal: Any = None if opened else STALE
        else:
            opened = open_challenge(given["challenge"], self._purpose, now=now)
            refusal = self._plain_refusal(opened, now)
        if refusal is None and opened is not None and not spend(opened):
            refusal = AGAIN
        if refusal in {STALE, AGAIN}:
            field = self.fields[FIELD]
            field.challenge = make_challenge(self._purpose, now=now)  # type: ignore[attr-defined] # A RobotsField.
        return refusal

    def _plain_refusal(self, opened: Opened | None, now: datetime) -> Any:
        """Judge a form that was sent without JavaScript."""
        if opened is None:
            return STALE
        if now - opened.made_at < timedelta(seconds=SECONDS_TO_WAIT):
            return QUICK
        hour = now.replace(minute=0, second=0, microsecond=0)
        until = hour + timedelta(hours=1)
        by_visitor = count_up(f"plain:{self._visitor}:{hour:%d%H}", until=until)
        in_town = count_up(f"plain:{hour:%d%H}", until=until)
        return MANY if by_visitor > PER_VISITOR or in_town > PER_TOWN else None

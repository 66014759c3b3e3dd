"""Forms of the operators' console, and the file of a configuration."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.problems import ConfigurationError, Problem, explain
from tenants.enums import Currency, Locale, TownKind
from tenants.gateways.pack_files import MAX_BYTES, read_pack_file, with_lines
from tenants.services.opening import checked_pack

ZONES = [
    ("Europe/Paris", _("France (Paris)")),
    ("America/Toronto", _("Québec, Ontario (Toronto)")),
    ("America/Halifax", _("Atlantic Canada (Halifax)")),
    ("America/Guadeloupe", _("Guadeloupe")),
    ("America/Martinique", _("Martinique")),
    ("America/Cayenne", _("French Guiana (Cayenne)")),
    ("Indian/Reunion", _("Réunion")),
    ("Indian/Mayotte", _("Mayotte")),
    ("Pacific/Noumea", _("New Caledonia (Nouméa)")),
    ("Pacific/Tahiti", _("French Polynesia (Tahiti)")),
]
BLANK = [("", _("Choose"))]
MANY_PROBLEMS = 12
MISSING = _("Answer here, or in the file.")

# Where each answer stands in a pack.
TOWN = ("name", "host", "kind", "locale", "currency", "time_zone")
ADMINISTRATOR = ("email", "first_name", "last_name")


class OpenTownForm(forms.Form):
    """What a town needs to open; a file may say it, and much more.

    An answer given here wins over the same one in the file.
    """

    # What may stay empty depends on the file.
    mark_optional = False

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(label=_("Name of the town"), max_length=120, required=False)
    host = forms.CharField(
        label=_("Host name"),
        max_length=253,
        required=False,
        help_text=_("One word under our domain, or the town's own domain."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=BLANK + TownKind.choices, required=False
    )
    locale = forms.ChoiceField(
        label=_("Language"), choices=BLANK + Locale.choices, required=False
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=BLANK + Currency.choices, required=False
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=BLANK + ZONES, required=False
    )
    email = forms.EmailField(
        label=_("E-mail address of the first administrator"),
        required=False,
        help_text=_("They receive a link to choose a password."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    first_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    pack = forms.FileField(
        label=_("Configuration file"),
        required=False,
        help_text=_("A YAML file. With one, the other answers may stay empty."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean(self) -> dict[str, Any]:
        """Put the answers and the file together, and check the whole."""
        answers = super().clean() or {}
        if self.errors:
            return answers
        try:
            data = self._read_file(answers)
            checked_pack(data)
        except ConfigurationError as error:
            self._tell(error, answers.get("pack"))
            return answers
        answers["pack_data"] = data
        return answers

    def _read_file(self, answers: Mapping[str, Any]) -> Any:
        upload = answers.get("pack")
        # One byte too many is enough for the refusal.
        data = read_pack_file(upload.read(MAX_BYTES + 1)) if upload else {}
        if not isinstance(data, dict):
            return data
        return {
            **data,
            "town": _merged(data.get("town"), answers, TOWN),
            "administrator": _merged(data.get("administrator"), answers, ADMINISTRATOR),
        }

    def _tell(self, error: ConfigurationError, file: Any) -> None:
        """Put each problem on the field that can mend it."""
        shown = error.problems[:MANY_PROBLEMS]
        for problem, placed in zip(shown, _with_lines(shown, file), strict=True):
            section, _dot, key = problem.path.partition(".")
            if section not in {"town", "administrator"} or key not in self.fields:
                self.add_error("pack", f"{placed.path}: {explain(problem)}")
            elif problem.reason == "missing":
                self.add_error(key, MISSING)
            else:
                self.add_error(key, explain(problem))
        more = len(error.problems) - MANY_PROBLEMS
        if more > 0:
            left_out = _("And %(count)s more problems after these.")
            self.add_error("pack", left_out % {"count": more})


class HostForm(forms.Form):
    """One more host name for a town."""

    host = forms.CharField(
        label=_("Host name to add"),
        max_length=253,
        help_text=_("One word under our domain, or a domain of the town."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Enter a host name.")},
    )


class SuspendForm(forms.Form):
    """Why a town is suspended."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Kept in the journal. Families do not see it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(forms.Form):
    """A note on the reopening."""

    reason = forms.CharField(
        label=_("Note"),
        help_text=_("Kept in the journal. Families do not see it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _with_lines(problems: Sequence[Problem], file: Any) -> Sequence[Problem]:
    if not file:
        return problems
    file.seek(0)
    return with_lines(problems, file.read(MAX_BYTES + 1))


def _merged(
    section: object, answers: Mapping[str, Any], keys: tuple[str, ...]
) -> object:
    """Return a section of the file, with the answers that were given over it."""
    given = {key: answers[key] for key in keys if answers.get(key)}
    if section is None:
        return given
    return {**section, **given} if isinstance(section, dict) else section


class _PackForm(forms.Form):
    def tell(self, problems: list[str], many: int) -> None:
        """Show what is wrong, each with its place, at most so many."""
        for line in problems[:many]:
            self.add_error(None, line)
        if len(problems) > many:
            left_out = _("And %(count)s more problems after these.")
            self.add_error(None, left_out % {"count": len(problems) - many})

    def read(self, content: bytes) -> Any:
        """Return the plain data of a file, or note what is wrong with it."""
        try:
            return read_pack_file(content)
        except ConfigurationError as error:
            self.tell([f"{each.path}: {explain(each)}" for each in error.problems], 1)
            return None


class ConfigurationFileForm(_PackForm):
    """A file to look at."""

    pack = forms.FileField(
        label=_("Configuration file"),
        help_text=_("A YAML file: yours, changed, or the one of a neighbour."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file; `content` keeps its text for the confirmation."""
        answers = super().clean() or {}
        upload = answers.get("pack")
        if upload:
            # One byte too many is enough for the refusal.
            content = upload.read(MAX_BYTES + 1)
            answers["data"] = self.read(content)
            answers["content"] = content.decode("utf-8-sig", errors="replace")
        return answers


class ConfirmForm(_PackForm):
    """The file that was looked at, and what was seen of it."""

    content = forms.CharField(widget=forms.HiddenInput, strip=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, Any]:
        """Read the text again: it went through the browser."""
        answers = super().clean() or {}
        if "content" in answers:
            answers["data"] = self.read(answers["content"].encode())
        return answers

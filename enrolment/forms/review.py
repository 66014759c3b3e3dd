"""What clerks answer when they review a request."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enrolment.forms.ready import ReadySelect
from enrolment.models import ReadySentence
from enrolment.services.review import AccessDays
from families.enums import Proves, Residence
from families.models import Proof
from foundation.periods import ONE_DAY
from foundation.ui.fields import PlainDecimalField

DAY = {"type": "date"}


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a day to choose in a calendar."""
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class AcceptProofForm(forms.Form):
    """From when a proof counts, and the value it establishes."""

    valid_from = day_field(_("Counts from"))
    residence = forms.ChoiceField(
        label=_("Residence established"), choices=Residence, initial=Residence.RESIDENT
    )
    quotient = PlainDecimalField(
        label=_("Family quotient established"),
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
    )

    def __init__(self, *args: Any, proof: Proof, **kwargs: Any) -> None:
        """Ask only for the value that this type establishes."""
        kwargs["prefix"] = f"p{proof.public_id.hex}"
        super().__init__(*args, **kwargs)
        proves = proof.proof_type.proves
        if proves != Proves.RESIDENCE:
            del self.fields["residence"]
        if proves != Proves.QUOTIENT:
            del self.fields["quotient"]

    @property
    def established(self) -> dict[str, Any]:
        """What the service that accepts the proof is given."""
        residence = self.cleaned_data.get("residence")
        return {
            "valid_from": self.cleaned_data["valid_from"],
            "residence": Residence(residence) if residence else None,
            "quotient": self.cleaned_data.get("quotient"),
        }


class ReasonForm(forms.Form):
    """Why; the family reads it. A ready sentence may stand for words of one's own."""

    ready = forms.ChoiceField(label=_("Ready sentence"), required=False)
    reason = forms.CharField(
        label=_("Reason, as the family reads it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(
        self, *args: Any, sentences: Sequence[ReadySentence] = (), **kwargs: Any
    ) -> None:
        """Offer the town's own sentences; without any, only words are asked for."""
        super().__init__(*args, **kwargs)
        self._sentences = {str(each.public_id): each.sentence for each in sentences}
        if not sentences:
            del self.fields["ready"]
            return
        titles = [(str(each.public_id), each.title) for each in sentences]
        ready: Any = self.fields["ready"]
        ready.choices = [("", _("Write it below")), *titles]
        ready.widget = ReadySelect(sentences=self._sentences, choices=ready.choices)

    def clean(self) -> dict[str, Any]:
        """Take the ready sentence when nothing else is written."""
        cleaned = super().clean() or {}
        written = str(cleaned.get("reason", "")).strip()
        cleaned["reason"] = written or self._sentences.get(cleaned.get("ready", ""), "")
        if not cleaned["reason"]:
            self.add_error(
                "reason", _("Say why: the family reads it and knows what to do.")
            )
        return cleaned


class AccessForm(forms.Form):
    """The days of the access; people write the last day, included."""

    from_on = day_field(_("First day"))
    last_on = day_field(_("Last day"))

    @property
    def days(self) -> AccessDays:
        """The days given, the end excluded."""
        last: date = self.cleaned_data["last_on"]
        return AccessDays(self.cleaned_data["from_on"], last + ONE_DAY)

    @staticmethod
    def initial_of(days: AccessDays) -> dict[str, date]:
        """Return what the form starts with."""
        return {"from_on": days.from_on, "last_on": days.until_on - ONE_DAY}

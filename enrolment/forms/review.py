"""What clerks answer when they review a request."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Service
from enrolment.enums import RequestStatus
from enrolment.services.review import AccessDays
from families.enums import Proves, Residence
from families.models import Proof
from foundation.periods import ONE_DAY
from tenants.domain.scope import Scope

DAY = {"type": "date"}
WAITING = RequestStatus.SUBMITTED
REVIEWED = [
    RequestStatus.SUBMITTED,
    RequestStatus.TO_COMPLETE,
    RequestStatus.ACCEPTED,
    RequestStatus.REFUSED,
    RequestStatus.WITHDRAWN,
]


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a day to choose in a calendar."""
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class QueueForm(forms.Form):
    """The filters of the queue; wrong values filter nothing."""

    mark_optional = False

    status = forms.ChoiceField(label=_("Status"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    text = forms.CharField(
        label=_("Child, tracking number, file number"), required=False, max_length=80
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        """Offer the services of a clerk's departments."""
        super().__init__(*args, **kwargs)
        services = Service.objects.in_scope(scope).filter(requires_access=True)
        self._choose(
            "status",
            [
                *((each.value, each.label) for each in REVIEWED),
                ("all", _("All")),
            ],
        )
        self._choose(
            "service",
            [
                ("", _("All")),
                *services.order_by("position", "name").values_list("code", "name"),
            ],
        )

    @property
    def statuses(self) -> list[str]:
        """The statuses shown: those that wait, unless another choice was made."""
        chosen = self._given("status") or WAITING
        return list(REVIEWED) if chosen == "all" else [chosen]

    @property
    def service_code(self) -> str:
        """The service shown, all without one."""
        return self._given("service")

    @property
    def words(self) -> str:
        """What is searched."""
        return self._given("text")

    def _given(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # A ChoiceField.


class AcceptProofForm(forms.Form):
    """From when a proof counts, and the value it establishes."""

    valid_from = day_field(_("Counts from"))
    residence = forms.ChoiceField(
        label=_("Residence established"), choices=Residence, initial=Residence.RESIDENT
    )
    quotient = forms.DecimalField(
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
    """Why; the family reads it."""

    reason = forms.CharField(
        label=_("Reason, as the family reads it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why: the family reads it and knows what to do.")
        },
    )


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

"""What clerks choose in the queue: filters with their counts, and many at once."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Service
from enrolment.enums import BulkAction, RequestStatus
from enrolment.queries.review_queue import QueueCounts, QueueFilter
from families.models import ProofType
from tenants.domain.scope import Scope
from tenants.townhall.models import School

WAITING = RequestStatus.SUBMITTED
REVIEWED = [
    RequestStatus.SUBMITTED,
    RequestStatus.TO_COMPLETE,
    RequestStatus.LISTED,
    RequestStatus.OFFERED,
    RequestStatus.ACCEPTED,
    RequestStatus.REFUSED,
    RequestStatus.WITHDRAWN,
]
AGES = [(7, _("A week or more")), (14, _("Two weeks or more")), (30, _("A month"))]
DUES = [("late", _("Too late")), ("near", _("Soon"))]

Choices = Iterable[tuple[Any, Any]]


class QueueForm(forms.Form):
    """The filters of the queue; wrong values filter nothing."""

    mark_optional = False

    status = forms.ChoiceField(label=_("Status"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    school = forms.ChoiceField(label=_("School"), required=False)
    proof = forms.ChoiceField(label=_("Proof to check"), required=False)
    due = forms.ChoiceField(label=_("Answer due"), required=False)
    age = forms.TypedChoiceField(label=_("Sent"), required=False, coerce=int)
    text = forms.CharField(
        label=_("Child, tracking number, file number"), required=False, max_length=80
    )

    def __init__(
        self, *args: Any, scope: Scope, is_shown: bool = True, **kwargs: Any
    ) -> None:
        """Offer the services and schools of a clerk.

        When the form is only read, choices of what was not chosen are left out.
        """
        super().__init__(*args, **kwargs)
        self._is_shown = is_shown
        services = Service.objects.in_scope(scope).filter(requires_access=True)
        schools = School.objects.in_scope(scope)
        self._choose("status", [(each.value, each.label) for each in REVIEWED])
        self._choose(
            "service", services.order_by("position", "name").values_list("code", "name")
        )
        self._choose("school", schools.order_by("name").values_list("code", "name"))
        self._choose(
            "proof", ProofType.objects.order_by("name").values_list("code", "name")
        )
        self._choose("due", DUES)
        self._choose("age", AGES)

    @property
    def chosen(self) -> QueueFilter:
        """What to show: the requests that wait, unless another choice was made."""
        self.is_valid()
        given = self.cleaned_data
        status = given.get("status") or WAITING
        return QueueFilter(
            statuses=tuple(REVIEWED) if status == "all" else (status,),
            service=given.get("service") or "",
            school=given.get("school") or "",
            proof=given.get("proof") or "",
            due=given.get("due") or "",
            days=given.get("age") or 0,
            text=given.get("text") or "",
        )

    def show_counts(self, counts: QueueCounts) -> None:
        """Write beside each choice how many requests it would show."""
        for name, known in (
            ("status", counts.statuses),
            ("service", counts.services),
            ("school", counts.schools),
            ("proof", counts.proofs),
            ("due", counts.dues),
        ):
            self._set(name, list(self._counted(name, known)))

    def _counted(self, name: str, known: Mapping[str, int]) -> Choices:
        for value, label in self._choices(name):
            if value in {"", "all"}:
                yield value, label
            else:
                yield value, f"{label} ({known.get(str(value), 0)})"

    def _choose(self, name: str, choices: Choices) -> None:
        if not self._is_shown and not self.data.get(name):
            return
        everything = (("all", _("All")),) if name == "status" else ()
        nothing = () if name == "status" else (("", _("All")),)
        self._set(name, [*nothing, *choices, *everything])

    def _choices(self, name: str) -> Choices:
        choices: Choices = self.fields[name].choices  # type: ignore[attr-defined] # A ChoiceField.
        return choices

    def _set(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # As above.


class ChosenForm(forms.Form):
    """Requests ticked in the list, and what to do with them."""

    action = forms.ChoiceField(choices=BulkAction)
    chosen = forms.TypedMultipleChoiceField(required=False)

    most = 100

    def __init__(self, data: Any) -> None:
        """Take any identifiers: those that are not in scope are left out later."""
        super().__init__(data)
        ticked = data.getlist("chosen")[: self.most]
        self.fields["chosen"].choices = [(each, each) for each in ticked]  # type: ignore[attr-defined] # As above.


class FormKeyForm(forms.Form):
    """The key that gives a form one effect."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

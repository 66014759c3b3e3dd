"""The family explains an absence: the child, the days, then the proof."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from enrolment.forms.absences import AbsenceKindForm, AbsentChildForm, AbsentDaysForm
from enrolment.services.absences import (
    absence_types,
    bookings_to_explain,
    explain_absence,
)
from families.enums import ProofKind, ProofSubject
from families.forms import ProofForm
from families.models import Child, ProofType
from families.queries import children_of, get_child
from families.services.vault import known_documents
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError


@require_GET
@family_required
def absence_new(request: FamilyRequest) -> HttpResponse:
    """Ask for the child first; with one child only, go on at once."""
    children = list(children_of(request.household))
    form = AbsentChildForm(
        request.GET if "child" in request.GET else None, among=children
    )
    if len(children) == 1:
        return redirect("enrolment:absence", children[0].public_id)
    if form.is_valid():
        return redirect("enrolment:absence", form.chosen.public_id)
    context = {"form": form, "question": form["child"], "children": children}
    return render(request, "enrolment/absences/child.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def absence(request: FamilyRequest, child_id: UUID) -> HttpResponse:
    """Ask for the days and the proof, on one page, and send them."""
    child = get_child(request.household, child_id)
    kinds = list(absence_types().filter(subject=ProofSubject.CHILD))
    kind = _kind(request, kinds)
    if kind is None:
        form = AbsenceKindForm(None, among=kinds)
        context = {
            "form": form,
            "question": form["kind"],
            "child": child,
            "kinds": kinds,
        }
        return render(request, "enrolment/absences/kind.html", context)
    days, proof = _forms(request, child, kind)
    if request.method == "POST" and all([days.is_valid(), proof.is_valid()]):
        try:
            _explain(request, child, kind, days, proof)
        except DomainError as error:
            days.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. The town looks at your reason."))
            return redirect("families:proofs")
    context = {"days": days, "proof": proof, "child": child, "kind": kind}
    return render(request, "enrolment/absences/absence.html", context)


def _kind(request: FamilyRequest, kinds: list[ProofType]) -> ProofType | None:
    """Return the kind of reason chosen, or the only one there is."""
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    chosen = next((each for each in kinds if str(each.public_id) == asked), None)
    return kinds[0] if len(kinds) == 1 else chosen


def _forms(
    request: FamilyRequest, child: Child, kind: ProofType
) -> tuple[AbsentDaysForm, ProofForm]:
    bookings = list(
        bookings_to_explain(request.household, child, today=timezone.localdate())
    )
    is_file = kind.kind == ProofKind.FILE
    return (
        AbsentDaysForm(request.POST or None, bookings=bookings),
        ProofForm(
            request.POST or None,
            request.FILES or None,
            proof_type=kind,
            known=known_documents(request.household) if is_file else (),
            is_certified=True,
        ),
    )


def _explain(
    request: FamilyRequest,
    child: Child,
    kind: ProofType,
    days: AbsentDaysForm,
    proof: ProofForm,
) -> None:
    explain_absence(
        household=request.household,
        child=child,
        proof_type=kind,
        bookings=days.chosen,
        given=proof.given,
        actor=request.user,
        now=timezone.now(),
        today=timezone.localdate(),
    )

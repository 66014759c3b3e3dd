"""The family's proofs: what was handed in, what may be handed in, the documents."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from families.enums import ProofStatus, ProofSubject
from families.forms import ProofForm
from families.models import Proof, ProofType
from families.queries import children_of, get_document, proofs_of
from families.services.proof_lines import line_of
from families.services.proofs import submit_proof, withdraw_proof
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError
from foundation.storage import private_response


@require_GET
@family_required
def proofs(request: FamilyRequest) -> HttpResponse:
    """List the proofs with their state, and the types that may be handed in."""
    today = timezone.localdate()
    listed = [
        {
            "proof": proof,
            "line": line_of(proof, today),
            "waits": proof.status == ProofStatus.SUBMITTED,
        }
        for proof in proofs_of(request.household).prefetch_related("documents")
    ]
    types = ProofType.objects.order_by("subject", "name")
    return render(request, "families/proofs.html", {"proofs": listed, "types": types})


@require_http_methods(["GET", "POST"])
@family_required
def proof_add(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Hand in a proof of a type, in place of one that waits."""
    proof_type = get_object_or_404(ProofType, public_id=public_id)
    children = list(children_of(request.household))
    if proof_type.subject == ProofSubject.CHILD and not children:
        messages.warning(request, _("Add your child first: this proof is about them."))
        return redirect("families:child-add")
    form = ProofForm(
        request.POST or None,
        request.FILES or None,
        proof_type=proof_type,
        children=children,
    )
    if form.is_valid():
        try:
            _submit(request, proof_type, form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. The town will check your proof."))
            return redirect("families:proofs")
    context = {"form": form, "proof_type": proof_type}
    return render(request, "families/proof_add.html", context)


@require_POST
@family_required
def proof_withdraw(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Take back a proof that waits."""
    proof = get_object_or_404(Proof, household=request.household, public_id=public_id)
    try:
        withdraw_proof(proof=proof, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The proof is taken back."))
    return redirect("families:proofs")


@require_GET
@family_required
def document(request: FamilyRequest, public_id: UUID) -> HttpResponseBase:
    """Give back a document to the household that handed it in."""
    found = get_document(request.household, public_id)
    return private_response(
        found.file,
        content_type=found.content_type,
        filename=found.original_name,
        inline=True,
    )


def _submit(request: FamilyRequest, proof_type: ProofType, form: ProofForm) -> None:
    submit_proof(
        household=request.household,
        child=form.child_given,
        proof_type=proof_type,
        files=form.files_given,
        value=form.cleaned_data.get("value", ""),
        submitted_by=request.user,
        now=timezone.now(),
    )

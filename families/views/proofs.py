"""The family's file: what is asked, what was handed in, one proof at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from families.enums import ProofKind, ProofStatus, ProofSubject, Proves
from families.forms import ProofForm
from families.models import Child, Proof, ProofType
from families.queries import adults_of, get_document, get_proof
from families.services.my_file import my_file
from families.services.proof_answers import answer_lines, given_again
from families.services.proof_lines import line_of
from families.services.proofs import submit_proof, withdraw_proof
from families.services.vault import known_documents
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError
from foundation.storage import private_response

#: Where mandates are signed; who bills answers there.
MANDATES = "/my/direct-debit/"


@require_GET
@family_required
def proofs(request: FamilyRequest) -> HttpResponse:
    """List what is to do, what was sent, what is in order."""
    children = list(Child.objects.in_family(request.household))
    mine = my_file(request.household, children, today=timezone.localdate())
    types = ProofType.objects.exclude(proves=Proves.ABSENCE)
    sections = [
        ("to-do", _("To do"), mine.to_do),
        ("sent", _("Sent, the town checks it"), mine.sent),
        ("in-order", _("In order"), mine.in_order),
    ]
    context = {
        "file": mine,
        "sections": [each for each in sections if each[2]],
        "types": types.order_by("subject", "name"),
    }
    return render(request, "families/proofs.html", context)


@require_GET
@family_required
def proof(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show one proof: its state, what was given, what can be done."""
    found = get_proof(request.household, public_id)
    context = {
        "proof": found,
        "line": line_of(found, timezone.localdate()),
        "answers": answer_lines(found),
        "waits": found.status == ProofStatus.SUBMITTED,
        "is_signed": found.proof_type.kind == ProofKind.MANDATE,
        "is_absence": found.proof_type.proves == Proves.ABSENCE,
        "replace": _address_to_replace(found),
        "mandates": MANDATES,
    }
    return render(request, "families/proof.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def proof_add(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Hand in a proof of a type, in place of one that waits."""
    proof_type = get_object_or_404(ProofType, public_id=public_id)
    if proof_type.kind == ProofKind.MANDATE:
        return redirect(MANDATES)
    children = list(Child.objects.in_family(request.household))
    if proof_type.subject == ProofSubject.CHILD and not children:
        messages.warning(request, _("Add your child first: this proof is about them."))
        return redirect("families:child-add")
    form = _form_of(request, proof_type, children)
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
    found = get_proof(request.household, public_id)
    try:
        withdraw_proof(proof=found, actor=request.user)
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


def _address_to_replace(found: Proof) -> str:
    """Return the page that hands in another proof in place of this one."""
    address = reverse("families:proof-add", args=[found.proof_type.public_id])
    return f"{address}?child={found.child.public_id}" if found.child else address


def _form_of(
    request: FamilyRequest, proof_type: ProofType, children: list[Child]
) -> ProofForm:
    former = Proof.objects.filter(household=request.household, proof_type=proof_type)
    is_form = proof_type.kind == ProofKind.FORM
    is_file = proof_type.kind == ProofKind.FILE
    return ProofForm(
        request.POST or None,
        request.FILES or None,
        proof_type=proof_type,
        children=children,
        adults=[each.person for each in adults_of(request.household)],
        known=known_documents(request.household) if is_file else (),
        answers=given_again(former.order_by("-submitted_at")[:1]) if is_form else None,
        is_certified=True,
        initial={"child": request.GET.get("child", "")},
    )


def _submit(request: FamilyRequest, proof_type: ProofType, form: ProofForm) -> None:
    given = form.given
    submit_proof(
        household=request.household,
        proof_type=proof_type,
        submitted_by=request.user,
        now=timezone.now(),
        child=given.child,
        person=given.person,
        files=given.files,
        value=given.value,
        answers=given.answers,
        is_certified=True,  # The form is not valid without its tick.
    )

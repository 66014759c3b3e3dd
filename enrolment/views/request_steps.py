"""The rest of a request: situation, proofs one by one, check, sent."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from enrolment.enums import OPEN_REQUESTS, WRITABLE_REQUESTS, NeedState, RequestStatus
from enrolment.forms.requests import CheckForm, SituationForm
from enrolment.models import AccessRequest
from enrolment.queries.needs import Need, missing_of, needs_of
from enrolment.queries.requests import get_request
from enrolment.services.request_errors import MissingProofsError
from enrolment.services.request_journey import (
    answers_of,
    next_step,
    proof_url,
    task_of,
)
from enrolment.services.request_lines import hint_of_situation, validity_of
from enrolment.services.request_proofs import give_proof
from enrolment.services.requests import choose_situation, submit_request
from enrolment.services.what_next import next_lines
from families.enums import ProofKind
from families.forms import ProofForm
from families.models import Document
from families.queries import addresses_for, adults_of
from families.services.documents import remove_document
from families.services.proof_answers import answer_lines, given_again
from families.services.vault import known_documents
from families.views.access import FamilyRequest, family_required
from families.views.proofs import MANDATES
from foundation.errors import DomainError
from foundation.idempotency.services import once


@require_http_methods(["GET", "POST"])
@family_required
def situation(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Ask for the situation, on which proofs and price depend."""
    asked = get_request(request.household, public_id)
    if asked.status not in WRITABLE_REQUESTS:
        return redirect("enrolment:request", public_id)
    form = SituationForm(
        request.POST or None,
        among=asked.service.situations.order_by("position", "id"),
        hint_of=hint_of_situation,
        initial={"situation": asked.situation.public_id} if asked.situation else {},
    )
    if form.is_valid():
        choose_situation(request=asked, situation=form.chosen, actor=request.user)
        return redirect("enrolment:request-proofs", public_id)
    context = {"form": form, "question": form["situation"], **_steps(asked, 3)}
    return render(request, "enrolment/requests/situation.html", context)


@require_GET
@family_required
def proofs(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """List the proofs asked for: those we have, those to add."""
    asked = get_request(request.household, public_id)
    if asked.status not in OPEN_REQUESTS:
        return redirect("enrolment:request", public_id)
    if asked.situation is None and asked.service.situations.exists():
        return redirect("enrolment:request-situation", public_id)
    needs = needs_of(asked, on=timezone.localdate())
    context = {
        "tasks": [task_of(asked, need) for need in needs],
        "next": next_step(asked, needs),
        "is_complete": not missing_of(needs),
        **_steps(asked, 4),
    }
    return render(request, "enrolment/requests/proofs.html", context)


@require_http_methods(["GET", "POST"])
@family_required
def proof(
    request: FamilyRequest, public_id: UUID, requirement_id: UUID
) -> HttpResponse:
    """Ask for one proof; what is good is kept even when another file is refused."""
    asked = get_request(request.household, public_id)
    needs = needs_of(asked, on=timezone.localdate())
    need = _need_of(needs, requirement_id)
    if asked.status not in OPEN_REQUESTS:
        return redirect("enrolment:request", public_id)
    form = _form_of(request, need)
    is_fine = form.is_valid()
    if is_fine or form.good_files:
        is_fine = _give(request, asked, need, form) and is_fine
        needs = needs_of(asked, on=timezone.localdate())
        need = _need_of(needs, requirement_id)
    if is_fine:
        return redirect(_after(request, asked, needs, need))
    context = {
        "form": form,
        "need": need,
        "asked": asked,
        "until": validity_of(need),
        "answers": answer_lines(need.proof) if need.proof else [],
        "mandates": MANDATES,
        "adults": adults_of(request.household),
        "skip": next_step(asked, needs, after=need),
        **_steps(asked, 4),
    }
    return render(request, "enrolment/requests/proof.html", context)


@require_POST
@family_required
def document_remove(
    request: FamilyRequest, public_id: UUID, requirement_id: UUID, document_id: UUID
) -> HttpResponse:
    """Take one page away."""
    asked = get_request(request.household, public_id)
    needs = needs_of(asked, on=timezone.localdate())
    need = _need_of(needs, requirement_id)
    document = get_object_or_404(Document, proof=need.proof, public_id=document_id)
    try:
        remove_document(document=document, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("enrolment:request-proof", public_id, requirement_id)


@require_http_methods(["GET", "POST"])
@family_required
def check(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show all the answers, have them certified, and send the request."""
    asked = get_request(request.household, public_id)
    if asked.status not in WRITABLE_REQUESTS:
        return redirect("enrolment:request-sent", public_id)
    form = CheckForm(request.POST or None, initial={"form_key": uuid4()})
    if form.is_valid():
        try:
            return redirect(_send_once(request, asked, form))
        except MissingProofsError as error:
            messages.warning(request, str(error))
            return redirect("enrolment:request-proofs", public_id)
        except DomainError as error:
            form.add_error(None, str(error))
    needs = needs_of(asked, on=timezone.localdate())
    if missing_of(needs):
        return redirect("enrolment:request-proofs", public_id)
    context = {"form": form, "rows": answers_of(asked, needs), **_steps(asked, 5)}
    return render(request, "enrolment/requests/check.html", context)


@require_GET
@family_required
def sent(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Say that the request arrived, its number, what happens next and when."""
    asked = get_request(request.household, public_id)
    if asked.status != RequestStatus.SUBMITTED or asked.submitted_at is None:
        return redirect("enrolment:request", public_id)
    context = {
        "asked": asked,
        "answer_due": asked.answer_due_on,
        "email": ", ".join(addresses_for(request.user, request.household)),
        "next": next_lines(asked.service),
    }
    return render(request, "enrolment/requests/sent.html", context)


def _send_once(request: FamilyRequest, asked: AccessRequest, form: CheckForm) -> str:
    def send() -> str:
        submit_request(
            request=asked,
            is_certified=form.cleaned_data["certified"],
            actor=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
        return reverse("enrolment:request-sent", args=[asked.public_id])

    return once(
        account=request.user,
        key=form.cleaned_data["form_key"],
        purpose="request submitted",
        answers={"request": asked.public_id, "certified": True},
        act=send,
    )


def _form_of(request: FamilyRequest, need: Need) -> ProofForm:
    """Return the form of one proof: what was answered before stands in it."""
    is_waiting = need.state == NeedState.WAITING
    is_file = need.proof_type.kind == ProofKind.FILE
    return ProofForm(
        request.POST or None,
        request.FILES or None,
        proof_type=need.proof_type,
        adults=[each.person for each in adults_of(request.household)],
        known=known_documents(request.household) if is_file and not is_waiting else (),
        answers=given_again([need.proof] if need.proof else []),
        is_required=not is_waiting,
        initial={"adult": request.person.public_id},
    )


def _give(
    request: FamilyRequest, asked: AccessRequest, need: Need, form: ProofForm
) -> bool:
    """Keep what was handed in; say on the form why it cannot be."""
    given = form.given
    if not (given.files or given.value or given.answers):
        return True
    try:
        give_proof(
            request=asked,
            requirement=need.requirement,
            given=given,
            actor=request.user,
            now=timezone.now(),
        )
    except DomainError as error:
        name = next((each for each in ("value", "files") if each in form.fields), None)
        form.add_error(name, str(error))
        return False
    return True


def _after(
    request: FamilyRequest, asked: AccessRequest, needs: list[Need], need: Need
) -> str:
    """Return where to go once a proof is kept."""
    if "another" in request.POST:
        return proof_url(asked, need)
    if asked.status == RequestStatus.SUBMITTED:
        messages.success(request, _("Thank you. The town will check your proof."))
        return reverse("enrolment:request", args=[asked.public_id])
    return next_step(asked, needs, after=need)


def _need_of(needs: list[Need], requirement_id: UUID) -> Need:
    for need in needs:
        if need.requirement.public_id == requirement_id:
            return need
    raise Http404


def _steps(asked: AccessRequest, number: int) -> dict[str, object]:
    """Return the place in the journey; a service without situations has one less."""
    has_situations = asked.situation is not None or asked.service.situations.exists()
    skipped = 0 if has_situations else 1
    return {"asked": asked, "number": number - skipped, "total": 5 - skipped}

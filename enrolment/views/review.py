"""Staff: the review of one request, documents beside the answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enrolment.enums import SentenceUse
from enrolment.forms.review import AcceptProofForm, AccessForm, ReasonForm
from enrolment.models import AccessRequest, ReadySentence
from enrolment.policies import may_review_requests
from enrolment.queries.needs import Need, needs_of
from enrolment.queries.sentences import ready_sentences
from enrolment.services.accepting import say_yes
from enrolment.services.review import ask_for_more, refuse_request
from enrolment.services.review_rows import read_values
from enrolment.views.review_page import review_page
from enrolment.views.review_walk import next_to_decide, queue_address, walk_around
from families.enums import ProofStatus
from families.models import Document, Proof
from families.services.proofs import accept_proof, refuse_proof
from families.services.seals import seal_lines
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.storage import private_response
from foundation.uploads.cleaning import page_picture
from tenants.townhall.queries import scope_of


@require_GET
@clerk_who(may_review_requests)
def review(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show a request with its documents, and what can be decided."""
    return _show(request, _get(request, public_id))


@require_POST
@clerk_who(may_review_requests)
def proof_accept(
    request: ClerkRequest, public_id: UUID, proof_id: UUID
) -> HttpResponse:
    """Accept one proof, from a day and with its value."""
    asked = _get(request, public_id)
    proof = _proof_of(asked, proof_id)
    form = AcceptProofForm(request.POST, proof=proof)
    if not form.is_valid():
        return _show(request, asked, accept=form, proof=proof)
    try:
        accept_proof(
            proof=proof, reviewer=request.user, now=timezone.now(), **form.established
        )
    except DomainError as error:
        return _after_proof_error(request, asked, proof, error, accept=form)
    messages.success(request, _("Accepted: %(proof)s.") % {"proof": proof.proof_type})
    return redirect("enrolment_review:review", public_id)


@require_POST
@clerk_who(may_review_requests)
def proof_refuse(
    request: ClerkRequest, public_id: UUID, proof_id: UUID
) -> HttpResponse:
    """Refuse one proof, with a reason."""
    asked = _get(request, public_id)
    proof = _proof_of(asked, proof_id)
    form = _reason(request, f"r{proof.public_id.hex}", SentenceUse.REFUSE_PROOF)
    if not form.is_valid():
        return _show(request, asked, refuse=form, proof=proof)
    try:
        refuse_proof(
            proof=proof,
            reviewer=request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except DomainError as error:
        return _after_proof_error(request, asked, proof, error, refuse=form)
    messages.success(request, _("Refused: %(proof)s.") % {"proof": proof.proof_type})
    return redirect("enrolment_review:review", public_id)


@require_POST
@clerk_who(may_review_requests)
def accept(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Accept the request: the child has access, or is on the waiting list."""
    asked = _get(request, public_id)
    form = AccessForm(request.POST, prefix="access")
    asks_days = not asked.service.keeps_waiting_list
    if asks_days and not form.is_valid():
        return _show(request, asked, access=form)
    try:
        say_yes(
            request=asked,
            days=form.days if asks_days else None,
            reviewer=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return _show(request, asked, access=form)
    return _next(request, asked, _("Accepted. The family is told by e-mail."))


@require_POST
@clerk_who(may_review_requests)
def more(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Ask the family for more."""
    asked = _get(request, public_id)
    form = _reason(request, "more", SentenceUse.ASK_FOR_MORE)
    if not form.is_valid():
        return _show(request, asked, more=form)
    try:
        ask_for_more(
            request=asked,
            reason=form.cleaned_data["reason"],
            reviewer=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return _show(request, asked, more=form)
    return _next(request, asked, _("Sent back. The family is told by e-mail."))


@require_POST
@clerk_who(may_review_requests)
def refuse(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Refuse the request."""
    asked = _get(request, public_id)
    form = _reason(request, "no", SentenceUse.REFUSE_REQUEST)
    if not form.is_valid():
        return _show(request, asked, no=form)
    try:
        refuse_request(
            request=asked,
            reason=form.cleaned_data["reason"],
            reviewer=request.user,
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return _show(request, asked, no=form)
    return _next(request, asked, _("Refused. The family is told by e-mail."))


@require_GET
@clerk_who(may_review_requests)
def document(
    request: ClerkRequest, public_id: UUID, document_id: UUID
) -> HttpResponseBase:
    """Show a document of the request, or one page of it drawn as a picture.

    Each reading is journalled; the pages after the first belong to the same reading.
    """
    asked = _get(request, public_id)
    proofs = [need.proof for need in _needs(asked) if need.proof is not None]
    found = get_object_or_404(
        Document.objects.select_related("proof"),
        proof__in=proofs,
        public_id=document_id,
    )
    leaf = request.GET.get("page", "")
    if leaf in {"", "0"}:
        record(actor=request.user, action="document read", target=found)
    if leaf:
        return _page_of(found, leaf)
    return private_response(
        found.file,
        content_type=found.content_type,
        filename=found.original_name,
        inline=True,
    )


def _page_of(found: Document, leaf: str) -> HttpResponseBase:
    """Return one page of a document as a picture, or raise Http404."""
    if not leaf.isdecimal() or int(leaf) >= found.pages:
        raise Http404
    with found.file.open("rb") as file:
        picture = page_picture(file.read(), page=int(leaf))
    return private_response(
        ContentFile(picture),
        content_type="image/jpeg",
        filename=f"{leaf}.jpg",
        inline=True,
    )


def _show(
    request: ClerkRequest,
    asked: AccessRequest,
    *,
    proof: Proof | None = None,
    **forms: Any,
) -> HttpResponse:
    """Show the review page; forms given are shown again with what was typed."""
    needs = _needs(asked)
    read_values(needs, actor=request.user)
    page = review_page(
        asked,
        needs,
        given=forms,
        proof=proof,
        today=timezone.localdate(),
        sentences=ready_sentences(),
    )
    shown = page.document_shown(request.GET.get("document", ""))
    leaves = range(shown.pages) if shown is not None else ()
    context: dict[str, Any] = {
        "asked": asked,
        "review": page,
        "shown": shown,
        "leaves": leaves,
        "seals": seal_lines(shown, asked.household) if shown else (),
        "walk": walk_around(request, asked),
        "back": queue_address(request),
        "trail": [(_("Requests"), queue_address(request))],
    }
    title = _("%(child)s – %(service)s") % {  # noqa: RUF001 - between two names.
        "child": asked.child,
        "service": asked.service.name,
    }
    return staff_page(request, "enrolment/review/review.html", title=title, **context)


def _after_proof_error(
    request: ClerkRequest,
    asked: AccessRequest,
    proof: Proof,
    error: DomainError,
    **forms: Any,
) -> HttpResponse:
    """Say on the form why not; a proof decided meanwhile has no form any more."""
    proof.refresh_from_db(fields=["status"])
    if proof.status != ProofStatus.SUBMITTED:
        messages.warning(request, str(error))
        return redirect("enrolment_review:review", asked.public_id)
    for form in forms.values():
        form.add_error(None, str(error))
    return _show(request, asked, proof=proof, **forms)


def _next(request: ClerkRequest, asked: AccessRequest, done: str) -> HttpResponse:
    """Go to the next request that waits, else back to the queue."""
    messages.success(request, f"{asked.tracking_number}: {done}")
    following = next_to_decide(request, asked)
    if following is None:
        return redirect(queue_address(request))
    return redirect("enrolment_review:review", following.public_id)


def _get(request: ClerkRequest, public_id: UUID) -> AccessRequest:
    """Return a request that was sent; a draft is nobody's business."""
    mine = AccessRequest.objects.in_scope(scope_of(request.user))
    return get_object_or_404(
        mine.exclude(submitted_at=None).select_related(
            "household__commune",
            "child",
            "service__commune",
            "situation",
            "submitted_by",
            "decided_by",
            "access",
        ),
        public_id=public_id,
    )


def _reason(request: ClerkRequest, prefix: str, use: SentenceUse) -> ReasonForm:
    sentences = list(ReadySentence.objects.for_use(use))
    return ReasonForm(request.POST, prefix=prefix, sentences=sentences)


def _needs(asked: AccessRequest) -> list[Need]:
    return needs_of(asked, on=timezone.localdate())


def _proof_of(asked: AccessRequest, proof_id: UUID) -> Proof:
    for need in _needs(asked):
        if need.proof is not None and need.proof.public_id == proof_id:
            return need.proof
    raise Http404

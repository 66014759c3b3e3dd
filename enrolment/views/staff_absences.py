"""Staff: the reasons of absences that wait, and the decision on each."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from enrolment.forms.review import ReasonForm
from enrolment.policies import may_review_requests
from enrolment.queries.absences import absence_days, waiting_absences
from enrolment.services import absences
from families.enums import ProofStatus
from families.models import Document, Proof
from families.services.proof_answers import answer_lines
from foundation.backoffice.access import ClerkRequest, clerk_who, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.storage import private_response
from tenants.townhall.queries import scope_of

QUEUE = "enrolment_absences:queue"
PER_PAGE = 30


@require_GET
@clerk_who(may_review_requests)
def queue(request: ClerkRequest) -> HttpResponse:
    """List the reasons that wait, the oldest first."""
    waiting = waiting_absences(scope_of(request.user))
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return staff_page(
        request,
        "enrolment/absence_review/queue.html",
        title=_("Absences to justify"),
        icon="calendar-check",
        page=page,
    )


@require_GET
@clerk_who(may_review_requests)
def absence(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show the days and the documents of one reason, and what can be decided."""
    return _show(request, _get(request, public_id), ReasonForm())


@require_POST
@clerk_who(may_review_requests)
def accept(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Accept the reason: the days become absences with a valid reason."""
    proof = _get(request, public_id)
    try:
        count = absences.accept_absence(
            proof=proof,
            reviewer=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except DomainError as error:
        return refuse(request, error, back=reverse(QUEUE))
    said = ngettext(
        "%(count)s day is justified.", "%(count)s days are justified.", count
    )
    messages.success(request, said % {"count": count})
    return redirect(QUEUE)


@require_POST
@clerk_who(may_review_requests)
def refuse_absence(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Refuse the reason; the family reads why."""
    proof = _get(request, public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, proof, form)
    try:
        absences.refuse_absence(
            proof=proof,
            reviewer=request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except DomainError as error:
        return refuse(request, error, back=reverse(QUEUE))
    messages.success(request, _("Refused. The family is told by e-mail."))
    return redirect(QUEUE)


@require_GET
@clerk_who(may_review_requests)
def document(
    request: ClerkRequest, public_id: UUID, document_id: UUID
) -> HttpResponseBase:
    """Give a document of the reason; each reading is journalled."""
    proof = _get(request, public_id)
    found = get_object_or_404(Document, proof=proof, public_id=document_id)
    record(actor=request.user, action="document read", target=found)
    return private_response(
        found.file,
        content_type=found.content_type,
        filename=found.original_name,
        inline=True,
    )


def _get(request: ClerkRequest, public_id: UUID) -> Proof:
    return get_object_or_404(
        waiting_absences(scope_of(request.user)).prefetch_related("documents"),
        public_id=public_id,
    )


def _show(request: ClerkRequest, proof: Proof, form: ReasonForm) -> HttpResponse:
    if proof.value:
        record(actor=request.user, action="proof value read", target=proof)
    return staff_page(
        request,
        "enrolment/absence_review/absence.html",
        title=_("Absence of %(child)s") % {"child": proof.child},
        trail=[(_("Absences to justify"), reverse(QUEUE))],
        proof=proof,
        days=absence_days(proof),
        answers=answer_lines(proof),
        waits=proof.status == ProofStatus.SUBMITTED,
        form=form,
    )

"""Staff: the queue of requests, and decisions on many of them at once."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from enrolment.enums import BulkAction
from enrolment.forms.queue import ChosenForm, FormKeyForm, QueueForm
from enrolment.forms.review import ReasonForm
from enrolment.models import AccessRequest, BulkDecision
from enrolment.policies import may_review_requests
from enrolment.queries.review_queue import chosen_requests, counts_of, review_queue
from enrolment.queries.sentences import sentences_for
from enrolment.services.bulk_review import decide_many
from enrolment.services.review_rows import queue_rows
from enrolment.views.review_walk import keep_position, queue_address
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.idempotency.services import once
from tenants.townhall.queries import scope_of

PER_PAGE = 30


@require_GET
@clerk_who(may_review_requests)
def queue(request: ClerkRequest) -> HttpResponse:
    """List the requests, what is due first on top."""
    keep_position(request)
    scope, now = scope_of(request.user), timezone.now()
    today = timezone.localdate()
    form = QueueForm(request.GET, scope=scope)
    chosen = form.chosen
    form.show_counts(counts_of(chosen, scope=scope, now=now, today=today))
    found = review_queue(chosen, scope=scope, now=now, today=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "rows": queue_rows(page.object_list, now=now),
        "actions": BulkAction.choices,
    }
    return staff_page(
        request, "enrolment/review/queue.html", title=_("Requests"), **context
    )


@require_http_methods(["GET", "HEAD", "POST"])
@clerk_who(may_review_requests)
def bulk(request: ClerkRequest) -> HttpResponse:
    """Ask once more, then decide of the requests that were ticked."""
    given = request.POST if request.method == "POST" else request.GET
    ticked = ChosenForm(given)
    if not ticked.is_valid():
        return redirect(queue_address(request))
    action = BulkAction(ticked.cleaned_data["action"])
    found = _chosen(request, ticked.cleaned_data["chosen"])
    if not found:
        return redirect(queue_address(request))
    reason = ReasonForm(
        request.POST if request.method == "POST" else None,
        prefix="why",
        sentences=sentences_for(action),
    )
    if request.method == "POST" and (action == BulkAction.ACCEPT or reason.is_valid()):
        key = FormKeyForm(request.POST)
        if key.is_valid():
            return _decide(request, found, action, reason, key.cleaned_data["form_key"])
    context: dict[str, Any] = {
        "found": found,
        "action": action,
        "reason": None if action == BulkAction.ACCEPT else reason,
        "key": FormKeyForm(),
        "back": queue_address(request),
        "trail": [(_("Requests"), queue_address(request))],
    }
    page = "enrolment/review/bulk.html"
    return staff_page(request, page, title=action.label, **context)


@require_GET
@clerk_who(may_review_requests)
def bulk_report(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Say what was done, and what was not and why, to the clerk who decided."""
    made = get_object_or_404(BulkDecision, public_id=public_id, decided_by=request.user)
    numbers = [outcome["number"] for outcome in made.outcomes]
    seen = AccessRequest.objects.in_scope(scope_of(request.user))
    known = {
        each.tracking_number: each
        for each in seen.filter(tracking_number__in=numbers).select_related(
            "child", "service"
        )
    }
    rows = [
        {"request": known.get(outcome["number"]), **outcome}
        for outcome in made.outcomes
    ]
    context: dict[str, Any] = {
        "made": made,
        "done": [row for row in rows if not row["why"]],
        "kept": [row for row in rows if row["why"]],
        "back": queue_address(request),
        "trail": [(_("Requests"), queue_address(request))],
    }
    page = "enrolment/review/bulk_report.html"
    return staff_page(request, page, title=_("What was done"), **context)


def _decide(
    request: ClerkRequest,
    found: list[AccessRequest],
    action: BulkAction,
    reason: ReasonForm,
    key: UUID,
) -> HttpResponse:
    why = "" if action == BulkAction.ACCEPT else reason.cleaned_data["reason"]

    def act() -> str:
        made = decide_many(
            requests=found,
            action=action,
            reason=why,
            reviewer=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
        return reverse("enrolment_review:bulk-report", args=[made.public_id])

    answers = {
        "action": action,
        "chosen": sorted(str(each.public_id) for each in found),
        "reason": why,
    }
    try:
        return redirect(
            once(
                account=request.user,
                key=key,
                purpose="decide many requests",
                answers=answers,
                act=act,
            )
        )
    except DomainError as error:
        raise Http404(str(error)) from error


def _chosen(request: ClerkRequest, ticked: list[str]) -> list[AccessRequest]:
    known = [each for each in ticked if _is_identifier(each)]
    return list(chosen_requests(known, scope=scope_of(request.user)))


def _is_identifier(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

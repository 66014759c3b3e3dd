"""The family's requests: the list, one request, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enrolment.enums import LIVE_REQUESTS, OPEN_REQUESTS, RequestStatus
from enrolment.models import AccessRequest
from enrolment.queries.needs import needs_of
from enrolment.queries.requests import (
    find_by_tracking_number,
    get_request,
    history_of,
    requests_of,
)
from enrolment.services.request_letters import appeal_for
from enrolment.services.request_lines import (
    NEED_TONES,
    events_of,
    line_of,
    validity_of,
)
from enrolment.services.requests import withdraw_request
from enrolment.services.waiting_page import waiting_part
from enrolment.services.what_next import find_next_step, next_lines
from families.domain.children import is_birth_near
from families.services.proof_answers import answer_lines
from families.views.access import FamilyRequest, family_required
from foundation.errors import DomainError
from foundation.periods import ONE_DAY
from tenants.queries import current_town


@require_GET
@family_required
def requests(request: FamilyRequest) -> HttpResponse:
    """List the household's requests, or go to the one whose number was typed."""
    typed = request.GET.get("number", "")
    found = find_by_tracking_number(request.household, typed) if typed else None
    if found is not None:
        return redirect("enrolment:request", found.public_id)
    now = timezone.now()
    lines = [line_of(each, now=now) for each in requests_of(request.household)]
    return render(
        request,
        "enrolment/requests/list.html",
        {"lines": lines, "number": typed},
    )


@require_GET
@family_required
def detail(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Show one request: its state, its proofs, what happened, what to do."""
    asked = get_request(request.household, public_id)
    if asked.status == RequestStatus.DRAFT:
        return redirect("enrolment:request-proofs", asked.public_id)
    town = current_town()
    access = getattr(asked, "access", None)
    needs = needs_of(asked, on=timezone.localdate())
    return render(
        request,
        "enrolment/requests/detail.html",
        {
            "asked": asked,
            "line": line_of(asked, now=timezone.now()),
            "is_open": asked.status in OPEN_REQUESTS,
            "may_withdraw": asked.status in LIVE_REQUESTS,
            "waiting": waiting_part(asked),
            **_birth(asked),
            "next": next_lines(asked.service),
            "next_step": find_next_step(asked.service),
            "access": access,
            "last_day": access.until_on - ONE_DAY
            if access and access.until_on
            else None,
            "needs": [
                {
                    "need": need,
                    "tone": NEED_TONES[need.state],
                    "until": validity_of(need),
                    "answers": answer_lines(need.proof) if need.proof else [],
                }
                for need in needs
            ],
            "answer_due": _answer_due(asked),
            "appeal": appeal_for(town.locale, asked.service),
            "events": events_of(history_of(asked)),
        },
    )


@require_POST
@family_required
def withdraw(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Take a request back."""
    asked = get_request(request.household, public_id)
    try:
        withdraw_request(request=asked, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("enrolment:request", public_id)
    messages.success(request, _("Your request is taken back."))
    return redirect("enrolment:requests")


def _birth(asked: AccessRequest) -> dict[str, bool]:
    """Tell whether the birth is asked for: the child is expected, the request lives."""
    child = asked.child
    lives = asked.status in {*LIVE_REQUESTS, RequestStatus.ACCEPTED}
    near = is_birth_near(child.birth_date, today=timezone.localdate())
    return {
        "asks_birth": child.is_expected and lives,
        # A place taken leads on: the next step needs the birth.
        "is_near": near or asked.status == RequestStatus.ACCEPTED,
    }


def _answer_due(asked: AccessRequest) -> object:
    return asked.answer_due_on if asked.status == RequestStatus.SUBMITTED else None

"""Staff: the waiting lists in their order, and the place offered to one child."""

from collections.abc import Iterator
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from catalog.models import Service
from enrolment.enums import RequestStatus, SentenceUse
from enrolment.forms.review import ReasonForm
from enrolment.forms.waiting import PlaceForm
from enrolment.models import AccessRequest, ReadySentence
from enrolment.policies import may_review_requests
from enrolment.queries.needs import needs_of
from enrolment.queries.waiting_list import (
    counts_points,
    lists_in,
    rank_of,
    ranks_in,
    rows_of_list,
)
from enrolment.services.review_rows import read_values, shown_value
from enrolment.services.waiting_list import offer_place, take_back_offer, take_off_list
from enrolment.services.waiting_rows import ListRow, list_rows
from foundation.backoffice.access import ClerkRequest, clerk_who, refuse
from foundation.backoffice.frame import staff_page, table_to_take_away
from foundation.errors import DomainError
from foundation.periods import ONE_DAY
from tenants.townhall.queries import scope_of

LISTS = "enrolment_waiting:lists"
ONE = "enrolment_waiting:one"
PLACE = "enrolment_waiting:place"
PER_PAGE = 50


@require_GET
@clerk_who(may_review_requests)
def lists(request: ClerkRequest) -> HttpResponse:
    """Name the lists, with how many children wait on each."""
    return staff_page(
        request,
        "enrolment/waiting/lists.html",
        title=_("Waiting lists"),
        icon="list-ol",
        services=list(lists_in(scope_of(request.user))),
    )


@require_GET
@clerk_who(may_review_requests)
def one(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show one list, the next child first."""
    service = _service(request, public_id)
    rows = rows_of_list(service, scope_of(request.user))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return staff_page(
        request,
        "enrolment/waiting/list.html",
        title=service.name,
        trail=[(_("Waiting lists"), reverse(LISTS))],
        icon="list-ol",
        service=service,
        page=page,
        rows=list_rows(page.object_list, ranks_in(service), today=timezone.localdate()),
        counts_points=counts_points(service),
    )


@require_GET
@clerk_who(may_review_requests)
def one_file(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Give the list away as a table."""
    service = _service(request, public_id)
    found = rows_of_list(service, scope_of(request.user))
    rows = list_rows(found, ranks_in(service), today=timezone.localdate())
    return table_to_take_away(f"liste-{service.code}", _table(rows))


@require_GET
@clerk_who(may_review_requests)
def place(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show one child of a list: what was answered, and what can be done."""
    return _show(request, _get(request, public_id))


@require_POST
@clerk_who(may_review_requests)
def offer(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Offer a place."""
    asked = _get(request, public_id)
    today = timezone.localdate()
    form = PlaceForm(request.POST, today=today, prefix="place")
    if not form.is_valid():
        return _show(request, asked, form=form)
    try:
        offer_place(
            request=asked,
            place=form.place,
            reviewer=request.user,
            now=timezone.now(),
            today=today,
        )
    except DomainError as error:
        return refuse(request, error, back=reverse(PLACE, args=[public_id]))
    messages.success(request, _("The place is offered. The family is told by e-mail."))
    return redirect(ONE, asked.service.public_id)


@require_POST
@clerk_who(may_review_requests)
def take_back(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Take the offer back."""
    asked = _get(request, public_id)
    try:
        take_back_offer(request=asked, reviewer=request.user, now=timezone.now())
    except DomainError as error:
        return refuse(request, error, back=reverse(PLACE, args=[public_id]))
    messages.success(request, _("The offer is taken back. The child is on the list."))
    return redirect(PLACE, public_id)


@require_POST
@clerk_who(may_review_requests)
def take_off(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Take a child off the list, with the reason."""
    asked = _get(request, public_id)
    form = _reason(request)
    if not form.is_valid():
        return _show(request, asked, off=form)
    try:
        take_off_list(
            request=asked,
            reason=form.cleaned_data["reason"],
            reviewer=request.user,
            now=timezone.now(),
        )
    except DomainError as error:
        return refuse(request, error, back=reverse(PLACE, args=[public_id]))
    messages.success(request, _("Off the list. The family is told by e-mail."))
    return redirect(ONE, asked.service.public_id)


def _show(
    request: ClerkRequest,
    asked: AccessRequest,
    *,
    form: PlaceForm | None = None,
    off: ReasonForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    needs = needs_of(asked, on=today)
    read_values(needs, actor=request.user)
    given = [(need.proof_type, shown_value(need.proof)) for need in needs if need.proof]
    last = today + asked.service.days_to_answer * ONE_DAY
    first = max(asked.wished_on or today, today)
    start = {"starts_on": first, "answer_by": last}
    return staff_page(
        request,
        "enrolment/waiting/place.html",
        title=_("%(child)s waits for a place") % {"child": asked.child},
        trail=[
            (_("Waiting lists"), reverse(LISTS)),
            (asked.service.name, reverse(ONE, args=[asked.service.public_id])),
        ],
        icon="list-ol",
        asked=asked,
        rank=rank_of(asked),
        given=[each for each in given if each[1]],
        offers=list(asked.offers.order_by("-made_at", "-id")),
        is_offered=asked.status == RequestStatus.OFFERED,
        form=form or PlaceForm(today=today, prefix="place", initial=start),
        off=off or _reason(None),
    )


def _reason(request: ClerkRequest | None) -> ReasonForm:
    sentences = list(ReadySentence.objects.for_use(SentenceUse.REFUSE_REQUEST))
    data = request.POST if request is not None else None
    return ReasonForm(data, prefix="off", sentences=sentences)


def _service(request: ClerkRequest, public_id: UUID) -> Service:
    return get_object_or_404(lists_in(scope_of(request.user)), public_id=public_id)


def _get(request: ClerkRequest, public_id: UUID) -> AccessRequest:
    """Return a request on a list, in the clerk's scope."""
    mine = AccessRequest.objects.listed().in_scope(scope_of(request.user))
    along = ("household", "child", "service", "situation", "decided_by")
    return get_object_or_404(mine.select_related(*along), public_id=public_id)


def _table(rows: list[ListRow]) -> Iterator[list[object]]:
    yield [
        _("Rank"),
        _("Child"),
        _("Born on"),
        _("Expected on"),
        _("Wished from"),
        _("Situation"),
        _("Points"),
        _("Asked on"),
        _("Household"),
        _("Tracking number"),
        _("State"),
    ]
    for row in rows:
        asked = row.request
        yield [
            row.rank or "",
            str(asked.child),
            "" if asked.child.is_expected else asked.child.birth_date,
            asked.child.birth_date if asked.child.is_expected else "",
            asked.wished_on or "",
            str(asked.situation or ""),
            row.points,
            timezone.localtime(asked.submitted_at).date(),
            asked.household.file_number,
            asked.tracking_number,
            row.state,
        ]

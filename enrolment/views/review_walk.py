"""Going through the queue as it was filtered: the position survives a decision."""

from dataclasses import replace

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from enrolment.enums import RequestStatus
from enrolment.forms.queue import QueueForm
from enrolment.models import AccessRequest
from enrolment.queries.review_queue import (
    Around,
    QueueFilter,
    after,
    around,
    review_queue,
)
from foundation.backoffice.access import ClerkRequest
from tenants.townhall.queries import scope_of

_KEPT = "requests_queue"


def keep_position(request: HttpRequest) -> None:
    """Remember the filters and the page of the queue."""
    position = request.GET.urlencode()
    if request.session.get(_KEPT, "") != position:
        request.session[_KEPT] = position


def queue_address(request: HttpRequest) -> str:
    """Return the address of the queue as it was last seen."""
    kept = str(request.session.get(_KEPT, ""))
    address = reverse("enrolment_review:queue")
    return f"{address}?{kept}" if kept else address


def walk_around(request: ClerkRequest, asked: AccessRequest) -> Around:
    """Return the neighbours of a request, in two reads and those of the filters."""
    return around(asked, _queue(request, _kept_filter(request)))


def next_to_decide(request: ClerkRequest, asked: AccessRequest) -> AccessRequest | None:
    """Return the next request that waits, under the filters kept; else any."""
    waiting = (RequestStatus.SUBMITTED,)
    chosen = replace(_kept_filter(request), statuses=waiting)
    found = after(asked, _queue(request, chosen))
    return found or after(asked, _queue(request, QueueFilter()))


def _queue(request: ClerkRequest, chosen: QueueFilter) -> QuerySet[AccessRequest]:
    return review_queue(
        chosen,
        scope=scope_of(request.user),
        now=timezone.now(),
        today=timezone.localdate(),
    )


def _kept_filter(request: ClerkRequest) -> QueueFilter:
    kept = QueryDict(str(request.session.get(_KEPT, "")))
    return QueueForm(kept, scope=scope_of(request.user), is_shown=False).chosen

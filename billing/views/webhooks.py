"""Where the payment provider tells us that something happened."""

import logging

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_tenants.utils import tenant_context

from billing.gateways.checkout import EventNotice
from billing.gateways.stripe_checkout import BadSignatureError, read_event
from billing.queries.towns import find_town
from billing.services.events import APPLIED_KINDS, UnknownAttemptError, store_event
from foundation.access import Audience, mark

log = logging.getLogger(__name__)

REFUSED = 400
UNKNOWN = 404


# The provider proves itself by the signature of the body, not by a cookie.
@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """Verify, find the town, store once, answer at once; a job does the rest."""
    signature = request.headers.get("Stripe-Signature", "")
    try:
        notice = read_event(request.body, signature)
    except BadSignatureError:
        log.warning("A message to the payment address was not signed by the provider.")
        return HttpResponse(status=REFUSED)
    if notice.kind not in APPLIED_KINDS:
        return HttpResponse(status=200)
    return _store(notice)


stripe = mark(stripe, Audience.SIGNATURE)


def _store(notice: EventNotice) -> HttpResponse:
    town = find_town(notice.metadata.get("town", ""))
    if town is None:
        log.warning("The provider speaks of a town we do not know: %s.", notice.id)
        return HttpResponse(status=UNKNOWN)
    with tenant_context(town):
        try:
            store_event(notice=notice, now=timezone.now())
        except UnknownAttemptError:
            log.warning("The provider speaks of no attempt of ours: %s.", notice.id)
            return HttpResponse(status=UNKNOWN)
    return HttpResponse(status=200)

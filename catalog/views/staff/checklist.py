"""What is missing before a service opens, and how families will see it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Service
from catalog.queries.public import get_service_shown
from catalog.services.checklist import gaps_of
from catalog.views.public import draw_service
from foundation.backoffice.access import ClerkRequest, clerk_who, holds
from foundation.backoffice.frame import staff_page
from tenants.townhall.queries import scope_of


@clerk_who(holds("catalog.change_service"))
@require_safe
def checklist(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """List what misses, the blocking things first."""
    service = _service(request, public_id)
    gaps = gaps_of(service, today=timezone.localdate())
    return staff_page(
        request,
        "catalog/staff/checklist.html",
        title=_("Before %(service)s opens") % {"service": service},
        trail=[(service, reverse("services:edit", args=[service.pk]))],
        service=service,
        blocking=[each for each in gaps if each.is_blocking],
        advice=[each for each in gaps if not each.is_blocking],
    )


@clerk_who(holds("catalog.change_service"))
@require_safe
def preview(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show the page of a service as it is saved, published or not."""
    return draw_preview(request, _service(request, public_id))


def draw_preview(request: HttpRequest, service: Service) -> HttpResponse:
    """Draw the page that families will see of a service."""
    shown = get_service_shown(
        service.code, on=timezone.localdate(), among=Service.objects.all()
    )
    return draw_service(request, shown, is_preview=True)


def _service(request: ClerkRequest, public_id: UUID) -> Service:
    within = Service.objects.in_scope(scope_of(request.user))
    return get_object_or_404(within.select_related("department"), public_id=public_id)

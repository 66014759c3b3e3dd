"""Certificates of the family, made when they are asked for."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from enrolment.models import Access
from enrolment.services.certificates import (
    attendance_certificate,
    registration_certificate,
)
from families.views.access import FamilyRequest, family_required


@require_GET
@family_required
def registration(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Give the certificate of registration of one access."""
    return _give(request, public_id, registration_certificate, "registration")


@require_GET
@family_required
def attendance(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Give the certificate of attendance of one access."""
    return _give(request, public_id, attendance_certificate, "attendance")


def _give(
    request: FamilyRequest, public_id: UUID, make: Callable[..., bytes], name: str
) -> HttpResponse:
    access = get_object_or_404(
        Access.objects.filter(
            household=request.household, child__is_expected=False
        ).select_related("household", "child", "service"),
        public_id=public_id,
    )
    content = make(access, actor=request.user, now=timezone.now())
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )

"""Staff: the move of all classes, looked at before it is made."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from families.domain.promotion import NEXT_CLASS, may_still_undo, year_to_open
from families.enums import CLASS_LABELS
from families.forms.classes import KeptBackForm
from families.models import Child, Promotion
from families.policies import may_move_classes
from families.services.promotions import (
    find_promotion,
    plan_promotion,
    promote,
    undo_promotion,
)
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.townhall.queries import scope_of

FOUND_AT_MOST = 30


@require_GET
@clerk_who(may_move_classes)
def classes(request: ClerkRequest) -> HttpResponse:
    """Show what the move would do, who stays behind, and the last move."""
    today = timezone.localdate()
    form = KeptBackForm(request.GET)
    kept = form.kept_back
    plan = plan_promotion(kept_back=kept)
    year = year_to_open(today)
    return staff_page(
        request,
        "families/staff/classes.html",
        title=_("Move to the next class"),
        icon="group",
        plan=plan,
        moves=[
            (CLASS_LABELS[move.old], CLASS_LABELS[move.new], move)
            for move in plan.moves
        ],
        kept=Child.objects.filter(public_id__in=kept).order_by("last_name"),
        words=form.words,
        found=_found(request, form.words, kept),
        year=year,
        is_done=year is not None and find_promotion(year) is not None,
        **_last_move(today),
    )


@require_POST
@clerk_who(may_move_classes)
def classes_move(request: ClerkRequest) -> HttpResponse:
    """Move every class once."""
    try:
        promotion = promote(
            kept_back=KeptBackForm(request.POST).kept_back,
            today=timezone.localdate(),
            now=timezone.now(),
            actor=request.user,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        count = promotion.children.count()
        messages.success(
            request,
            ngettext("%(count)s child moved.", "%(count)s children moved.", count)
            % {"count": count},
        )
    return redirect("classes_staff:classes")


@require_POST
@clerk_who(may_move_classes)
def classes_undo(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Take a move back."""
    promotion = get_object_or_404(Promotion, public_id=public_id)
    try:
        undone = undo_promotion(
            promotion=promotion,
            today=timezone.localdate(),
            now=timezone.now(),
            actor=request.user,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        text = _("%(back)s children are back; %(left)s changed since, left alone.")
        told = {"back": undone.put_back, "left": undone.left_alone}
        messages.success(request, text % told)
    return redirect("classes_staff:classes")


def _last_move(today: date) -> Mapping[str, Any]:
    last = Promotion.objects.order_by("-made_at").select_related("made_by").first()
    may_undo = (
        last is not None
        and last.undone_at is None
        and may_still_undo(last.year, today=today)
    )
    return {"last": last, "may_undo": may_undo}


def _found(request: ClerkRequest, words: str, kept: list[UUID]) -> list[Child]:
    """Return children whose names begin with the words, of those who would move."""
    if not words:
        return []
    wanted = Q()
    for word in words.split():
        wanted &= Q(first_name__istartswith=word) | Q(last_name__istartswith=word)
    children = Child.objects.in_scope(scope_of(request.user)).filter(
        wanted, school_class__in=NEXT_CLASS
    )
    ordered = children.exclude(public_id__in=kept).order_by("last_name", "first_name")
    return list(ordered.select_related("school")[:FOUND_AT_MOST])

"""The family's changes that the town checks, and the yearly review of its file."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from families.queries.changes import changes_of, get_value, last_review_of
from families.services.change_decisions import withdraw_value
from families.services.change_lines import change_line, time_left
from families.services.file_reviews import certify_file, file_sections, open_season
from families.views.access import FamilyRequest, family_required
from families.views.confirming import ask_first
from foundation.errors import DomainError
from foundation.idempotency.services import LostFormError, form_key_of, once


@require_GET
@family_required
def changes(request: FamilyRequest) -> HttpResponse:
    """List what was asked, what waits, and what the town answered."""
    now = timezone.now()
    listed = [
        {
            "asked": asked,
            "state": time_left(asked, now=now),
            "lines": [change_line(value) for value in asked.values.all()],
        }
        for asked in changes_of(request.household)
    ]
    return render(request, "families/changes.html", {"changes": listed})


@require_http_methods(["GET", "POST"])
@family_required
def change_withdraw(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Ask, then take back a value that waits."""
    value = get_value(request.household, public_id)
    if request.method == "GET":
        line = change_line(value)
        return ask_first(
            request,
            title=_("Take back this change?"),
            text=f"{line.about}, {line.label}",
            button=_("Take back"),
            back=reverse("families:changes"),
            back_text=_("My changes"),
        )
    try:
        withdraw_value(value=value, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The change is taken back. Your file stays as is."))
    return redirect("families:changes")


@require_http_methods(["GET", "POST"])
@family_required
def review(request: FamilyRequest) -> HttpResponse:
    """Show the whole file, and keep that the family says it is right."""
    if request.method == "POST":
        return redirect(_certify_once(request))
    last = last_review_of(request.household)
    season = open_season(today=timezone.localdate())
    context = {
        "sections": file_sections(request.household),
        "last": last,
        "is_due": season is not None and (last is None or last.season < season.year),
        "form_key": uuid4(),
    }
    return render(request, "families/review.html", context)


def _certify_once(request: FamilyRequest) -> str:
    def act() -> str:
        certify_file(
            household=request.household,
            actor=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
        messages.success(request, _("Thank you. Your file is certified today."))
        return reverse("families:home")

    try:
        return once(
            account=request.user,
            key=form_key_of(request.POST),
            purpose="file certified",
            answers={},
            act=act,
        )
    except LostFormError as error:
        messages.error(request, str(error))
        return reverse("families:review")

"""Asking for a file number, and seeing where the request stands."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from families.forms.file_requests import MOST_MEMBERS, FileRequestForm, MemberFormSet
from families.models import FileRequest
from families.queries.linking import has_household, numbers_of
from families.services.file_requests import ask_for_numbers, opening_at_risk
from families.views.access import PersonRequest, person_required, themselves_required
from foundation.errors import DomainError
from tenants.queries import current_town
from tenants.townhall.models import LinkingMethod
from tenants.townhall.queries import town_settings

PREFIX = "members"
TONES = {"submitted": "pending", "accepted": "success", "refused": "danger"}


@require_http_methods(["GET", "POST"])
@person_required
@themselves_required
def file_request_new(request: PersonRequest) -> HttpResponse:
    """Show the form, with a warning when a registration opens too soon; send it."""
    settings = town_settings()
    if LinkingMethod.FILE_NUMBER not in settings.linking_methods:
        raise Http404
    waiting = FileRequest.objects.waiting().filter(account=request.user).first()
    if waiting is not None:
        return redirect("families:file-request", waiting.public_id)
    form, members = _forms(request)
    if "more" in request.POST:
        for each in (form, *members.forms):
            each.forget_errors()
    elif form.is_valid() and members.is_valid():
        try:
            asked = ask_for_numbers(
                account=request.user,
                members=[form.to_member(request.person), *members.to_members()],
                address=form.to_address(),
                phone=form.cleaned_data["phone"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("families:file-request", asked.public_id)
    context = {
        "form": form,
        "members": members,
        "person": request.person,
        "hours": settings.file_request_hours,
        "opening": opening_at_risk(now=timezone.now()),
    }
    return render(request, "families/file_request_new.html", context)


@require_GET
@person_required
def file_request(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show one's own request and its answer."""
    asked = get_object_or_404(
        FileRequest.objects.select_related("household"),
        account=request.user,
        public_id=public_id,
    )
    numbers = numbers_of(asked.household, asked) if asked.household else []
    context = {
        "asked": asked,
        "numbers": numbers,
        "tone": TONES[asked.status],
        "is_open": has_household(request.user),
    }
    return render(request, "families/file_request.html", context)


def _forms(request: PersonRequest) -> tuple[FileRequestForm, Any]:
    today = timezone.localdate()
    country = "CA" if current_town().locale == "fr-ca" else "FR"
    given = _with_one_more(request) if request.method == "POST" else None
    form = FileRequestForm(
        given,
        today=today,
        initial={"country": country, "phone": request.person.phone},
    )
    members = MemberFormSet(given, prefix=PREFIX, form_kwargs={"today": today})
    return form, members


def _with_one_more(request: PersonRequest) -> Any:
    """Return what was sent, with one more empty person when one is asked for."""
    given = request.POST.copy()
    total = given.get(f"{PREFIX}-TOTAL_FORMS", "")
    if "more" in given and total.isdecimal() and int(total[:4]) <= MOST_MEMBERS:
        given[f"{PREFIX}-TOTAL_FORMS"] = str(int(total) + 1)
    return given

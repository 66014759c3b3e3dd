"""My account: ask that my family's file be erased."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from families.forms.erasure import AskErasureForm
from families.policies import is_responsible
from families.services.privacy.asking import (
    ask_erasure,
    open_request_of,
    withdraw_erasure,
)
from families.services.privacy.outlook import outlook_of
from families.views.access import FamilyRequest, family_required, themselves_required
from foundation.accounts.proof import fresh_password_required
from foundation.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
@family_required
@themselves_required
@fresh_password_required()
def erasure(request: FamilyRequest) -> HttpResponseBase:
    """Say what goes, what stays and what stands in the way; take the request."""
    form = AskErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _ask(request)
    asked = open_request_of(request.household)
    context = {
        "form": form,
        "asked": asked,
        "last": asked or request.household.erasure_requests.order_by("-pk").first(),
        "may_ask": is_responsible(request.user, request.household),
        "outlook": outlook_of(request.household, today=timezone.localdate()),
    }
    return render(request, "families/erasure.html", context)


def _ask(request: FamilyRequest) -> HttpResponse:
    try:
        ask_erasure(
            household=request.household,
            actor=request.user,
            today=timezone.localdate(),
            now=timezone.now(),
        )
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(
            request, _("The town has your request. A message confirms it.")
        )
    return redirect("families:erasure")


@never_cache
@require_POST
@family_required
@themselves_required
def erasure_withdraw(request: FamilyRequest) -> HttpResponse:
    """Take the request back."""
    if not is_responsible(request.user, request.household):
        messages.warning(request, _("Only the responsible may take it back."))
        return redirect("families:erasure")
    try:
        withdraw_erasure(
            household=request.household, actor=request.user, now=timezone.now()
        )
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Your request is taken back. Your file stays."))
    return redirect("families:erasure")

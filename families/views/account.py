"""Close one's own account."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from families.forms.closing import CloseAccountForm
from families.services.closing import (
    StillNeededError,
    close_own_account,
    reasons_to_keep,
)
from families.views.access import PersonRequest, person_required, themselves_required
from foundation.access import open_to_all
from foundation.accounts.proof import fresh_password_required


@require_http_methods(["GET", "POST"])
@person_required
@themselves_required
def account_close(request: PersonRequest) -> HttpResponseBase:
    """Say what closing means and what stands in its way, then close."""
    return _close(request)


# Asks for the password again, or another proof, unless it was just given.
@fresh_password_required()
def _close(request: PersonRequest) -> HttpResponse:
    today = timezone.localdate()
    form = CloseAccountForm(request.POST if request.method == "POST" else None)
    reasons = reasons_to_keep(account=request.user, today=today)
    if not reasons and form.is_valid():
        try:
            close_own_account(account=request.user, today=today, now=timezone.now())
        except StillNeededError as error:
            reasons = error.reasons
        else:
            logout(request)
            return redirect("families:account-closed")
    context = {"form": form, "reasons": reasons}
    return render(request, "families/account_close.html", context)


@open_to_all
@never_cache
@require_GET
def account_closed(request: HttpRequest) -> HttpResponse:
    """Say goodbye; the same page for everybody."""
    return render(request, "families/account_closed.html")

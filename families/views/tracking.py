"""Search a request by its tracking number, from the first page of the portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from families.domain.attempts import TRACKING
from families.forms.linking import TrackingForm
from families.services.attempts import count_attempt
from families.services.linking_errors import TooManyAttemptsError
from families.services.tracking import find_tracked
from families.views.linking import address_of
from foundation.access import open_to_all
from foundation.accounts.models import Account


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Say where a request stands; lead those it belongs to.

    The number is posted: it stays out of addresses, histories and logs.
    """
    form = TrackingForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        now = timezone.now()
        account = request.user if isinstance(request.user, Account) else None
        try:
            tried = {"address": address_of(request)}
            count_attempt(purpose="track", limits=TRACKING, tried=tried, now=now)
        except TooManyAttemptsError as error:
            form.add_error(None, str(error))
        else:
            found = find_tracked(form.cleaned_data["number"], account)
            if found is not None and found.href:
                return redirect(found.href)
            context |= {"found": found, "searched": True}
    return render(request, "families/track.html", context)

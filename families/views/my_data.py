"""My account: a copy of what the town knows of me."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from families.enums.privacy import CopyState
from families.services.privacy.copies import KEPT, ask_copy
from families.views.access import PersonRequest, person_required, themselves_required
from foundation.accounts.proof import fresh_password_required
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.storage import private_response


@never_cache
@require_http_methods(["GET", "POST"])
@person_required
@themselves_required
@fresh_password_required()
def my_data(request: PersonRequest) -> HttpResponse:
    """Say what is in the copy, make one, lead to the one that is ready."""
    # Also one that a clerk asked for; not one that waits at the counter.
    mine = request.person.data_copies.filter(is_for_counter=False)
    if request.method == "POST":
        try:
            ask_copy(person=request.person, actor=request.user, now=timezone.now())
        except DomainError as error:
            messages.warning(request, str(error))
        else:
            messages.success(
                request, _("We are making your copy. A message tells you when.")
            )
        return redirect("families:my-data")
    copy = mine.exclude(state=CopyState.REMOVED).order_by("-asked_at").first()
    return render(request, "families/my_data.html", {"copy": copy, "days": KEPT.days})


@never_cache
@require_GET
@person_required
@themselves_required
@fresh_password_required(restart="families:my-data")
def my_data_file(request: PersonRequest) -> HttpResponseBase:
    """Download the copy that is ready; only who it is about does."""
    copy = request.person.data_copies.filter(
        is_for_counter=False, state=CopyState.READY
    ).first()
    if copy is None:
        raise Http404
    record(actor=request.user, action="data copy read", target=request.person)
    return private_response(
        copy.file.open("rb"),
        content_type="application/zip",
        filename=_("my-data.zip"),
        inline=False,
    )

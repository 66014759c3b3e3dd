"""Pages shown when something is wrong, in the town's look and language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from families.queries import guardians_of
from families.views.visits import visit_of
from foundation.accounts.models import Account


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same for what is absent and for what is somebody else's.

    Who answers for several households may look for the page in another of them:
    whether it is there is not told here.
    """
    context = {"may_switch": _has_several_households(request)}
    return render(request, "404.html", context, status=404)


def _has_several_households(request: HttpRequest) -> bool:
    account = getattr(request, "user", None)
    if not request.path.startswith("/my/") or not isinstance(account, Account):
        return False
    return visit_of(request) is None and guardians_of(account).count() > 1


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without anything that could fail again."""
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form that comes from nowhere, and say how to go on."""
    reason = _("This page was open for too long. Go back, reload it and send it again.")
    return render(request, "403.html", {"reason": reason}, status=403)

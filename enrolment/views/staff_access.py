"""Who enters the staff's pages of enrolment."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from enrolment.policies import may_review_requests
from foundation.accounts.models import Account

Arguments = ParamSpec("Arguments")


class ClerkRequest(HttpRequest):
    """A request of a clerk who reviews access requests."""

    user: Account


def clerk_required(
    view: Callable[Concatenate[ClerkRequest, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Let in clerks who may review; Wagtail has sent the others to sign in."""

    @wraps(view)
    def enter(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        account = request.user
        if not (isinstance(account, Account) and may_review_requests(account)):
            raise PermissionDenied
        return view(request, *args, **kwargs)  # type: ignore[arg-type] # ClerkRequest.

    return enter

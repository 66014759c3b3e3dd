"""Who enters a staff page, and how a decision is made once."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages

from foundation.access import Audience, mark
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.idempotency.services import once

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate["ClerkRequest", Arguments], HttpResponseBase]


class ClerkRequest(HttpRequest):
    """A request of a clerk who may do what the page is for."""

    user: Account


def clerk_who(
    may: Callable[[Account], bool],
) -> Callable[
    [View[Arguments]], Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]
]:
    """Let in clerks of a policy; Wagtail has sent the others to sign in."""

    def decorate(
        view: View[Arguments],
    ) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
        @wraps(view)
        def enter(
            request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
        ) -> HttpResponseBase:
            account = request.user
            if not (isinstance(account, Account) and account.is_staff and may(account)):
                raise PermissionDenied
            return view(request, *args, **kwargs)  # type: ignore[arg-type] # ClerkRequest.

        return mark(enter, Audience.CLERK)

    return decorate


def holds(permission: str) -> Callable[[Account], bool]:
    """Return the policy of those who hold a permission, "catalog.add_session"."""

    def may(account: Account) -> bool:
        return account.is_active and account.has_perm(permission)

    return may


def decide(
    request: ClerkRequest,
    *,
    key: UUID,
    purpose: str,
    answers: Mapping[str, object],
    act: Callable[[], str],
) -> str:
    """Give a decision one effect however often its form is sent; return the address."""
    return once(
        account=request.user, key=key, purpose=purpose, answers=answers, act=act
    )


def refuse(request: HttpRequest, error: DomainError, *, back: str) -> HttpResponse:
    """Say why a decision was not made, on the page it was made from."""
    messages.error(request, str(error))
    return redirect(back)

"""What the family's pages about money share: leaving to pay, and fresh passwords."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from billing.gateways.stripe_checkout import page_origin

Arguments = ParamSpec("Arguments")
Request = TypeVar("Request", bound=HttpRequest)


def paying_page(
    view: Callable[Concatenate[Request, Arguments], HttpResponseBase],
) -> Callable[Concatenate[Request, Arguments], HttpResponseBase]:
    """Let the forms of a page lead to the provider's hosted page.

    Browsers apply `form-action` to where a form is redirected, too.
    """

    @wraps(view)
    def widen(
        request: Request, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        widened: Any = csp_replace({"form-action": [SELF, page_origin()]})
        answered: HttpResponseBase = widened(view)(request, *args, **kwargs)
        return answered

    return widen


def fresh_password_required(
    view: Callable[Concatenate[Request, Arguments], HttpResponseBase],
) -> Callable[Concatenate[Request, Arguments], HttpResponseBase]:
    """Ask the password again before an account number is typed.

    A form sent too late is not kept aside, as the library would do: its answers would
    lie in clear in the session. The person starts again at the form.
    """
    asking = reauthentication_required(view)

    @wraps(view)
    def ask(
        request: Request, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        try:
            answered: HttpResponseBase = asking(request, *args, **kwargs)
        except ReauthenticationRequired:
            if request.method != "POST":
                raise
            return redirect(reverse("billing:debit-sign", args=args, kwargs=kwargs))
        return answered

    return ask

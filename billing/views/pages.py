"""What the family's pages about money share: leaving to pay."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest
from django.http.response import HttpResponseBase

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

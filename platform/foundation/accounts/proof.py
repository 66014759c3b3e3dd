"""Ask who it is once more, before what must not happen on a screen left open."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

#: What a person shows at the door, so that nobody is asked twice within minutes.
PROOFS = frozenset({"password", "mfa", "socialaccount"})

Arguments = ParamSpec("Arguments")
Request = TypeVar("Request", bound=HttpRequest)
View = Callable[Concatenate[Request, Arguments], HttpResponseBase]


def fresh_password_required(
    *, restart: str = ""
) -> Callable[[View[Request, Arguments]], View[Request, Arguments]]:
    """Let in who proved lately to be who they say: password, passkey or code.

    Signing in is a proof too, see `has_proved_lately`. Put it under the guard of the
    page. Whoever proved nothing lately is asked, then comes back; a form that was sent
    meanwhile goes on by itself, nothing is typed twice. Its answers wait in the
    session, in clear: for bank data or health, name with `restart` the page where the
    form begins, and the form is dropped instead.
    """

    def decorate(view: View[Request, Arguments]) -> View[Request, Arguments]:
        asking = reauthentication_required(view)

        @wraps(view)
        def ask(
            request: Request, /, *args: Arguments.args, **kwargs: Arguments.kwargs
        ) -> HttpResponseBase:
            if has_proved_lately(request):
                return view(request, *args, **kwargs)
            service = _service_to_ask(request)
            if service:
                return redirect(service)
            try:
                answered: HttpResponseBase = asking(request, *args, **kwargs)
            except ReauthenticationRequired:
                if request.method != "POST" or not restart:
                    raise
                messages.info(request, _("You took a while. Please start again here."))
                return redirect(reverse(restart, args=args, kwargs=kwargs))
            return answered

        return ask

    return decorate


def has_proved_lately(request: HttpRequest) -> bool:
    """Tell whether this session saw a proof within the time of the settings.

    A fresh sign-in counts as much as an answer given again: what is feared is the
    screen left open. A link of a message proves the mailbox only, and never counts.
    """
    user = request.user
    if not user.is_authenticated:
        return False
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, user)
    return any(each.get("method") in PROOFS and each["at"] > since for each in records)


def _service_to_ask(request: HttpRequest) -> str:
    """Return where to go for who has no password: the service that vouched last."""
    user = request.user
    if not user.is_authenticated or get_reauthentication_flows(user):
        return ""
    records = [
        each
        for each in get_authentication_records(request, user)
        if each.get("method") == "socialaccount"
    ]
    if not records:
        return ""
    where = urlencode({"next": request.get_full_path()})
    provider = records[-1]["provider"]
    return f"{reverse('openid_connect_login', args=[provider])}?{where}"

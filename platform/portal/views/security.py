"""The page of one's own account: how one gets in, and where one is signed in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from foundation.access import Audience, mark
from foundation.accounts.models import Account
from foundation.signing import BadSignature
from portal.sign_in.links import linked_services
from portal.sign_in.sessions import (
    end_other_sessions,
    end_session,
    note_presence,
    open_sessions,
)


class OwnRequest(HttpRequest):
    """A request of somebody signed in."""

    user: Account


def signed_in(view: Any) -> Any:
    """Let in whoever has an account, for what is theirs alone."""
    return mark(never_cache(login_required(view)), Audience.SIGNED_IN)


@signed_in
@require_GET
def security(request: OwnRequest) -> HttpResponse:
    """Show what protects the account, each line with its way to change it."""
    held = list(
        Authenticator.objects.filter(user_id=request.user.pk).values_list(
            "type", flat=True
        )
    )
    context = {
        "has_password": request.user.has_usable_password(),
        "has_application": Authenticator.Type.TOTP in held,
        "passkeys": held.count(Authenticator.Type.WEBAUTHN),
        "sessions": open_sessions(request, now=timezone.now()),
        "services": linked_services(request),
        "is_obliged": settings.SECOND_FACTOR_REQUIRED and request.user.is_staff,
    }
    return render(request, "account/security.html", context)


@signed_in
@require_GET
def sessions(request: OwnRequest) -> HttpResponse:
    """List the open sessions."""
    now = timezone.now()
    note_presence(request, now=now)
    context = {"sessions": open_sessions(request, now=now)}
    return render(request, "account/sessions.html", context)


@signed_in
@require_POST
def end(request: OwnRequest) -> HttpResponse:
    """End the session that was chosen."""
    try:
        ended = end_session(account=request.user, token=request.POST.get("session", ""))
    except BadSignature:
        ended = False
    if ended:
        messages.success(request, _("That device is signed out."))
    else:
        messages.info(request, _("That session had already ended."))
    return redirect("account_sessions")


@signed_in
@require_POST
def end_others(request: OwnRequest) -> HttpResponse:
    """End every session but this one."""
    count = end_other_sessions(account=request.user, keep=request.session.session_key)
    said = ngettext(
        "%(count)s other device is signed out.",
        "%(count)s other devices are signed out.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("account_sessions")

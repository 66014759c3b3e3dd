"""Open sessions: how long they last, which ones there are, how they end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import signing
from foundation.accounts.models import Account
from portal.sign_in.devices import device_of

Handler = Callable[[HttpRequest], HttpResponse]

#: When somebody was last there, in the session itself; since sign-in.
SEEN_AT = "seen_at"
PURPOSE = "open session"
BETWEEN_NOTES = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A place where the account is signed in; `token` names it in a form."""

    token: str
    device: str
    opened_at: datetime
    seen_at: datetime
    is_this_one: bool


class SessionLifeMiddleware:
    """Ends a session left alone too long, and notes that the others are alive."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask to sign in again after a long silence."""
        seen_at = request.session.get(SEEN_AT)
        if seen_at is None or not isinstance(request.user, Account):
            return self.get_response(request)
        now = timezone.now()
        silence = now - datetime.fromisoformat(seen_at)
        if silence > idle_limit(request.user):
            return _end(request)
        if silence >= BETWEEN_NOTES:
            note_presence(request, now=now)
        return self.get_response(request)


def idle_limit(account: Account) -> timedelta:
    """Return how long a session may stay untouched: shorter for staff."""
    minutes = settings.STAFF_IDLE_MINUTES if account.is_staff else settings.IDLE_MINUTES
    return timedelta(minutes=minutes)


def note_presence(request: HttpRequest, *, now: datetime) -> None:
    """Write that the person is there: in the session, and in the list they read."""
    request.session[SEEN_AT] = now.isoformat()
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=now
    )


def open_sessions(request: HttpRequest, *, now: datetime) -> list[OpenSession]:
    """Return where the account is signed in, this browser first, then the latest."""
    found = [
        OpenSession(
            token=signing.sign(each.session_key, purpose=PURPOSE),
            device=device_of(each.user_agent),
            opened_at=each.created_at,
            seen_at=each.last_seen_at,
            is_this_one=each.session_key == request.session.session_key,
        )
        for each in _living(request.user.pk, now=now)
    ]
    return sorted(
        found, key=lambda each: (each.is_this_one, each.seen_at), reverse=True
    )


@transaction.atomic
def end_session(*, account: Account, token: str) -> bool:
    """End one session of the account; return whether there was one.

    Raises BadSignature for a token that this page did not give.
    """
    key = signing.unsign(token, purpose=PURPOSE)
    found = UserSession.objects.filter(user=account, session_key=key).first()
    if found is None:
        return False
    found.end()
    return True


@transaction.atomic
def end_other_sessions(*, account: Account, keep: str | None) -> int:
    """End all sessions of the account but one; return how many there were."""
    others = list(UserSession.objects.filter(user=account).exclude(session_key=keep))
    for each in others:
        each.end()
    return len(others)


def _living(account_id: Any, *, now: datetime) -> list[UserSession]:
    """Return the sessions that still open a page, and forget the others."""
    known = {
        each.session_key: each
        for each in UserSession.objects.filter(user_id=account_id)
    }
    alive = Session.objects.filter(session_key__in=known, expire_date__gt=now)
    keys = set(alive.values_list("session_key", flat=True))
    gone = [key for key in known if key not in keys]
    if gone:
        UserSession.objects.filter(session_key__in=gone).delete()
    return [each for key, each in known.items() if key in keys]


def _end(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("You were away for a while. Sign in again to go on."))
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    return redirect("account_login")

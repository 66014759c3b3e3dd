"""Guessing passwords: few tries for an account, few from a network address.

Schools, libraries and mobile carriers share one address, so one guesser could lock a
whole town out. Two ways remain open then. A browser that signed in before carries a
mark for that account, which opens nothing by itself: it has tries of its own. Any
other browser proves that it is no robot, and pays for each try.
"""

import secrets
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from foundation import signing
from foundation.accounts.models import Account

PURPOSE = "known browser"
SECONDS_KEPT = 180 * 24 * 60 * 60
HERE = "login_failed_here"
FROM = "login_failed_from"
#: On the request: the proof that no robot sends it was checked.
SOLVED = "is_no_robot"


class GuessingLimits(DefaultAccountAdapter):
    """By account first, then by address; a try that succeeds is not counted."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes, or choose a new password."
        ),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at; raise once they are used."""
        mark = known_mark(request, str(credentials.get("email", "")))
        if mark:
            self._login_failed_rl_usage = _count(request, HERE, key=mark)
            if not self._login_failed_rl_usage:
                raise self.validation_error("too_many_login_attempts")
            return
        super().pre_authenticate(request, **credentials)
        self._from = _count(request, FROM)
        if self._from is None and not getattr(request, SOLVED, False):
            # Whoever floods an address must not use up the tries of the accounts too.
            super()._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Look for a known address once more, as the library does for an unknown one.

        So both cost the same: one password hashed, as many questions to the database.
        """
        super().authentication_failed(request, **credentials)
        known = Account.objects.filter(email=str(credentials.get("email", "")).lower())
        if known.exists():
            known.exists()

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if getattr(self, "_from", None):
            self._from.rollback()

    def post_login(
        self, request: HttpRequest, user: Account, **kwargs: Any
    ) -> HttpResponse:
        """Mark the browser for this account."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        mark_browser(response, user)
        return response


def _count(request: HttpRequest, action: str, **about: Any) -> Any:
    return ratelimit.consume(request, app="allauth.account", action=action, **about)


def is_crowded(request: HttpRequest) -> bool:
    """Tell whether the tries of this network address are used up."""
    rate = ratelimit.get_rates(app="allauth.account", action=FROM)[0]
    key = ratelimit.get_cache_key(
        request, app="allauth.account", action=FROM, rate=rate
    )
    allowed, _kept = ratelimit.apply_rate(
        cache.get(key, []), time.time(), rate, dry_run=True
    )
    return not allowed


def mark_browser(response: HttpResponse, account: Account) -> None:
    """Leave the mark of one account, replacing that of another."""
    value = [str(account.public_id), secrets.token_urlsafe(12)]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.sign(value, purpose=PURPOSE),
        max_age=SECONDS_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_mark(request: HttpRequest, email: str) -> str:
    """Return the browser's mark when it is for this very account, else nothing.

    Asks the database in both cases: the time taken says nothing about the account.
    """
    account = Account.objects.filter(email=email.lower()).only("public_id").first()
    try:
        kept = signing.unsign(
            request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, ""),
            purpose=PURPOSE,
            max_age=SECONDS_KEPT,
        )
    except signing.BadSignature:
        return ""
    if not isinstance(kept, list) or account is None:
        return ""
    public_id, mark = kept
    return str(mark) if public_id == str(account.public_id) else ""

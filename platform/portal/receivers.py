"""What the roof does when a town opens."""

from typing import Any

from allauth.account.signals import (
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
)
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.signals import (
    social_account_added,
    social_account_removed,
)
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from foundation.accounts.models import Account
from foundation.journal.services import record
from portal.groups import make_groups
from portal.sign_in.links import link_after_sign_in
from portal.sign_in.sessions import end_other_sessions, note_presence
from tenants.models import Town
from tenants.signals import town_filling


@receiver(town_filling, dispatch_uid="portal-groups")
def fill(town: Town, **_kwargs: Any) -> None:
    """Make the teams of staff."""
    make_groups(locale=town.locale)


@receiver(user_logged_in, dispatch_uid="portal-session")
def begin_session(request: HttpRequest, user: Account, **_kwargs: Any) -> None:
    """Start counting silence, and link the service that knew the person."""
    note_presence(request, now=timezone.now())
    link_after_sign_in(request, user)


@receiver(password_changed, dispatch_uid="portal-sessions-changed")
@receiver(password_reset, dispatch_uid="portal-sessions-reset")
@receiver(password_set, dispatch_uid="portal-sessions-set")
def end_sessions(request: HttpRequest, user: Account, **_kwargs: Any) -> None:
    """End what an older password opened."""
    end_other_sessions(account=user, keep=request.session.session_key)


@receiver(authenticator_added, dispatch_uid="portal-factor-added")
def tell_added(user: Account, authenticator: Any, **_kwargs: Any) -> None:
    """Write that the second step was set up."""
    kind = str(authenticator.type)
    record(actor=user, action="second factor added", target=user, new={"kind": kind})


@receiver(authenticator_removed, dispatch_uid="portal-factor-removed")
def tell_removed(user: Account, authenticator: Any, **_kwargs: Any) -> None:
    """Write that it was removed."""
    kind = str(authenticator.type)
    record(actor=user, action="second factor removed", target=user, old={"kind": kind})


@receiver(social_account_added, dispatch_uid="portal-service-linked")
def tell_linked(sociallogin: Any, **_kwargs: Any) -> None:
    """Write which service opens the account from now on."""
    user, code = sociallogin.user, sociallogin.account.provider
    record(
        actor=user, action="sign-in service linked", target=user, new={"service": code}
    )


@receiver(social_account_removed, dispatch_uid="portal-service-unlinked")
def tell_unlinked(socialaccount: Any, **_kwargs: Any) -> None:
    """Write which service opens it no longer."""
    user, code = socialaccount.user, socialaccount.provider
    record(
        actor=user,
        action="sign-in service unlinked",
        target=user,
        old={"service": code},
    )

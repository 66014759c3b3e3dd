"""Reads of invitations. Before the answer they give nothing of the household."""

import hashlib

from allauth.account.models import EmailAddress
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower

from families.models import Household, Invitation, InvitationLink
from foundation.accounts.models import Account


def digest_of(token: str) -> str:
    """Return how the secret of a link is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(token: str) -> InvitationLink | None:
    """Return the link of a secret, with its invitation and who sent it.

    `is_latest` says whether no later link was sent.
    """
    later = InvitationLink.objects.filter(invitation=OuterRef("invitation"))
    latest = Subquery(later.order_by("-sent_at", "-id").values("pk")[:1])
    return (
        InvitationLink.objects.filter(digest=digest_of(token))
        .select_related("invitation__household", "invitation__invited_by")
        .annotate(latest=latest)  # type: ignore[no-redef] # Declared for its readers.
        .first()
    )


def invitations_of(household: Household) -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer, the latest first."""
    return (
        Invitation.objects.waiting()
        .filter(household=household)
        .prefetch_related("children")
        .order_by("-invited_at", "-id")
    )


def invitations_to(account: Account) -> QuerySet[Invitation]:
    """Return what waits for the addresses that an account has confirmed."""
    confirmed = EmailAddress.objects.filter(user=account, verified=True)
    return (
        Invitation.objects.waiting()
        .filter(email__in=confirmed.values(address=Lower("email")))
        .select_related("household", "invited_by")
        .order_by("-invited_at", "-id")
    )

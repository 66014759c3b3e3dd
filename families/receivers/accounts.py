"""What the file hears of the account."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.dispatch import receiver

from families.services.people import keep_address


@receiver(email_changed, dispatch_uid="families-address")
def keep_new_address(user: Any, to_email_address: EmailAddress, **_kwargs: Any) -> None:
    """Write to the person at the address they now sign in with."""
    keep_address(account=user, email=to_email_address.email)

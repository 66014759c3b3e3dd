"""Operators: the people who run the platform, with accounts on its own site only."""

from allauth.account.models import EmailAddress
from django.db import transaction

from foundation.accounts.models import Account
from foundation.journal.services import record


@transaction.atomic
def create_operator(*, email: str, password: str | None = None) -> Account:
    """Create an operator's account, or return the one that exists.

    Without a password, the operator chooses one through a link.
    """
    address = Account.objects.normalise_address(email)
    account = Account.objects.filter(email=address).first()
    if account is None:
        account = Account.objects.create_user(address, password, is_staff=True)
        EmailAddress.objects.create(
            user=account, email=address, verified=True, primary=True
        )
        record(actor=None, action="operator created", target=account)
    return account

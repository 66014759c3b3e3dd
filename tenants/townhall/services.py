"""Changes of a town's own settings."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress

from foundation.accounts.models import Account
from foundation.journal.services import record
from tenants.models import Town
from tenants.townhall.models import Commune, Department, TownSettings
from tenants.townhall.queries import forget_town_settings


def fill_townhall(*, town: Town, pack: Mapping[str, Any]) -> TownSettings:
    """Write a new town's settings, communes, departments and first administrator."""
    about = pack.get("townhall", {})
    settings = TownSettings.objects.create(id=1, name=town.name, **about)
    Commune.objects.bulk_create(
        Commune(position=index, **commune)
        for index, commune in enumerate(pack.get("communes", []))
    )
    Department.objects.bulk_create(
        Department(**department) for department in pack.get("departments", [])
    )
    if administrator := pack.get("administrator"):
        create_administrator(**administrator)
    forget_town_settings()
    return settings


def create_administrator(
    *,
    email: str,
    first_name: str = "",
    last_name: str = "",
    password: str | None = None,
) -> Account:
    """Create an account with every right in this town.

    Without a password, the person chooses one through the reset link.
    """
    account = Account.objects.create_superuser(
        email, password, first_name=first_name, last_name=last_name
    )
    EmailAddress.objects.create(
        user=account, email=account.email, verified=True, primary=True
    )
    record(actor=None, action="administrator created", target=account)
    return account

"""`manage.py demo_addresses`: where the demo's towns are, and how to sign in."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from tenants.models import Town
from tenants.queries import base_url_of

SHOWN_PER_TOWN = 10


class Command(BaseCommand):
    """Says nothing of accounts outside a demo."""

    help = "Print the addresses and logins of the demo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print a table of the open towns."""
        self.stdout.write(f"\nThe platform     {settings.PLATFORM_BASE_URL}/")
        if settings.DEMO:
            self.stdout.write(f"  mailbox        {settings.PLATFORM_BASE_URL}/mailbox/")
        self._write(operator_logins())
        for town in Town.objects.open().order_by("name"):
            self.stdout.write(f"\n{town.name:<16} {base_url_of(town)}/")
            with tenant_context(town):
                self._write(logins())
        if settings.DEMO:
            self.stdout.write(f"\nEvery password: {settings.DEMO_PASSWORD}")

    def _write(self, logins: Iterator[tuple[str, str]]) -> None:
        for role, email in logins:
            self.stdout.write(f"  {role:<14} {email}")


def operator_logins() -> Iterator[tuple[str, str]]:
    """Go through the operators that sign in with the demo's password."""
    for account in _demo_accounts():
        yield "operator", account.email


def logins() -> Iterator[tuple[str, str]]:
    """Go through the current town's accounts that sign in with that password."""
    for account in _demo_accounts():
        if account.is_superuser:
            yield "administrator", account.email
        else:
            yield ("staff" if account.is_staff else "family"), account.email


def _demo_accounts() -> list[Account]:
    if not settings.DEMO:
        return []
    accounts = Account.objects.order_by("-is_superuser", "-is_staff", "pk")
    shown = accounts[:SHOWN_PER_TOWN]
    return [each for each in shown if each.check_password(settings.DEMO_PASSWORD)]

"""`manage.py load_demo`: give the demo's towns people and passwords."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from tenants.models import Town
from tenants.services.operators import create_operator

OPERATOR = "operateur@preau.example"


class Command(BaseCommand):
    """Safe to run again: what is there already stays as it is."""

    help = "Create the demo's people and give its accounts their password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Fill what is missing."""
        if not settings.DEMO:
            raise CommandError("This is not a demo: see portal.settings.demo.")
        create_operator(email=OPERATOR, password=settings.DEMO_PASSWORD)
        for town in Town.objects.open().order_by("name"):
            with tenant_context(town):
                give_password(Account.objects.filter(is_superuser=True))


def give_password(accounts: Any) -> None:
    """Let accounts that never chose a password sign in with the demo's."""
    for account in accounts:
        if not account.has_usable_password():
            account.set_password(settings.DEMO_PASSWORD)
            account.save(update_fields=["password"])

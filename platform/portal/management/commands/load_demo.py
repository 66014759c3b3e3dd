"""`manage.py load_demo`: give the demo's towns people and passwords."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from portal.demo.people import read_people
from portal.demo.town import bring_to_life
from portal.settings.env import ROOT
from tenants.models import Town
from tenants.queries import primary_host
from tenants.services.operators import create_operator

OPERATOR = "operateur@preau.example"
PEOPLE = ROOT / "infra" / "demo" / "people"


class Command(BaseCommand):
    """Safe to run again: what is there already stays as it is."""

    help = "Create the demo's people and give its accounts their password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Fill what is missing."""
        if not settings.DEMO:
            raise CommandError("This is not a demo: see portal.settings.demo.")
        create_operator(email=OPERATOR, password=settings.DEMO_PASSWORD)
        for town in Town.objects.open().order_by("name"):
            file = PEOPLE / f"{primary_host(town).partition('.')[0]}.yaml"
            if file.exists():
                fill(town, file)
                self.stdout.write(f"{town.name} has people.")


def fill(town: Town, file: Path) -> None:
    """Fill one demo town, in its language and at its hours."""
    with (
        tenant_context(town),
        translation.override(town.locale),
        timezone.override(town.time_zone),
    ):
        for account in Account.objects.filter(is_superuser=True):
            give_password(account)
        bring_to_life(town=town, people=read_people(file))


def give_password(account: Account) -> None:
    """Let an administrator who never chose a password sign in with the demo's."""
    if not account.has_usable_password():
        account.set_password(settings.DEMO_PASSWORD)
        account.save(update_fields=["password"])

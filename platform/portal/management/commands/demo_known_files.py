"""`manage.py demo_known_files`: files without an account that a visitor may link."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tenants.utils import tenant_context

from billing.models import Invoice
from billing.services.words import amount_words
from families.models import Guardian
from families.services.claim_codes import issue_code
from tenants.models import Town
from tenants.townhall.models import LinkingMethod
from tenants.townhall.queries import town_settings


class Command(BaseCommand):
    """Says nothing outside a demo: these facts open a family's file."""

    help = "Print what links an account to a file of the demo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print one file of each town that links accounts."""
        if not settings.DEMO:
            return
        self.stdout.write("\nFiles without an account, to link to one of yours:")
        for town in Town.objects.open().order_by("name"):
            with tenant_context(town):
                for line in known_file():
                    self.stdout.write(f"  {town.name:<16} {line}")


def known_file() -> Iterator[str]:
    """Go through what a visitor may type, for the first file that nobody opens."""
    found = (
        Guardian.objects.filter(person__account=None)
        .select_related("person", "household")
        .order_by("pk")
        .first()
    )
    methods = town_settings().linking_methods
    if found is None or not methods:
        return
    yield f"{found.person}"
    if LinkingMethod.FILE_NUMBER in methods:
        number, born = found.household.file_number, found.person.birth_date
        yield f"  number {number}, born {born}"
    if LinkingMethod.SUBSCRIBER_CODE in methods:
        # Each printing gives a new code: the former one opens nothing more.
        code = issue_code(household=found.household, actor=None, now=timezone.now())
        yield f"  code {code}"
    invoice = Invoice.objects.issued().filter(household=found.household).first()
    if invoice is not None and LinkingMethod.INVOICE in methods:
        yield f"  invoice {invoice.reference}, issue code {invoice.emission_code},"
        amount = amount_words(invoice.total_minor, invoice.currency)
        code = invoice.addressee["person_code"]
        yield f"  amount {amount}, person code {code}"

"""The messages about money, in the town's language, with links on its own host.

No document is attached: mail boxes are shared and read by others, so a message leads
to the family space.
"""

from datetime import date
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.urls import reverse

from billing.models import DirectDebit, Invoice, Mandate, Payment, Regie
from billing.services.words import amount_words, day_words
from families.models import Household, Person
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings


def send_invoice(invoice: Invoice) -> None:
    """Tell the household that an invoice is there."""
    _send(
        "invoice",
        invoice.household,
        invoice.regie,
        path=reverse("billing:invoice", args=[invoice.public_id]),
        invoice=invoice,
        amount=amount_words(invoice.total_minor, invoice.currency),
        due=day_words(invoice.due_on),
        can_pay_online=invoice.regie.accepts_cards and bool(invoice.total_minor),
    )


def send_receipt(payment: Payment) -> None:
    """Thank the household for a payment, and lead to the receipt."""
    _send(
        "receipt",
        payment.household,
        payment.regie,
        path=reverse("billing:receipt", args=[payment.public_id]),
        payment=payment,
        amount=amount_words(payment.amount_minor, payment.currency),
    )


def send_mandate(mandate: Mandate) -> None:
    """Confirm a signature: whoever did not sign must learn of it."""
    _send(
        "mandate",
        mandate.household,
        mandate.regie,
        path=reverse("billing:debits"),
        mandate=mandate,
    )


def send_debit_notice(debit: DirectDebit, *, collection_on: date) -> None:
    """Announce a debit ahead of its day, as the scheme wants."""
    mandate = debit.mandate
    _send(
        "debit",
        mandate.household,
        mandate.regie,
        path=reverse("billing:invoice", args=[debit.invoice.public_id]),
        amount=amount_words(debit.amount_minor, debit.invoice.currency),
        day=day_words(collection_on),
        mandate=mandate,
        invoice=debit.invoice,
        creditor_id=mandate.regie.creditor_id,
    )


def _send(
    name: str, household: Household, regie: Regie, *, path: str, **more: Any
) -> None:
    """Write to each adult who answers for the household and has an address."""
    town = current_town()
    letter = write_letter(
        f"mail/billing/{name}.txt",
        {"url": f"{base_url_of(town)}{path}", **more},
        signature=f"{regie.name}\n{town_settings().name}",
    )
    for address in _addresses_of(household):
        letter.to_mail(
            sender=formataddr((regie.name, settings.DEFAULT_FROM_EMAIL)),
            recipient=address,
        ).send()


def _addresses_of(household: Household) -> list[str]:
    """Return the address each adult signs in with, or else left with the town."""
    people = Person.objects.filter(guardianships__household=household)
    known = people.values_list("account__email", "email")
    return sorted({signs_in or left for signs_in, left in known if signs_in or left})

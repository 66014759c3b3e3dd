"""Money at the counter: never more than what is owed, there is change to give."""

from billing.domain.errors import BillingError, gettext_noop
from billing.enums import InvoiceStatus
from billing.models import Invoice
from billing.services.words import amount_words


class NotOwedError(BillingError):
    """The invoice is paid, or waits for a bank."""

    code = "not_owed"
    sentence = gettext_noop(
        "This invoice is not waiting for money. Reload the page to see where it stands."
    )


class TooMuchError(BillingError):
    """More money than is owed: a slip of the keyboard, most of the time."""

    code = "too_much"
    sentence = gettext_noop("Only %(left)s are left to pay. Check the amount.")


def check_counter(*, invoice: Invoice, amount_minor: int) -> None:
    """Refuse money nobody owes; locks the invoice until the payment is recorded."""
    locked = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if locked.status != InvoiceStatus.OPEN:
        raise NotOwedError
    if amount_minor > locked.left_minor:
        raise TooMuchError(left=amount_words(locked.left_minor, locked.currency))

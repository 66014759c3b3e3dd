"""Why an invoice cannot be paid by card now, said to the family."""

from billing.domain.errors import BillingError, gettext_noop


class AlreadyPaidError(BillingError):
    """Nothing is left to pay."""

    code = "already_paid"
    sentence = gettext_noop("This invoice is already paid. There is nothing to do.")


class PaymentUnderWayError(BillingError):
    """A bank has yet to answer, or a direct debit is planned."""

    code = "payment_under_way"
    sentence = gettext_noop(
        "A payment of this invoice is under way. Please wait for its answer."
    )


class CardsRefusedError(BillingError):
    """The régie does not take cards online."""

    code = "no_cards"
    sentence = gettext_noop(
        "This invoice cannot be paid by card here. See the other ways to pay."
    )

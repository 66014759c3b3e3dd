"""Give a line of an issued invoice back: a line in less on the next invoice.

The issued invoice stays as it is. Ceilings and aids are counted again with the line
in less: what a ceiling had taken off, and what an aid had paid, is not given twice.
"""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from billing.domain.errors import BillingError, gettext_noop
from billing.enums import MoneyAction, ReductionKind
from billing.models import Charge, Reduction, Regie
from foundation.accounts.models import Account
from foundation.journal.services import record


class NotGivenBackError(BillingError):
    """Only the price of an issued invoice can be given back, once."""

    code = "not_given_back"
    sentence = gettext_noop("This line cannot be given back, or already was.")


@transaction.atomic
def give_back_each(
    *, charges: Iterable[Charge], reason: str, actor: Account | None
) -> int:
    """Give several lines back for one reason, all or none; return their sum.

    The sum is in minor units, above zero. Raises NotGivenBackError.
    """
    lines = [give_back(charge=each, reason=reason, actor=actor) for each in charges]
    return -sum(line.amount_minor for line in lines)


@transaction.atomic
def give_back(*, charge: Charge, reason: str, actor: Account | None) -> Charge:
    """Write the opposite of a price, for the next invoice of its régie.

    Raises NotGivenBackError.
    """
    # Runs and orders of the régie wait: they count what is given back whole.
    Regie.objects.select_for_update(of=("self",)).get(pk=charge.regie_id)
    charge = Charge.objects.select_related("invoice").get(pk=charge.pk)
    number = charge.invoice.reference if charge.invoice else None
    if not is_price(charge) or number is None or charge.amount_minor <= 0:
        raise NotGivenBackError
    line = _opposite(charge, number=number, reason=reason)
    try:
        with transaction.atomic():
            Reduction.objects.create(charge=line, kind=ReductionKind.CREDIT, of=charge)
    except IntegrityError as error:
        raise NotGivenBackError from error
    record(
        actor=actor,
        action=MoneyAction.LINE_GIVEN_BACK,
        target=charge,
        new={"amount_minor": line.amount_minor, "invoice": number},
        reason=reason,
    )
    return line


def is_price(charge: Charge) -> bool:
    """Tell whether a line is the price of something, not what follows prices."""
    return charge.booking_id is not None or charge.late_pickup_id is not None


def _opposite(charge: Charge, *, number: str, reason: str) -> Charge:
    return Charge.objects.create(
        regie_id=charge.regie_id,
        household_id=charge.household_id,
        child_id=charge.child_id,
        service_id=charge.service_id,
        day=charge.day,
        description=charge.description,
        amount_minor=-charge.amount_minor,
        currency=charge.currency,
        split={name: -minor for name, minor in charge.split.items()},
        trace={
            "kind": "credit",
            "invoice": number,
            "reason": reason,
            "minor": -charge.amount_minor,
        },
    )

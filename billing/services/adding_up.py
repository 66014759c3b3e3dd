"""What comes after prices, on drafts just made: ceilings, then aids, then taxes.

The town asks for its price, ceilings included: they are part of its vote. An aid pays
a part of that, so that it comes after and never more than what is asked. Taxes bear
on what the town asks, whoever pays it, so that aids do not lower them.

The number of statements depends on what the town configured, never on how many
families are billed.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from billing.models import Charge, InvoiceTax, Reduction, Regie
from billing.services.aid_lines import write_aids
from billing.services.ceilings import take_ceilings
from billing.services.lines import Drafts
from billing.services.tax_lines import write_exemptions, write_taxes

_ADD_UP = """
WITH sums AS MATERIALIZED (
  SELECT invoice.id, invoice.total_minor AS known,
         (SELECT coalesce(sum(amount_minor), 0) FROM billing_charge
           WHERE invoice_id = invoice.id)
         + (SELECT coalesce(sum(amount_minor), 0) FROM billing_invoicetax
             WHERE invoice_id = invoice.id) AS total
    FROM billing_invoice AS invoice WHERE invoice.id = ANY(%(ids)s)
), written AS (
  UPDATE billing_invoice AS invoice SET total_minor = sums.total
    FROM sums
   WHERE sums.id = invoice.id AND sums.total <> sums.known AND sums.total >= 0
)
SELECT coalesce(sum(total), 0)::bigint,
       coalesce(array_agg(id) FILTER (WHERE total < 0), '{}')
  FROM sums
"""


def complete_drafts(*, regie: Regie, drafts: Drafts) -> Drafts:
    """Write what comes after the prices of some drafts, and their new totals.

    Lines in the family's favour that would bring an invoice below zero wait for the
    next one, as the draft itself already does. Raises TaxUnknownError.
    """
    ids = drafts.invoice_ids
    if not ids or not _follow(regie, ids):
        return drafts
    total, negative = _add_up(ids)
    if negative:
        _put_off(negative)
        _follow(regie, negative)
        total, _none = _add_up(ids)
    return Drafts(ids, total)


def _follow(regie: Regie, ids: Sequence[int]) -> bool:
    """Write ceilings, aids and taxes; tell whether there is any.

    Why nothing is taxed is written too: it changes no total.
    """
    write_exemptions(regie=regie, invoice_ids=ids)
    written = [
        take_ceilings(regie=regie, invoice_ids=ids),
        write_aids(regie=regie, invoice_ids=ids),
        write_taxes(regie=regie, invoice_ids=ids),
    ]
    return any(written)


def _add_up(ids: Sequence[int]) -> tuple[int, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP, {"ids": list(ids)})
        total, negative = cursor.fetchone()
    return total, list(negative)


def _put_off(ids: Sequence[int]) -> None:
    """Take back what was written, and leave what is in favour to a later invoice."""
    take_back(ids)
    waiting = Charge.objects.filter(invoice__in=ids, booking=None, amount_minor__lt=0)
    waiting.update(invoice=None)


def take_back(ids: Sequence[int] | QuerySet[Any, Any]) -> None:
    """Delete what came after the prices of some drafts: four plain statements."""
    InvoiceTax.objects.filter(invoice__in=ids)._raw_delete(using="default")  # noqa: SLF001 - plain DELETE.
    followed = Reduction.objects.filter(charge__invoice__in=ids)
    lines = list(followed.exclude(kind="credit").values_list("charge_id", flat=True))
    Reduction.objects.filter(charge__in=lines)._raw_delete(using="default")  # noqa: SLF001 - as above.
    Charge.objects.filter(pk__in=lines)._raw_delete(using="default")  # noqa: SLF001 - as above.

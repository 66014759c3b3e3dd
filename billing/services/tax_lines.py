"""Write the taxes of drafts: each once an invoice, on the sum of what it bears on.

Where a line bears none, the invoice keeps the reason that the régie gives for it, once.

The tax in force on the day of a line is the one that bears on it. Lines that come from
no booking (a balance of the former software) bear none, and aids lower none. One
statement, whatever the number of families.
"""

from collections.abc import Sequence

from django.db import connection

from billing.domain.errors import BillingError, gettext_noop
from billing.models import Regie

# Lines of drafts with the rule of their activity, or else of its service; what lowers
# a line follows it.
_RULED = """
    FROM billing_charge AS charge
    LEFT JOIN billing_reduction AS reduction ON reduction.charge_id = charge.id
    JOIN billing_charge AS base ON base.id = coalesce(reduction.of_id, charge.id)
    LEFT JOIN enrolment_latepickup AS late ON late.id = base.late_pickup_id
    JOIN enrolment_booking AS booking
      ON booking.id = coalesce(base.booking_id, late.booking_id)
    JOIN catalog_session AS session ON session.id = booking.session_id
    JOIN catalog_activity AS activity ON activity.id = session.activity_id
    LEFT JOIN billing_taxrule AS own
      ON own.regie_id = %(regie)s AND own.activity_id = activity.id
    LEFT JOIN billing_taxrule AS general
      ON general.regie_id = %(regie)s AND general.service_id = activity.service_id
     AND general.activity_id IS NULL
   WHERE charge.invoice_id = ANY(%(ids)s)"""

_WRITE = f"""
WITH taxes AS MATERIALIZED (
  SELECT * FROM billing_regietax WHERE regie_id = %(regie)s
), lines AS MATERIALIZED (
  SELECT charge.invoice_id, base.day, charge.amount_minor, activity.name,
         coalesce(own.category, general.category) AS category
  {_RULED}
     AND EXISTS (SELECT FROM taxes)
     AND coalesce(reduction.kind, '') <> 'aid'
), bases AS (
  SELECT lines.invoice_id, taxes.id AS tax_id, sum(lines.amount_minor) AS base
    FROM lines
    JOIN taxes ON lines.day >= taxes.from_on
     AND (taxes.until_on IS NULL OR lines.day < taxes.until_on)
   WHERE lines.category = 'S'
   GROUP BY lines.invoice_id, taxes.id HAVING sum(lines.amount_minor) <> 0
), written AS (
  INSERT INTO billing_invoicetax
         (invoice_id, tax_id, code, label, rate, registration, base_minor, amount_minor)
  SELECT bases.invoice_id, taxes.id, taxes.code, taxes.label, taxes.rate,
         taxes.registration, bases.base, round(bases.base * taxes.rate / 100)
    FROM bases JOIN taxes ON taxes.id = bases.tax_id
   ORDER BY bases.invoice_id, taxes.id
  RETURNING id
)
SELECT (SELECT count(*) FROM written),
       (SELECT string_agg(DISTINCT name, ', ') FROM lines WHERE category IS NULL)
"""  # noqa: S608 - our own words only.

# A régie may collect no tax at all and say by which text: its reasons are written too.
_EXEMPT = f"""
WITH reasons AS (
  SELECT charge.invoice_id, coalesce(own.reason, general.reason) AS reason,
         min(charge.id) AS first
  {_RULED}
     AND coalesce(own.category, general.category) = 'E'
   GROUP BY charge.invoice_id, coalesce(own.reason, general.reason)
), told AS (
  SELECT invoice_id, jsonb_agg(reason ORDER BY first) AS reasons
    FROM reasons GROUP BY invoice_id
)
UPDATE billing_invoice AS invoice SET exemptions = coalesce(told.reasons, '[]')
  FROM unnest(%(ids)s) AS draft (id) LEFT JOIN told ON told.invoice_id = draft.id
 WHERE invoice.id = draft.id AND invoice.exemptions <> coalesce(told.reasons, '[]')
"""  # noqa: S608 - our own words only.


class TaxUnknownError(BillingError):
    """The régie collects taxes, and nobody said whether an activity bears them."""

    code = "tax_unknown"
    sentence = gettext_noop(
        "Say first on the page of the régie whether this is taxed: %(activities)s."
    )


def write_taxes(*, regie: Regie, invoice_ids: Sequence[int]) -> int:
    """Write the taxes of some drafts and return how many there are.

    Raises TaxUnknownError, naming the activities.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {"regie": regie.pk, "ids": list(invoice_ids)})
        count, unknown = cursor.fetchone()
    if unknown:
        raise TaxUnknownError(activities=unknown)
    return int(count)


def write_exemptions(*, regie: Regie, invoice_ids: Sequence[int]) -> None:
    """Write why lines of some drafts bear no tax: each reason once a draft."""
    with connection.cursor() as cursor:
        cursor.execute(_EXEMPT, {"regie": regie.pk, "ids": list(invoice_ids)})

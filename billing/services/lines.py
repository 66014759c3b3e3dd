"""Turn bookings and late pick-ups into lines of drafts, in one statement.

Everything is read, added up and written from one view of the data: a booking made
meanwhile is on no invoice rather than on half of one. What the month's invoices and
those of an order have in common stands here; they only choose their bookings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from billing.domain.errors import gettext_noop
from billing.models import BillingRun, Regie
from billing.services.words import in_town_words

# A cancellation after the deadline is still due, and says so.
_LATE = gettext_noop("cancelled after the deadline")
# A late pick-up says the hour; its price stands on it, as a booking's on the booking.
_COLLECTED = gettext_noop("collected at {hour}")
# A justified absence stays on the invoice, for nothing, and says so.
_BECAUSE = '{"because": "booking", "value": "absent_justified"}'

_DRAFT = """
WITH billable AS MATERIALIZED (
  SELECT booking.id AS booking_id, NULL::bigint AS late_pickup_id,
         booking.household_id, booking.child_id, activity.service_id,
         session.starts_on AS day, session.ends_on AS last_day,
         left(concat_ws(', ', activity.name, nullif(session.name, ''),
                        CASE WHEN booking.cancelled_late THEN %(late)s END), 250)
           AS description,
         CASE WHEN excused THEN 0 ELSE booking.price_minor END AS amount_minor,
         CASE WHEN excused THEN '{}'::jsonb ELSE booking.split END AS split,
         CASE WHEN excused THEN
           booking.trace || jsonb_build_object('minor', 0, 'steps',
             coalesce(booking.trace->'steps', '[]'::jsonb) || told.step)
         ELSE booking.trace END AS trace
    FROM enrolment_booking AS booking
    JOIN catalog_session AS session ON session.id = booking.session_id
    JOIN catalog_activity AS activity ON activity.id = session.activity_id
    JOIN catalog_service AS service ON service.id = activity.service_id
    JOIN billing_regie_services AS billed
      ON billed.service_id = service.id AND billed.regie_id = %(regie)s
   CROSS JOIN LATERAL (
     SELECT booking.attendance = 'absent_justified' AS excused,
            jsonb_build_object('kind', 'adjustment', 'message', 'free',
              'params', %(because)s::jsonb, 'after', '0',
              'before', trim_scale(booking.price_minor / 100.0)::text) AS step
   ) AS told
   WHERE (booking.status = 'booked'
          OR (booking.status = 'cancelled' AND booking.cancelled_late))
     AND session.cancelled_at IS NULL
     AND booking.currency = %(currency)s
     AND booking.trace <> '{}'::jsonb
     AND NOT EXISTS (SELECT FROM billing_charge WHERE booking_id = booking.id)
     AND CASE WHEN %(order)s::bigint IS NULL
           THEN session.starts_on >= %(from_on)s AND session.starts_on < %(until_on)s
                AND (service.billing_mode <> 'prepaid'
                     OR booking.booked_at < %(settled_before)s)
           ELSE booking.order_id = %(order)s AND service.billing_mode = 'prepaid' END
  UNION ALL
  SELECT NULL, late.id, booking.household_id, booking.child_id, activity.service_id,
         late.day, late.day,
         left(concat_ws(', ', activity.name, nullif(session.name, ''),
                replace(%(collected)s, '{hour}', to_char(late.pickup_time, 'HH24:MI'))
              ), 250),
         late.price_minor, late.split, late.trace
    FROM enrolment_latepickup AS late
    JOIN enrolment_booking AS booking ON booking.id = late.booking_id
    JOIN catalog_session AS session ON session.id = booking.session_id
    JOIN catalog_activity AS activity ON activity.id = session.activity_id
    JOIN billing_regie_services AS billed
      ON billed.service_id = activity.service_id AND billed.regie_id = %(regie)s
   WHERE late.pickup_time IS NOT NULL
     AND booking.status = 'booked' AND booking.attendance = 'present'
     AND session.cancelled_at IS NULL
     AND late.currency = %(currency)s AND late.trace <> '{}'::jsonb
     AND NOT EXISTS (SELECT FROM billing_charge WHERE late_pickup_id = late.id)
     -- Written after the invoices of its month, it is on those of the next.
     AND %(order)s::bigint IS NULL AND late.day < %(until_on)s
), pending AS MATERIALIZED (
  SELECT id, household_id, amount_minor FROM billing_charge
   WHERE regie_id = %(regie)s AND invoice_id IS NULL AND currency = %(currency)s
     AND %(order)s::bigint IS NULL AND day < %(until_on)s
), totals AS (
  SELECT household_id, sum(amount_minor) AS total,
         min(day) AS first_day, max(last_day) + 1 AS next_day
    FROM (SELECT household_id, amount_minor, day, last_day FROM billable
          UNION ALL
          SELECT household_id, amount_minor, NULL, NULL FROM pending) AS owed
   GROUP BY household_id HAVING sum(amount_minor) >= 0
), invoices AS (
  INSERT INTO billing_invoice
         (public_id, regie_id, run_id, household_id, status, from_on, until_on,
          total_minor, paid_minor, currency, addressee, exemptions, previous_hash, hash,
          document, document_sha256)
  SELECT gen_random_uuid(), %(regie)s, %(run)s, household_id, 'draft',
         coalesce(%(from_on)s, first_day), coalesce(%(until_on)s, next_day),
         total, 0, %(currency)s, '{}', '[]', '', '', '', ''
    FROM totals ORDER BY household_id
  RETURNING id, household_id, total_minor
), lines AS (
  INSERT INTO billing_charge
         (public_id, regie_id, household_id, child_id, service_id, booking_id,
          late_pickup_id, invoice_id, day, description, quantity, amount_minor,
          currency, split, trace)
  SELECT gen_random_uuid(), %(regie)s, billable.household_id, child_id, service_id,
         booking_id, late_pickup_id, invoices.id, day, description, 1, amount_minor,
         %(currency)s, split, trace
    FROM billable JOIN invoices USING (household_id)
), taken AS (
  UPDATE billing_charge SET invoice_id = invoices.id
    FROM invoices, pending
   WHERE pending.id = billing_charge.id
     AND pending.household_id = invoices.household_id
)
SELECT coalesce(array_agg(id), '{}'), coalesce(sum(total_minor), 0)::bigint
  FROM invoices
"""


@dataclass(frozen=True, slots=True)
class Drafts:
    """The invoices drafted, and what they come to in minor units."""

    invoice_ids: list[int]
    total_minor: int


def draft_month(*, run: BillingRun, currency: str, settled_before: datetime) -> Drafts:
    """Draft the invoices of a run: bookings of its period, and charges left over.

    Late pick-ups of its period, and those before it that nobody billed, come with them.

    Courses paid at the booking have an invoice of their own; those booked before
    `settled_before` and still without one are taken too, so that none is lost.
    """
    return _draft(
        regie=run.regie,
        currency=currency,
        chosen={
            "run": run.pk,
            "order": None,
            "from_on": run.from_on,
            "until_on": run.until_on,
            "settled_before": settled_before,
        },
    )


def draft_order(*, regie: Regie, order_id: int, currency: str) -> Drafts:
    """Draft the invoice of what an order prepays; nothing when it already has one."""
    return _draft(
        regie=regie,
        currency=currency,
        chosen={
            "run": None,
            "order": order_id,
            "from_on": None,
            "until_on": None,
            "settled_before": None,
        },
    )


def _draft(
    *,
    regie: Regie,
    currency: str,
    chosen: Mapping[str, int | date | datetime | None],
) -> Drafts:
    with connection.cursor() as cursor:
        cursor.execute(
            _DRAFT,
            {
                "regie": regie.pk,
                "currency": currency,
                "because": _BECAUSE,
                "late": in_town_words(_LATE),
                "collected": in_town_words(_COLLECTED),
                **chosen,
            },
        )
        ids, total = cursor.fetchone()
    return Drafts(list(ids), int(total))

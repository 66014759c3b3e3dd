"""Take off drafts what is above the ceilings of their tariffs.

One statement for each rank of ceiling that some tariff of the town has, whatever the
number of families: it counts what the régie billed before in the same periods, then
writes one line in less for each price above. `catalog.domain.prices.caps` says what
must come out.
"""

from collections.abc import Sequence

from django.db import connection

from billing.models import Regie

_RANKS = """
SELECT coalesce(max(jsonb_array_length(version.rules->'caps')), 0)
  FROM catalog_tariffversion AS version
 WHERE version.published_at IS NOT NULL AND version.rules ? 'caps'
"""

# A line is about the booking of the price it is, reduces or gives back. Lines of aids
# come after: they are not counted.
_TAKE = """
WITH caps AS MATERIALIZED (
  SELECT version.id AS version_id, version.tariff_id, cap->>'code' AS code,
         cap->>'label' AS label, cap->>'period' AS period, cap->>'per' AS per,
         round((cap->>'amount')::numeric * 100)::bigint AS minor,
         CASE jsonb_typeof(cap->'activities')
           WHEN 'string' THEN jsonb_build_array(cap->'activities')
           ELSE cap->'activities' END AS activities
    FROM catalog_tariffversion AS version
   CROSS JOIN LATERAL jsonb_array_elements(version.rules->'caps')
     WITH ORDINALITY AS written (cap, rank)
   WHERE rank = %(position)s + 1
), fresh_lines AS MATERIALIZED (
  SELECT charge.household_id, charge.day
    FROM billing_charge AS charge WHERE charge.invoice_id = ANY(%(ids)s)
), counted AS MATERIALIZED (
  SELECT charge.id, base.id AS base_id, charge.invoice_id, base.day, base.child_id,
         charge.household_id, charge.service_id, charge.currency,
         charge.invoice_id = ANY(%(ids)s) AS fresh,
         charge.amount_minor AS amount,
         coalesce((charge.split->>'care')::bigint, 0) AS care,
         coalesce((charge.split->>'meal')::bigint, 0) AS meal,
         caps.tariff_id, caps.code, caps.label, caps.per, caps.minor AS ceiling,
         CASE caps.period
           WHEN 'day' THEN base.day
           WHEN 'week' THEN date_trunc('week', base.day)::date
           WHEN 'month' THEN date_trunc('month', base.day)::date
           WHEN 'school_year' THEN
             (date_trunc('year', base.day - interval '8 months')
              + interval '8 months')::date
           ELSE calendar.from_on END AS from_on,
         CASE caps.period
           WHEN 'day' THEN base.day + 1
           WHEN 'week' THEN date_trunc('week', base.day)::date + 7
           WHEN 'month' THEN (date_trunc('month', base.day) + interval '1 month')::date
           WHEN 'school_year' THEN
             (date_trunc('year', base.day - interval '8 months')
              + interval '20 months')::date
           ELSE calendar.until_on END AS until_on
    FROM billing_charge AS charge
    LEFT JOIN billing_reduction AS reduction ON reduction.charge_id = charge.id
    JOIN billing_charge AS base ON base.id = coalesce(reduction.of_id, charge.id)
    JOIN enrolment_booking AS booking ON booking.id = base.booking_id
    JOIN caps ON caps.version_id = booking.tariff_version_id
    JOIN catalog_session AS session ON session.id = booking.session_id
    JOIN catalog_activity AS activity ON activity.id = session.activity_id
    LEFT JOIN catalog_calendarperiod AS calendar ON calendar.id = session.period_id
   WHERE charge.regie_id = %(regie)s AND charge.invoice_id IS NOT NULL
     AND charge.household_id IN (SELECT household_id FROM fresh_lines)
     AND charge.day >= (SELECT min(day) - 366 FROM fresh_lines)
     AND (reduction.charge_id IS NULL OR reduction.kind = 'credit'
          OR (reduction.kind = 'cap' AND reduction.position < %(position)s))
     AND (caps.activities IS NULL OR caps.activities ? activity.code)
     AND (caps.period <> 'calendar_period' OR session.period_id IS NOT NULL)
), ceilings AS (
  SELECT tariff_id, code, per, household_id,
         CASE per WHEN 'child' THEN child_id END AS payer, from_on, until_on,
         min(ceiling) AS ceiling,
         coalesce(sum(amount) FILTER (WHERE NOT fresh), 0) AS before
    FROM counted GROUP BY 1, 2, 3, 4, 5, 6, 7
), lines AS (
  SELECT base_id, invoice_id, day, child_id, household_id, service_id, currency,
         tariff_id, code, label, per, from_on, until_on,
         CASE per WHEN 'child' THEN child_id END AS payer,
         min(id) AS id, sum(amount)::bigint AS amount, sum(care)::bigint AS care,
         sum(meal)::bigint AS meal, sum(amount - care - meal)::bigint AS other
    FROM counted WHERE fresh
   GROUP BY base_id, invoice_id, day, child_id, household_id, service_id, currency,
         tariff_id, code, label, per, from_on, until_on
), running AS (
  SELECT lines.*, ceilings.ceiling,
         (ceilings.before + sum(amount) OVER (
            PARTITION BY lines.tariff_id, lines.code, lines.per, lines.household_id,
                         lines.payer, lines.from_on, lines.until_on
            ORDER BY lines.day, lines.id) - amount)::bigint AS before
    FROM lines JOIN ceilings
      ON (ceilings.tariff_id, ceilings.code, ceilings.per, ceilings.household_id,
          ceilings.from_on, ceilings.until_on)
       = (lines.tariff_id, lines.code, lines.per, lines.household_id,
          lines.from_on, lines.until_on)
     AND ceilings.payer IS NOT DISTINCT FROM lines.payer
), above AS (
  SELECT running.*, gen_random_uuid() AS public_id,
         greatest(before + amount - ceiling, 0)
         - greatest(before - ceiling, 0) AS taken,
         abs(care) + abs(meal) + abs(other) AS weight
    FROM running
), shares AS (
  SELECT public_id, part.name,
         abs(taken) * part.weight / nullif(above.weight, 0) AS whole,
         row_number() OVER (
           PARTITION BY public_id
           ORDER BY abs(taken) * part.weight %% nullif(above.weight, 0) DESC, part.rank
         ) AS turn
    FROM above
   CROSS JOIN LATERAL (VALUES ('care', abs(care), 1), ('meal', abs(meal), 2),
                              ('other', abs(other), 3)) AS part (name, weight, rank)
   WHERE taken <> 0
), split AS (
  SELECT above.public_id, jsonb_object_agg(name,
           -sign(taken)::bigint * (whole + CASE
             WHEN turn <= abs(taken) - total THEN 1 ELSE 0 END)) AS split
    FROM above
    JOIN (SELECT shares.*, sum(whole) OVER (PARTITION BY public_id) AS total
            FROM shares WHERE whole IS NOT NULL) AS shared USING (public_id)
   GROUP BY above.public_id
), written AS (
  INSERT INTO billing_charge
         (public_id, regie_id, household_id, child_id, service_id, booking_id,
          invoice_id, day, description, quantity, amount_minor, currency, split, trace)
  SELECT public_id, %(regie)s, household_id, child_id, service_id, NULL, invoice_id,
         day, left(label, 250), 1, -taken, currency, coalesce(split.split, '{}'),
         jsonb_build_object('kind', 'cap', 'code', code, 'label', label, 'per', per,
           'from', from_on, 'until', until_on, 'ceiling', ceiling, 'before', before,
           'price', amount, 'minor', -taken)
    FROM above LEFT JOIN split USING (public_id)
   WHERE taken <> 0 ORDER BY above.id
  RETURNING id, public_id
)
INSERT INTO billing_reduction (charge_id, kind, of_id, position, grant_id)
SELECT written.id, 'cap', above.base_id, %(position)s, NULL
  FROM written JOIN above USING (public_id)
"""


def take_ceilings(*, regie: Regie, invoice_ids: Sequence[int]) -> int:
    """Write what the ceilings take off some drafts and return the number of lines.

    Runs in the transaction of the draft, under the lock of the régie.
    """
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(_RANKS)
        ranks = cursor.fetchone()[0]
        for position in range(ranks):
            cursor.execute(
                _TAKE,
                {
                    "regie": regie.pk,
                    "ids": list(invoice_ids),
                    "position": position,
                },
            )
            count += cursor.rowcount
    return count

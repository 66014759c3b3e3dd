"""Write what third parties pay of drafts, one line for each price they help with.

Aids are worked out in Python by `billing.domain.aids`: few families have one, and
only their lines are read. Four statements when some family has an aid, one when none
has, whatever the number of families.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db import connection

from billing.domain.aid_traces import AidTrace
from billing.domain.aids import Aid, AidShare, Use, apply_aids
from billing.models import Regie
from billing.queries.aids import Line, lines_to_help, lock_grants, uses_of

_WRITE = """
WITH given AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(%(lines)s::jsonb)
      AS line (public_id uuid, base bigint, invoice bigint, grant_id bigint,
               description text, minor bigint, split jsonb, trace jsonb)
), written AS (
  INSERT INTO billing_charge
         (public_id, regie_id, household_id, child_id, service_id, booking_id,
          invoice_id, day, description, quantity, amount_minor, currency, split, trace)
  SELECT given.public_id, base.regie_id, base.household_id, base.child_id,
         base.service_id, NULL, given.invoice, base.day, given.description, 1,
         given.minor, base.currency, given.split, given.trace
    FROM given JOIN billing_charge AS base ON base.id = given.base
   ORDER BY base.day, base.id
  RETURNING id, public_id
)
INSERT INTO billing_reduction (charge_id, kind, of_id, position, grant_id)
SELECT written.id, 'aid', given.base, 0, given.grant_id
  FROM written JOIN given USING (public_id)
"""


def write_aids(*, regie: Regie, invoice_ids: Sequence[int]) -> int:
    """Write the lines of aids on some drafts and return how many there are.

    The aids are locked until the end of the transaction: two régies that bill at once
    count the same ceiling one after the other.
    """
    aids = lock_grants(invoice_ids)
    if not aids:
        return 0
    lines = lines_to_help(invoice_ids, [aid.id for aid in aids])
    uses = uses_of([aid.id for aid in aids])
    rows = list(_rows(lines, aids, uses))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, {"lines": json.dumps(rows), "regie": regie.pk})
    return len(rows)


def _rows(
    lines: Sequence[Line], aids: Sequence[Aid], uses: Sequence[Use]
) -> Iterable[dict[str, Any]]:
    """Give back what an aid paid on lines given back, then help the others."""
    by_id = {line.facts.id: line for line in lines}
    returned = [(line, _opposite(share)) for line in lines for share in line.given_back]
    back = [
        Use(share.aid, line.facts.child, line.facts.days[0], share.trace)
        for line, share in returned
    ]
    fresh = [line.facts for line in lines if not line.is_credit]
    for share in apply_aids(fresh, aids, [*uses, *back]):
        yield _row(by_id[share.line], share)
    for line, share in returned:
        yield _row(line, share)


def _opposite(share: AidShare) -> AidShare:
    trace = share.trace
    units = trace.units.removeprefix("-")
    return replace(
        share,
        shares=(-share.shares[0], -share.shares[1], -share.shares[2]),
        trace=AidTrace(
            trace.name,
            trace.payer,
            trace.method,
            trace.rate,
            units if trace.given < 0 else f"-{units}",
            -trace.asked,
            -trace.given,
            "back",
            {day: -minor for day, minor in trace.days.items()},
        ),
    )


def _row(line: Line, share: AidShare) -> dict[str, Any]:
    names = ("care", "meal", "other")
    return {
        "public_id": str(uuid4()),
        "base": line.facts.id,
        "invoice": line.invoice_id,
        "grant_id": share.aid,
        "description": share.trace.name[:250],
        "minor": -share.minor,
        "split": dict(zip(names, (-each for each in share.shares), strict=True)),
        "trace": share.trace.to_data(),
    }

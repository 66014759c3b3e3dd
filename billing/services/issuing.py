"""Issue drafts: number them without a gap, freeze them, chain them, book them.

One transaction and a number of statements that does not depend on how many there
are. The numbers come last (see `numbers`), then nothing but the commit.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from billing.domain.numbering import chain_hash
from billing.enums import SeriesKind
from billing.models import Regie
from billing.queries.chain import LINES_DIGEST, TAXES_DIGEST, document_of
from billing.services.numbers import keep_last_hash, take_block

_SUBJECTS = (
    f"WITH lines AS ({LINES_DIGEST}), taxes AS ({TAXES_DIGEST})"  # noqa: S608 - our own literals.
    """
SELECT invoice.id, invoice.from_on, invoice.until_on, invoice.total_minor,
       invoice.currency, invoice.exemptions, lines.digest, taxes.digest,
       household.file_number, household.street, household.street_extra,
       household.postal_code, household.city, household.country, person.civility,
       person.first_name, person.last_name, person.person_code
  FROM billing_invoice AS invoice
  JOIN families_household AS household ON household.id = invoice.household_id
  LEFT JOIN lines ON lines.invoice_id = invoice.id
  LEFT JOIN taxes ON taxes.invoice_id = invoice.id
  LEFT JOIN families_guardian AS guardian
    ON guardian.household_id = household.id AND guardian.role = 'responsible'
  LEFT JOIN families_person AS person ON person.id = guardian.person_id
 WHERE invoice.id = ANY(%(ids)s) AND invoice.status = 'draft'
 ORDER BY household.file_number, invoice.id
"""
)

_POST = """
WITH owed AS (
  INSERT INTO billing_ledgertransaction (public_id, kind, reference, occurred_on)
  SELECT gen_random_uuid(), 'invoice_issued', 'invoice:' || public_id, %(today)s
    FROM billing_invoice AS invoice
   WHERE id = ANY(%(ids)s)
     AND (total_minor > 0 OR (
       SELECT sum(charge.amount_minor)
         FROM billing_charge AS charge
         JOIN billing_reduction AS reduction
           ON reduction.charge_id = charge.id AND reduction.kind = 'aid'
        WHERE charge.invoice_id = invoice.id) <> 0)
  RETURNING id, reference
), subjects AS (
  SELECT owed.id AS transaction_id, invoice.id AS invoice_id, invoice.household_id,
         invoice.total_minor, invoice.currency
    FROM owed
    JOIN billing_invoice AS invoice ON 'invoice:' || invoice.public_id = owed.reference
   WHERE invoice.id = ANY(%(ids)s)
), lines AS (
  SELECT transaction_id, subjects.currency, charge.service_id, charge.amount_minor,
         kind.code AS aid
    FROM subjects
    JOIN billing_charge AS charge ON charge.invoice_id = subjects.invoice_id
    LEFT JOIN billing_reduction AS reduction
      ON reduction.charge_id = charge.id AND reduction.kind = 'aid'
    LEFT JOIN billing_aidgrant AS granted ON granted.id = reduction.grant_id
    LEFT JOIN billing_aidkind AS kind ON kind.id = granted.kind_id
)
INSERT INTO billing_ledgerentry
       (transaction_id, account, household_id, code, amount_minor, currency)
SELECT transaction_id, 'receivable', household_id, '', total_minor, currency
  FROM subjects WHERE total_minor <> 0
UNION ALL
SELECT transaction_id, 'receivable_third_party', NULL, aid, -sum(amount_minor), currency
  FROM lines WHERE aid IS NOT NULL
 GROUP BY transaction_id, aid, currency HAVING sum(amount_minor) <> 0
UNION ALL
SELECT transaction_id, 'revenue', NULL, service.code, -sum(amount_minor), currency
  FROM lines JOIN catalog_service AS service ON service.id = lines.service_id
 WHERE aid IS NULL
 GROUP BY transaction_id, service.code, currency
HAVING sum(amount_minor) <> 0
UNION ALL
SELECT transaction_id, 'tax_payable', NULL, tax.code, -sum(tax.amount_minor),
       subjects.currency
  FROM subjects JOIN billing_invoicetax AS tax USING (invoice_id)
 GROUP BY transaction_id, tax.code, subjects.currency
HAVING sum(tax.amount_minor) <> 0
"""

_ISSUE = """
UPDATE billing_invoice AS invoice
   SET status = CASE WHEN total_minor = 0 THEN 'paid' ELSE 'open' END,
       series_year = %(year)s, number = issued.number, reference = issued.reference,
       issued_on = %(today)s, due_on = %(due_on)s,
       addressee = issued.addressee::jsonb, previous_hash = issued.previous_hash,
       hash = issued.hash
  FROM unnest(%(ids)s::bigint[], %(numbers)s::int[], %(references)s::text[],
              %(addressees)s::text[], %(previous)s::text[], %(hashes)s::text[])
       AS issued (id, number, reference, addressee, previous_hash, hash)
 WHERE invoice.id = issued.id
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A draft about to be issued, with what its document will say."""

    invoice_id: int
    from_on: date
    until_on: date
    total_minor: int
    currency: str
    exemptions: list[str]
    lines: str
    taxes: str
    addressee: dict[str, Any]


def issue_invoices(*, regie: Regie, invoice_ids: Sequence[int], today: date) -> int:
    """Issue the drafts among `invoice_ids`, by file number; return how many.

    A total of nothing is paid at once and leaves no trace in the ledger. Must run in
    the transaction of the decision.
    """
    subjects = _subjects(list(invoice_ids))
    if not subjects:
        return 0
    ids = [subject.invoice_id for subject in subjects]
    with connection.cursor() as cursor:
        cursor.execute(_POST, {"ids": ids, "today": today})
    _number(regie=regie, subjects=subjects, today=today)
    return len(subjects)


def _number(*, regie: Regie, subjects: list[Subject], today: date) -> None:
    due_on = today + timedelta(days=regie.days_to_pay)
    block = take_block(
        regie=regie, kind=SeriesKind.INVOICE, year=today.year, size=len(subjects)
    )
    previous, hashes, references = [], [], []
    last = block.previous_hash
    for position, subject in enumerate(subjects):
        reference = str(block.number(position))
        document = document_of(
            subject,
            regie=regie,
            lines=subject.lines,
            taxes=subject.taxes,
            reference=reference,
            issued_on=today,
            due_on=due_on,
        )
        previous.append(last)
        last = chain_hash(last, document)
        hashes.append(last)
        references.append(reference)
    facts: dict[str, Any] = {
        "year": today.year,
        "today": today,
        "due_on": due_on,
        "ids": [subject.invoice_id for subject in subjects],
        "numbers": [block.first + position for position in range(len(subjects))],
        "references": references,
        "addressees": [json.dumps(subject.addressee) for subject in subjects],
        "previous": previous,
        "hashes": hashes,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ISSUE, facts)
    keep_last_hash(regie=regie, kind=SeriesKind.INVOICE, year=today.year, digest=last)


def _subjects(ids: list[int]) -> list[Subject]:
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECTS, {"ids": ids})
        return [_subject(*row) for row in cursor.fetchall()]


def _subject(*row: Any) -> Subject:
    facts, (number, street, extra, postcode, city, country), name, code = (
        row[:8],
        row[8:14],
        row[14:17],
        row[17],
    )
    lines = [extra, street, f"{postcode} {city}".strip()]
    addressee = {
        "file_number": number,
        "name": " ".join(part for part in name[1:] if part) or number,
        "lines": [line for line in lines if line],
        "country": country,
        "person_code": code or "",
    }
    return Subject(
        invoice_id=facts[0],
        from_on=facts[1],
        until_on=facts[2],
        total_minor=facts[3],
        currency=facts[4],
        exemptions=json.loads(facts[5]),
        lines=facts[6] or "",
        taxes=facts[7] or "",
        addressee=addressee,
    )

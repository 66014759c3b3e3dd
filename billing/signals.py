"""What billing tells in the transaction of a decision; jobs follow from it."""

from django.dispatch import Signal

# With `run_id`: a month's invoices are issued and wait for their documents.
run_issued = Signal()

# With `invoice_id`: one invoice is issued, outside any run.
invoice_issued = Signal()

# With `payment_id`: money came in, its receipt is to be made.
payment_recorded = Signal()

# With `mandate_id`: a family signed, its document is to be made.
mandate_signed = Signal()

# With `debit_ids`: families are to be told of the debits of a bank file.
debits_announced = Signal()

# With `event_id` and `attempt_id`: the payment provider told us something new.
event_stored = Signal()

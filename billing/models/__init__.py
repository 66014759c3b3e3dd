"""Records of billing."""

from billing.models.charges import Charge
from billing.models.direct_debits import DirectDebit, DirectDebitBatch, Mandate
from billing.models.invoices import BillingRun, Invoice
from billing.models.ledger import LedgerEntry, LedgerTransaction
from billing.models.payments import Allocation, Payment, PaymentAttempt, ProviderEvent
from billing.models.regies import NumberSeries, Regie

__all__ = [
    "Allocation",
    "BillingRun",
    "Charge",
    "DirectDebit",
    "DirectDebitBatch",
    "Invoice",
    "LedgerEntry",
    "LedgerTransaction",
    "Mandate",
    "NumberSeries",
    "Payment",
    "PaymentAttempt",
    "ProviderEvent",
    "Regie",
]

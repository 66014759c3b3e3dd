"""Records of billing."""

from billing.models.aids import AidGrant, AidKind
from billing.models.charges import Charge
from billing.models.direct_debits import DirectDebit, DirectDebitBatch, Mandate
from billing.models.invoices import BillingRun, Invoice
from billing.models.ledger import LedgerEntry, LedgerTransaction
from billing.models.payments import Allocation, Payment, PaymentAttempt, ProviderEvent
from billing.models.reductions import Reduction
from billing.models.regies import NumberSeries, Regie
from billing.models.taxes import InvoiceTax, RegieTax, TaxRule

__all__ = [
    "AidGrant",
    "AidKind",
    "Allocation",
    "BillingRun",
    "Charge",
    "DirectDebit",
    "DirectDebitBatch",
    "Invoice",
    "InvoiceTax",
    "LedgerEntry",
    "LedgerTransaction",
    "Mandate",
    "NumberSeries",
    "Payment",
    "PaymentAttempt",
    "ProviderEvent",
    "Reduction",
    "Regie",
    "RegieTax",
    "TaxRule",
]

"""Words of billing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunStatus(TextChoices):
    """The life of a billing run."""

    DRAFT = "draft", _("Drafts to check")
    ISSUED = "issued", _("Issued")
    CANCELLED = "cancelled", _("Cancelled")


class InvoiceStatus(TextChoices):
    """The life of an invoice."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("To pay")
    PENDING = "pending", _("Payment under way")
    PAID = "paid", _("Paid")


class SeriesKind(TextChoices):
    """Documents that have gap-free numbers."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
    RECEIPT = "receipt", _("Receipt")


class PaymentMethod(TextChoices):
    """How a family pays."""

    CARD = "card", _("Card")
    DIRECT_DEBIT = "direct_debit", _("SEPA direct debit")
    COUNTER = "counter", _("At the counter")


class AttemptStatus(TextChoices):
    """The life of an attempt to pay online."""

    CREATED = "created", _("Created")
    OPEN = "open", _("Under way")
    SUCCEEDED = "succeeded", _("Paid")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")


class MandateStatus(TextChoices):
    """The life of a direct debit mandate."""

    ACTIVE = "active", _("Active")
    REVOKED = "revoked", _("Revoked")
    LAPSED = "lapsed", _("Lapsed")


class BatchStatus(TextChoices):
    """The life of a direct debit batch."""

    DRAFT = "draft", _("Draft")
    EXPORTED = "exported", _("File made")


class AccountCode(TextChoices):
    """Accounts of the town's family ledger."""

    RECEIVABLE = "receivable", _("Owed by families")
    REVENUE = "revenue", _("Services billed")
    CARD_CLEARING = "card_clearing", _("Card payments on their way")
    BANK = "bank", _("Bank")
    CREDIT = "credit", _("Credit of families")

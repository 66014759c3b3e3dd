"""Words of billing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class RunStatus(TextChoices):
    """The life of a billing run."""

    DRAFT = "draft", _("Drafts to check")
    ISSUED = "issued", _("Issued")
    CANCELLED = "cancelled", pgettext_lazy("billing run", "Cancelled")


class InvoiceStatus(TextChoices):
    """The life of an invoice."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("To pay")
    PENDING = "pending", _("Payment under way")
    PAID = "paid", _("Paid")


class ReductionKind(TextChoices):
    """What a line is that comes after the price of another."""

    CAP = "cap", _("Ceiling reached")
    AID = "aid", _("Aid of a third party")
    CREDIT = "credit", _("Given back")


class AidMethod(TextChoices):
    """How an aid is counted."""

    UNIT = "unit", _("Amount per unit of the price list")
    DAY = "day", _("Amount per day")
    HALF_DAY = "half_day", _("Amount per half-day")
    PERCENT = "percent", _("Percentage of the price")


class CeilingPeriod(TextChoices):
    """Over what the ceiling of an aid is counted."""

    MONTH = "month", _("Month")
    CALENDAR_YEAR = "calendar_year", _("Year, from January")
    SCHOOL_YEAR = "school_year", _("School year, from September")
    GRANT = "grant", _("The whole aid")


class TaxCategory(TextChoices):
    """Why a line bears taxes or not (codes of EN 16931)."""

    STANDARD = "S", _("Taxed")
    EXEMPT = "E", _("Exempt")
    OUTSIDE_SCOPE = "O", _("Outside the scope of taxes")


class SeriesKind(TextChoices):
    """Documents that have gap-free numbers."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
    RECEIPT = "receipt", _("Receipt")
    MANDATE = "mandate", _("Mandate")
    BATCH = "batch", _("Bank file")


class PaymentMethod(TextChoices):
    """How a family pays."""

    CARD = "card", _("Card")
    DIRECT_DEBIT = "direct_debit", _("SEPA direct debit")
    COUNTER = "counter", _("At the counter")


class AttemptStatus(TextChoices):
    """The life of an attempt to pay online."""

    CREATED = "created", _("Created")
    OPEN = "open", _("Under way")
    SUCCEEDED = "succeeded", pgettext_lazy("payment", "Paid")
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
    COLLECTED = "collected", _("Collected")


class AccountCode(TextChoices):
    """Accounts of the town's family ledger (`billing.domain.ledger.Account`)."""

    RECEIVABLE = "receivable", _("Owed by families")
    RECEIVABLE_THIRD_PARTY = (
        "receivable_third_party",
        _("Owed by third parties for families"),
    )
    CREDIT = "credit", _("Credit of families")
    REFUNDS_PAYABLE = "refunds_payable", _("To give back to families")
    REVENUE = "revenue", _("Services billed")
    TAX_PAYABLE = "tax_payable", _("Taxes")
    CARD_CLEARING = "card_clearing", _("Card payments on their way")
    DEBIT_CLEARING = "debit_clearing", _("Direct debits on their way")
    TILL = "till", _("Till")
    BANK = "bank", _("Bank")
    PROVIDER_FEES = "provider_fees", _("Fees of the payment provider")
    WRITE_OFFS = "write_offs", _("Debts given up")


class MoneyAction(TextChoices):
    """What the journal says of money."""

    RUN_DRAFTED = "billing run drafted", _("Drafts made")
    RUN_GIVEN_UP = "billing run given up", _("Run given up")
    RUN_ISSUED = "billing run issued", _("Invoices issued")
    ORDER_BILLED = "order billed", _("Order billed")
    PAYMENT_STARTED = "payment started", _("Payment by card started")
    PAYMENT_NOT_MADE = "payment not made", _("Payment by card not made")
    PAYMENT_RECORDED = "payment recorded", _("Payment recorded")
    MANDATE_SIGNED = "mandate signed", _("Mandate signed")
    MANDATE_REVOKED = "mandate revoked", _("Mandate revoked")
    FILE_MADE = "bank file made", _("Bank file made")
    FILE_DOWNLOADED = "bank file downloaded", _("Bank file downloaded")
    AID_KIND_CREATED = "aidkind created", _("Kind of aid created")
    AID_KIND_CHANGED = "aidkind changed", _("Kind of aid changed")
    AID_KIND_DELETED = "aidkind deleted", _("Kind of aid deleted")
    AID_GRANTED = "aid granted", _("Aid granted")
    AID_ENDED = "aid ended", _("Aid ended")
    AID_STATEMENT = "aid statement downloaded", _("Statement of aids downloaded")
    SERVICES_CHOSEN = "services of a régie chosen", _("Services of a régie chosen")
    TAXES_WRITTEN = "taxes written", _("Taxes written")
    LINE_GIVEN_BACK = "line given back", _("Line given back")
    COLLECTION_CONFIRMED = "collection confirmed", _("Collection confirmed")

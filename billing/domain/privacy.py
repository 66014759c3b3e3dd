"""What the books say of families. The law keeps most of it."""

from foundation.privacy.classes import impersonal, personal

TABLES = (
    impersonal(
        "billing.regie",
        town="code name address legal_notice days_to_pay takes_cards stripe_account "
        "takes_direct_debits creditor_name creditor_id iban bic bank_format "
        "notice_days",
    ),
    impersonal(
        "billing.numberseries", technical="regie kind year last_number last_hash"
    ),
    impersonal(
        "billing.billingrun", town="regie from_on until_on status started_by issued_at"
    ),
    personal(
        "billing.invoice",
        "invoices",
        "household: household",
        "stays",
        identity="addressee",
        money="status number reference emission_code issued_on due_on from_on "
        "until_on total_minor paid_minor currency document exemptions",
        technical="regie run household series_year previous_hash hash document_sha256",
    ),
    personal(
        "billing.charge",
        "invoices",
        "household: household",
        "stays",
        life="child service booking late_pickup day description",
        money="quantity amount_minor currency split trace",
        technical="regie household invoice",
    ),
    personal(
        "billing.reduction",
        "invoices",
        "household: charge__household",
        "stays",
        money="kind",
        technical="charge of position grant",
    ),
    impersonal(
        "billing.aidkind",
        town="code name payer method amount_minor percent half_day_hours quotient_from "
        "quotient_until from_on until_on ceiling_minor ceiling_units ceiling_period "
        "position",
    ),
    # What an issued line counted stays with the line; the rest goes with the family.
    personal(
        "billing.aidgrant",
        "aids",
        "household: household",
        "goes",
        kept_if="reductions",
        money="kind from_on until_on reference",
        life="child proof",
        technical="household granted_by",
    ),
    impersonal(
        "billing.regietax",
        town="regie code label rate registration from_on until_on",
    ),
    impersonal("billing.taxrule", town="regie service activity category reason"),
    personal(
        "billing.invoicetax",
        "invoices",
        "household: invoice__household",
        "stays",
        money="code label rate registration base_minor amount_minor",
        technical="invoice tax",
    ),
    personal(
        "billing.mandate",
        "bank",
        "household: household",
        "stays",
        identity="holder",
        bank="reference status iban iban_masked signature document",
        sealed="iban_index",
        trace="signed_at first_collected_on last_collected_on revoked_at",
        technical="regie household signed_by document_sha256",
    ),
    # One file for the bank, of many families: each finds its own lines below.
    impersonal(
        "billing.directdebitbatch",
        town="regie collection_on status message_id file file_sha256 total_minor "
        "made_by exported_at",
    ),
    personal(
        "billing.directdebit",
        "bank",
        "household: mandate__household",
        "stays",
        money="amount_minor sequence end_to_end_id",
        technical="batch mandate invoice",
    ),
    impersonal("billing.ledgertransaction", town="kind reference occurred_on reverses"),
    personal(
        "billing.ledgerentry",
        "invoices",
        "household: household",
        "stays",
        money="account code amount_minor currency",
        technical="transaction household",
    ),
    personal(
        "billing.paymentattempt",
        "invoices",
        "household: invoice__household",
        "stays",
        money="amount_minor currency status failure",
        trace="expires_at",
        sealed="provider_session url",
        technical="invoice started_by",
    ),
    personal(
        "billing.payment",
        "invoices",
        "household: household",
        "stays",
        money="method amount_minor currency received_at provider_reference "
        "receipt_year receipt_number receipt_reference document",
        technical="regie household attempt document_sha256",
    ),
    personal(
        "billing.allocation",
        "invoices",
        "household: invoice__household",
        "stays",
        money="amount_minor",
        technical="payment invoice",
    ),
    impersonal(
        "billing.providerevent",
        technical="event_id kind account object_id received_at applied_at",
    ),
)

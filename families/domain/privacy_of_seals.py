"""What the signed codes of documents hold: names and addresses, sealed."""

from foundation.privacy.classes import personal

TABLES = (
    personal(
        "families.documentseal",
        "proofs",
        "household: document__proof__household",
        "goes",
        identity="content",
        life="state kind issuer issued_on signed_on",
        trace="read_at",
        technical="document position",
    ),
)

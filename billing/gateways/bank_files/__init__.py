"""Files exchanged with banks: direct debits out, returns in."""

from billing.gateways.bank_files.records import (
    Address,
    Amendment,
    BankFileError,
    Creditor,
    Debit,
    DirectDebitFile,
    FileSummary,
    GroupSummary,
    PainVersion,
    SmndaPlace,
)
from billing.gateways.bank_files.returns import (
    RejectedGroup,
    ReturnedDebit,
    ReturnsFile,
    read_returns,
)
from billing.gateways.bank_files.validation import BankFileProblem, validate_bank_file
from billing.gateways.bank_files.writer import write_direct_debits

__all__ = [
    "Address",
    "Amendment",
    "BankFileError",
    "BankFileProblem",
    "Creditor",
    "Debit",
    "DirectDebitFile",
    "FileSummary",
    "GroupSummary",
    "PainVersion",
    "RejectedGroup",
    "ReturnedDebit",
    "ReturnsFile",
    "SmndaPlace",
    "read_returns",
    "validate_bank_file",
    "write_direct_debits",
]

"""What to do when a bank gives a direct debit back, by its reason code.

The codes are those of ISO 20022. A fee is never charged to the family by itself, and
a debit is never sent again without someone's decision.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ReturnAction(StrEnum):
    """What the town does next; the invoice is due again in every case."""

    SUSPEND_MANDATE = "suspend_mandate"
    MAY_COLLECT_AGAIN = "may_collect_again"
    ASK_FAMILY = "ask_family"
    REVIEW = "review"


_A = ReturnAction

RETURN_ACTIONS: Final[Mapping[str, ReturnAction]] = {
    # The account is wrong, closed or blocked, its holder has died, or there is no
    # mandate any more: collecting again would only bring another return.
    **dict.fromkeys(("AC01", "AC04", "AC06", "MD01", "MD07"), _A.SUSPEND_MANDATE),
    # No funds on the day, or a reason that the bank does not tell.
    **dict.fromkeys(("AM04", "MS03"), _A.MAY_COLLECT_AGAIN),
    # The holder objects, asks for the money back, or limits debits at the bank.
    **dict.fromkeys(("MD06", "MS02", "SL01", "AG01"), _A.ASK_FAMILY),
    # Our file, our identifiers or our records are at fault.
    **dict.fromkeys(
        ("AG02", "AM05", "BE05", "RC01", "RR01", "RR02", "RR03", "RR04"), _A.REVIEW
    ),
}


def action_for(code: str) -> ReturnAction:
    """Return what a reason code asks for; an unknown one is reviewed by a person."""
    return RETURN_ACTIONS.get(code.strip().upper(), ReturnAction.REVIEW)

"""The text of a SEPA mandate, as the family reads and signs it.

The scheme wants three statements in plain words: whom one authorises, to do what, and
the right to be paid back. Source: SEPA Core Direct Debit Rulebook, annex on mandates.
"""

from typing import Final

from billing.domain.errors import gettext_noop

STATEMENTS: Final = (
    gettext_noop(
        "By signing this mandate, you allow %(creditor)s to ask your bank for debits. "
        "You allow your bank to debit your account as %(creditor)s asks."
    ),
    gettext_noop(
        "You may be paid back by your bank, as your agreement with it says. "
        "Ask within 8 weeks of the debit."
    ),
    gettext_noop("We tell you each debit at least %(days)s days before its day."),
)

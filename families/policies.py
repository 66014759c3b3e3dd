"""Who may see and change what of a family's file.

Reads of a family go through `queries`, which only find what these rules allow; the
rules stand here for services, and for the screens of clerks.
"""

from families.models import Child, Document, Household
from foundation.accounts.models import Account


def answers_for(account: Account, household: Household) -> bool:
    """Let every adult of a household answer for the whole of it."""
    if not account.is_active:
        return False
    return household.guardians.filter(person__account=account).exists()


def may_change_child(account: Account, child: Child) -> bool:
    """Allow the adults of any household that the child belongs to."""
    guardians = child.households.filter(guardians__person__account=account)
    return account.is_active and guardians.exists()


def may_read_document(account: Account, document: Document) -> bool:
    """Allow the household that handed it in, and clerks who review proofs."""
    if account.is_staff and account.has_perm("families.change_proof"):
        return account.is_active
    return answers_for(account, document.proof.household)

"""Who may see and change what of a family's file.

Reads of a family go through `queries`, which only find what these rules allow; the
rules stand here for services, and for the screens of clerks.
"""

from families.enums import GuardianRole
from families.models import Child, ChildMembership, Document, Household
from foundation.accounts.models import Account
from tenants.townhall.queries import scope_of


def answers_for(account: Account, household: Household) -> bool:
    """Let every adult of a household answer for the whole of it."""
    if not account.is_active:
        return False
    return household.guardians.filter(person__account=account).exists()


def may_change_child(account: Account, child: Child) -> bool:
    """Allow the adults of the households that see the child's file."""
    seen = ChildMembership.objects.current().filter(
        child=child, household__guardians__person__account=account, sees_file=True
    )
    return account.is_active and seen.exists()


def may_review_changes(account: Account) -> bool:
    """Let clerks who may change requests of families decide on them."""
    return account.is_staff and account.has_perm("families.change_changerequest")


def may_rule_files(account: Account) -> bool:
    """Let clerks who may change the rules of the files write them."""
    return account.is_staff and account.has_perm("families.change_filerules")


def may_read_document(account: Account, document: Document) -> bool:
    """Allow the household that handed it in, and clerks who review proofs."""
    if account.is_staff and account.has_perm("families.change_proof"):
        return account.is_active
    return answers_for(account, document.proof.household)


def is_responsible(account: Account, household: Household) -> bool:
    """Let the responsible alone invite adults, and take them out."""
    mine = household.guardians.filter(
        person__account=account, role=GuardianRole.RESPONSIBLE
    )
    return account.is_active and mine.exists()


def may_keep_households(account: Account) -> bool:
    """Let clerks who may change households write who is in them."""
    return account.is_staff and account.has_perm("families.change_household")


def may_keep_standing(account: Account) -> bool:
    """Let clerks who may change quotients write them, and residences."""
    return account.is_staff and account.has_perm("families.change_quotientrecord")


def may_keep_custody(account: Account) -> bool:
    """Let clerks who may change custody write it, from a judgment."""
    return account.is_staff and account.has_perm("families.change_custody")


def may_act_for_households(account: Account) -> bool:
    """Let clerks who hold this very permission act for a family at the counter."""
    return (
        account.is_active
        and account.is_staff
        and account.has_perm("families.act_for_households")
    )


def may_open_accounts(account: Account) -> bool:
    """Let clerks who may change people send credentials, letters and codes."""
    return (
        account.is_active
        and account.is_staff
        and account.has_perm("families.change_person")
    )


def may_import_families(account: Account) -> bool:
    """Let clerks who may add imports, and see the whole town, bring families."""
    return (
        account.is_staff
        and account.has_perm("families.add_familyimport")
        and scope_of(account).is_everything
    )

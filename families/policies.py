"""Who may see and change what of a family's file.

Reads of a family go through `queries`, which only find what these rules allow; the
rules stand here for services, and for the screens of clerks.
"""

from families.enums import GuardianRole
from families.models import Child, ChildMembership, Document, Household
from foundation.accounts.models import Account
from tenants.townhall.policies import sees_whole_town
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
    """Let clerks write the rules of the files who may, and see the whole town."""
    return may_read_file_rules(account) and sees_whole_town(account)


def may_read_file_rules(account: Account) -> bool:
    """Let clerks who may change the rules of the files read them, in any department."""
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


def may_write_terms(account: Account) -> bool:
    """Let clerks write the terms of use who may change them and see the whole town."""
    return (
        account.is_staff
        and account.has_perm("families.change_terms")
        and scope_of(account).is_everything
    )


def may_see_families(account: Account) -> bool:
    """Let clerks who may view households search families and open their files."""
    return (
        account.is_active
        and account.is_staff
        and account.has_perm("families.view_household")
    )


def may_answer_file_requests(account: Account) -> bool:
    """Let clerks who see the whole town give file numbers.

    Who asks for a number is in no file yet, so of no department and no school.
    """
    allowed = account.is_staff and account.has_perm("families.change_filerequest")
    return allowed and scope_of(account).is_everything


def may_unlink_accounts(account: Account) -> bool:
    """Let clerks who may change links take an account out of a file they may see."""
    return account.is_staff and account.has_perm("families.change_filelink")


def may_view_health(account: Account) -> bool:
    """Let those who look after children read their health, and nobody else."""
    return _holds(account, "families.view_health")


def may_change_health(account: Account) -> bool:
    """Let staff who hold the permission correct a health sheet."""
    return may_view_health(account) and _holds(account, "families.change_health")


def may_view_children(account: Account) -> bool:
    """Let staff who may see children open their files, without their health."""
    return _holds(account, "families.view_child")


def may_change_children(account: Account) -> bool:
    """Let staff who may change children correct their files."""
    return _holds(account, "families.change_child")


def may_see_photos(account: Account) -> bool:
    """Let staff who may see photos of children see them."""
    return _holds(account, "families.view_childphoto")


def may_move_classes(account: Account) -> bool:
    """Let staff who may record a move of all classes, and see all of them."""
    return _holds(account, "families.add_promotion") and scope_of(account).is_everything


def may_erase_data(account: Account) -> bool:
    """Let who holds this very permission, and sees the whole town, erase."""
    return _holds(account, "families.erase_data") and scope_of(account).is_everything


def may_copy_data(account: Account) -> bool:
    """Let who holds this very permission, and sees the whole town, copy for people.

    The copy holds all that is known of them: health, bank, every service.
    """
    return _holds(account, "families.copy_data") and scope_of(account).is_everything


def _holds(account: Account, permission: str) -> bool:
    return account.is_active and account.is_staff and account.has_perm(permission)

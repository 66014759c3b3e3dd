"""Who may do what with requests and bookings."""

from enrolment.models import AccessRequest
from families.models import Document
from families.policies import answers_for
from foundation.accounts.models import Account


def may_write_request(account: Account, request: AccessRequest) -> bool:
    """Adults who answer for the household write, complete and withdraw its requests."""
    return answers_for(account, request.household)


def may_review_requests(account: Account) -> bool:
    """Clerks who hold the permission to change access requests review them."""
    return (
        account.is_active
        and account.is_staff
        and account.has_perm("enrolment.change_accessrequest")
    )


def may_review_document(
    account: Account, document: Document, request: AccessRequest
) -> bool:
    """Clerks who review a request read the documents of its household's proofs."""
    return (
        may_review_requests(account)
        and document.proof.household_id == request.household_id
    )


def may_record_attendance(account: Account) -> bool:
    """Clerks who hold the permission to change bookings keep the day's list."""
    return (
        account.is_active
        and account.is_staff
        and account.has_perm("enrolment.change_booking")
    )

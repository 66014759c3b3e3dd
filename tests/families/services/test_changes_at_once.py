"""Two clerks on one change, at the same moment, on real connections."""

from datetime import datetime
from uuid import uuid4

from django_tenants.utils import tenant_context

from families.domain.editable import Editable
from families.enums import ChangeStatus
from families.models import ChangeRequest
from families.services.change_decisions import decide_changes
from families.services.change_errors import AlreadyDecidedError
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tenants.models import Town
from tests.enrolment.crowd import all_at_once
from tests.families.builders import make_family
from tests.families.changes import (
    MONDAY,
    accept,
    check_first,
    make_clerk,
    rename,
    request_of,
    value_of,
)

CLERKS = 6


def decide_as(town: Town, email: str, *, now: datetime = MONDAY) -> ChangeRequest:
    """Accept the only change of the town, as a clerk who has just looked at it."""
    request = ChangeRequest.objects.get()
    clerk = Account.objects.get(email=email)
    return decide_changes(
        request=request, decisions=accept(request), reviewer=clerk, now=now
    )


def test_a_change_is_accepted_by_one_clerk_and_the_others_learn_by_whom(
    fresh_town: Town,
) -> None:
    with tenant_context(fresh_town):
        family = make_family(f"{uuid4().hex}@example.com", "Lina")
        check_first(Editable.IDENTITY)
        request = request_of(rename(family, "Léna"))
        emails = [make_clerk(f"{uuid4().hex}@example.com").email for _ in range(CLERKS)]

    answers = all_at_once(
        fresh_town,
        [lambda email=email: decide_as(fresh_town, email) for email in emails],  # type: ignore[misc] # Bound now.
    )

    refused = [each for each in answers if isinstance(each, AlreadyDecidedError)]
    assert len(refused) == CLERKS - 1
    with tenant_context(fresh_town):
        family.children[0].refresh_from_db()
        decided = value_of(request)
        assert family.children[0].first_name == "Léna"
        assert decided.status == ChangeStatus.ACCEPTED
        assert Entry.objects.filter(action="change accepted").count() == 1
        assert Entry.objects.filter(action="child changed").count() == 1
        assert all(str(decided.closed_by) in str(each) for each in refused)

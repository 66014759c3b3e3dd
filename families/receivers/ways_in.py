"""The accounts and the counter on a family's file, and at the end of a clerk's day."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name

from families.domain.home import Link
from families.domain.staff_file import FilePart
from families.enums import VisitEnd
from families.models import Household
from families.policies import may_open_accounts
from families.queries.counter import open_visits
from families.services.counter import end_visit
from families.signals import file_shown
from foundation.accounts.models import Account
from foundation.town import current_schema


@receiver(file_shown, dispatch_uid="families-ways-in")
def lead_to_accounts(
    household: Household, account: Account, **_kwargs: Any
) -> FilePart | None:
    """Lead to the accounts, the letters and the counter, without a query."""
    if not may_open_accounts(account):
        return None
    page = reverse("families_ways_in:accounts", args=[household.public_id])
    return FilePart(
        position=5, actions=(Link(_("Accounts, letter, counter"), page, icon="user"),)
    )


def _is_public() -> bool:
    return bool(current_schema() == get_public_schema_name())


@receiver(user_logged_out, dispatch_uid="families-visits-end")
def end_visits(user: Any, **_kwargs: Any) -> None:
    """End the visits of a clerk who leaves the desk."""
    if not isinstance(user, Account) or not user.is_staff or _is_public():
        return
    for visit in open_visits(user):
        end_visit(visit=visit, how=VisitEnd.SIGNED_OUT, now=timezone.now())

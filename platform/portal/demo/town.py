"""Bring a demo town's people to life through the services that real people use."""

from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from billing.models import Regie
from billing.services.runs import draft_run, issue_run
from families.models import Household
from foundation.accounts.models import Account
from foundation.periods import Period
from portal.demo.corrections import correct
from portal.demo.family import FamilyLife
from portal.demo.logos import give_logos
from portal.demo.people import Billed, People, StaffMember
from portal.demo.sharing import join, leave_open, share
from tenants.models import Town
from tenants.townhall.models import Department, School, TownSettings
from tenants.townhall.services import limit_staff


@transaction.atomic
def bring_to_life(*, town: Town, people: People) -> bool:
    """Create the people of the current town; return False when it has families."""
    if Household.objects.exists():
        return False
    zone = ZoneInfo(town.time_zone)
    clerk = Account.objects.filter(is_superuser=True).order_by("pk")[0]
    for member in people.staff:
        add_clerk(member)
    for family in people.families:
        FamilyLife(family, clerk=clerk, zone=zone).live()
    _live_together(people, clerk, zone)
    for billed in people.billing:
        _bill(billed, clerk, zone)
    give_logos(TownSettings.objects.get())
    return True


def _live_together(people: People, clerk: Account, zone: ZoneInfo) -> None:
    """Tie households together, then write what families ask the town to change."""
    for joined in people.together:
        join(joined, zone=zone)
    for shared in people.shared:
        share(shared, clerk=clerk, zone=zone)
    for invited in people.invited:
        leave_open(invited, zone=zone)
    for correction in people.corrections:
        correct(correction, clerk=clerk, zone=zone)


def add_clerk(member: StaffMember) -> Account:
    """Create a clerk with the rights of the staff screens."""
    account = Account.objects.create_user(
        member.email,
        settings.DEMO_PASSWORD,
        first_name=member.first_name,
        last_name=member.last_name,
        is_staff=True,
    )
    confirm(account)
    if member.departments or member.schools:
        _limit(account, member)
    account.groups.set(_teams(member))
    return account


def _teams(member: StaffMember) -> list[Group]:
    """Return the team of carers, or that of clerks, as a new town has them."""
    right = "view_health" if member.is_carer else "change_service"
    return list(Group.objects.filter(permissions__codename=right).distinct())


def _limit(account: Account, member: StaffMember) -> None:
    """Show the clerk a part of the town only."""
    limit_staff(
        account=account,
        all_departments=not member.departments,
        departments=Department.objects.filter(code__in=member.departments),
        all_schools=not member.schools,
        schools=School.objects.filter(code__in=member.schools),
        actor=None,
    )


def confirm(account: Account) -> None:
    """Take the address of an account as confirmed."""
    EmailAddress.objects.create(
        user=account, email=account.email, verified=True, primary=True
    )


def _bill(billed: Billed, clerk: Account, zone: ZoneInfo) -> None:
    """Issue a month's invoices, as the régie did at that time."""
    now = billed.at.replace(tzinfo=zone)
    run = draft_run(
        regie=Regie.objects.get(code=billed.regie),
        period=Period(billed.from_on, billed.until_on),
        actor=clerk,
        now=now,
    )
    issue_run(run=run, actor=clerk, now=now)

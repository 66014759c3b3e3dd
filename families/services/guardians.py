"""Adults who leave a household, or are taken out of it."""

from django.db import transaction

from families.enums import GuardianRole
from families.models import Guardian, Household, Person
from families.policies import is_responsible, may_keep_households
from families.services.household_errors import (
    NotResponsibleError,
    ReasonNeededError,
    ResponsibleStaysError,
)
from families.services.household_letters import send_removed
from foundation.accounts.models import Account
from foundation.journal.services import record


@transaction.atomic
def leave_household(*, household: Household, person: Person, actor: Account) -> None:
    """Let a co-responsible go; what they signed or booked stays the household's.

    Raises ResponsibleStaysError, NotResponsibleError.
    """
    if person.account_id != actor.pk:
        raise NotResponsibleError
    _take_out(household, person)
    _tell(household, person, actor, reason="", has_left=True)


@transaction.atomic
def remove_guardian(
    *, household: Household, person: Person, reason: str, actor: Account
) -> None:
    """Take a co-responsible out, by the responsible or a clerk, with a reason.

    Both read the reason. Raises NotResponsibleError, ReasonNeededError,
    ResponsibleStaysError.
    """
    if not (is_responsible(actor, household) or may_keep_households(actor)):
        raise NotResponsibleError
    if not reason.strip():
        raise ReasonNeededError
    _take_out(household, person)
    _tell(household, person, actor, reason=reason.strip(), has_left=False)


@transaction.atomic
def name_responsible(
    *, household: Household, person: Person, reason: str, actor: Account
) -> None:
    """Make a co-responsible the responsible; the former one stays as co-responsible.

    For clerks. Raises ReasonNeededError, Guardian.DoesNotExist.
    """
    if not reason.strip():
        raise ReasonNeededError
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    chosen = Guardian.objects.get(household=household, person=person)
    former = Guardian.objects.filter(
        household=household, role=GuardianRole.RESPONSIBLE
    ).first()
    if former == chosen:
        return
    if former is not None:
        former.role = GuardianRole.CO_RESPONSIBLE
        former.save(update_fields=["role"])
    chosen.role = GuardianRole.RESPONSIBLE
    chosen.save(update_fields=["role"])
    record(
        actor=actor,
        action="responsible named",
        target=household,
        old={"person": str(former.person) if former else ""},
        new={"person": str(person)},
        reason=reason.strip(),
    )


def _take_out(household: Household, person: Person) -> None:
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    place = Guardian.objects.get(household=household, person=person)
    if place.role == GuardianRole.RESPONSIBLE:
        raise ResponsibleStaysError
    place.delete()


def _tell(
    household: Household,
    person: Person,
    actor: Account,
    *,
    reason: str,
    has_left: bool,
) -> None:
    record(
        actor=actor,
        action="adult left" if has_left else "adult removed",
        target=household,
        old={"person": str(person)},
        reason=reason,
    )
    send_removed(household, person=person, reason=reason, has_left=has_left)

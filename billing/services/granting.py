"""Grant an aid to a family, and end it: what was billed with it stays as it is."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from billing.domain.errors import BillingError, gettext_noop
from billing.enums import MoneyAction
from billing.models import AidGrant, AidKind
from families.models import Child, Household, Proof, QuotientRecord
from foundation.accounts.models import Account
from foundation.journal.services import record


class AidTwiceError(BillingError):
    """The same aid would be counted twice on a day."""

    code = "aid_twice"
    sentence = gettext_noop("This family already has this aid on some of these days.")


class OutsideAidError(BillingError):
    """The days are not those of the kind of aid."""

    code = "outside_aid"
    sentence = gettext_noop("This aid is given from %(first)s until %(until)s only.")


class QuotientOutsideError(BillingError):
    """The quotient on file is not one that the aid is for."""

    code = "aid_quotient"
    sentence = gettext_noop(
        "This aid is for other quotients. The file says %(quotient)s on that day."
    )


class QuotientUnknownError(BillingError):
    """The aid depends on the quotient, and the file has none."""

    code = "aid_quotient_unknown"
    sentence = gettext_noop(
        "This aid depends on the quotient. Write the quotient in the file first."
    )


class ForeignProofError(BillingError):
    """The proof, or the child, is of another family."""

    code = "aid_foreign"
    sentence = gettext_noop("Choose a child and a proof of this family.")


@dataclass(frozen=True, slots=True)
class Granting:
    """What is granted; `until_on` is the first day without it."""

    kind: AidKind
    child: Child | None
    from_on: date
    until_on: date
    proof: Proof | None = None
    reference: str = ""


@transaction.atomic
def grant_aid(
    *, household: Household, granting: Granting, actor: Account | None
) -> AidGrant:
    """Grant an aid, once for each child and day.

    Raises AidTwiceError, OutsideAidError, QuotientOutsideError, QuotientUnknownError
    and ForeignProofError.
    """
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    _check(household, granting)
    granted = AidGrant.objects.create(
        kind=granting.kind,
        household=household,
        child=granting.child,
        from_on=granting.from_on,
        until_on=granting.until_on,
        proof=granting.proof,
        reference=granting.reference,
        granted_by=actor,
    )
    record(
        actor=actor, action=MoneyAction.AID_GRANTED, target=granted, new=_facts(granted)
    )
    return granted


@transaction.atomic
def end_aid(*, granted: AidGrant, until_on: date, actor: Account | None) -> None:
    """Let an aid end earlier; a day before its first leaves it no day at all."""
    granted = AidGrant.objects.select_for_update(of=("self",)).get(pk=granted.pk)
    old = granted.until_on
    granted.until_on = max(granted.from_on, min(until_on, old))
    granted.save(update_fields=["until_on"])
    record(
        actor=actor,
        action=MoneyAction.AID_ENDED,
        target=granted,
        old={"until_on": old},
        new={"until_on": granted.until_on},
    )


def _check(household: Household, granting: Granting) -> None:
    child, proof = granting.child, granting.proof
    members = household.memberships.values_list("child_id", flat=True)
    if (child and child.pk not in members) or (
        proof and proof.household_id != household.pk
    ):
        raise ForeignProofError
    _check_days(granting.kind, granting)
    _check_quotient(granting.kind, household, granting.from_on)
    same = AidGrant.objects.filter(
        kind=granting.kind,
        household=household,
        from_on__lt=granting.until_on,
        until_on__gt=granting.from_on,
    )
    if child is not None:
        same = same.filter(child__in=[child]) | same.filter(child=None)
    if same.exists():
        raise AidTwiceError


def _check_days(kind: AidKind, granting: Granting) -> None:
    ends = kind.until_on is not None and granting.until_on > kind.until_on
    if granting.from_on < kind.from_on or ends:
        raise OutsideAidError(first=kind.from_on, until=kind.until_on or "-")


def _check_quotient(kind: AidKind, household: Household, day: date) -> None:
    low, high = kind.quotient_from, kind.quotient_until
    if low is None and high is None:
        return
    known = QuotientRecord.objects.on(day).filter(household=household).first()
    if known is None:
        raise QuotientUnknownError
    is_under = low is not None and known.value < low
    if is_under or (high is not None and known.value >= high):
        raise QuotientOutsideError(quotient=known.value)


def _facts(granted: AidGrant) -> dict[str, object]:
    return {
        "kind": granted.kind.code,
        "child": granted.child.public_id if granted.child else None,
        "from_on": granted.from_on,
        "until_on": granted.until_on,
        "proof": granted.proof.public_id if granted.proof else None,
        "reference": granted.reference,
    }

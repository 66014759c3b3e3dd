"""Corrections that demo families ask for: one answered in part, one that waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from families.domain.editable import Editable, fingerprint
from families.models import Child, Guardian, ProposedValue
from families.services.change_decisions import Decision, decide_changes
from families.services.edits import submit_edit
from foundation.accounts.models import Account
from foundation.reading import Node

# Clerks answer the day after.
REVIEW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Correction:
    """Names of a child that its family corrects; `at` is local.

    With a `reason`, the town accepts the first name and refuses the last one.
    Without any, the whole waits for an answer.
    """

    household: str
    child: str
    first_name: str
    last_name: str
    reason: str
    at: datetime


def read_correction(node: Node) -> Correction:
    """Read one entry of `corrections`."""
    read = Correction(
        node.email("household"),
        node.text("child"),
        node.text("first_name"),
        node.text("last_name"),
        node.text("reason", required=False),
        datetime.fromisoformat(node.text("at")),
    )
    node.close()
    return read


def correct(correction: Correction, *, clerk: Account, zone: ZoneInfo) -> None:
    """Ask for the correction, and let the clerk answer it in part."""
    now = correction.at.replace(tzinfo=zone)
    place = Guardian.objects.select_related("household", "person__account").get(
        person__account__email=correction.household, role="responsible"
    )
    child = Child.objects.of(place.household).get(first_name=correction.child)
    names = {
        "first_name": correction.first_name,
        "last_name": correction.last_name,
        "birth_date": child.birth_date.isoformat(),
    }
    account = place.person.account
    if account is None:
        message = f"{place.person} has no account."
        raise LookupError(message)
    submit_edit(
        target=child,
        values={Editable.IDENTITY: names},
        household=place.household,
        actor=account,
        now=now,
    )
    if correction.reason:
        _answer(correction, child, clerk, now + REVIEW)


def _answer(
    correction: Correction, child: Child, clerk: Account, now: datetime
) -> None:
    waiting = list(
        ProposedValue.objects.waiting().filter(child=child).select_related("request")
    )
    decide_changes(
        request=waiting[0].request,
        decisions={
            value.public_id: Decision(
                is_accepted=value.field == "first_name",
                reason="" if value.field == "first_name" else correction.reason,
                seen=fingerprint(getattr(child, value.field)),
            )
            for value in waiting
        },
        reviewer=clerk,
        now=now,
    )

"""Messages about who is in a household. None says anything of another household."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from families.models import Child, ChildMembership, Household, Invitation, Person, Proof
from families.queries import addresses_of
from foundation.accounts.models import Account
from foundation.periods import ONE_DAY
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings


def send_invitation(invitation: Invitation, *, token: str) -> None:
    """Send the link. Only the name of who invites is told."""
    write_to(
        "invitation",
        [invitation.email],
        path=reverse("families:invitation", args=[token]),
        invitation=invitation,
        inviter=invitation.invited_by.get_full_name(),
    )


def send_answered(invitation: Invitation, *, person: Person) -> None:
    """Tell both sides that the invitation was accepted, by whom."""
    mine = reverse("families:household")
    about: dict[str, Any] = {"invitation": invitation, "person": person}
    write_to(
        "invitation_accepted",
        _addresses(invitation.household),
        path=mine,
        **about,
    )
    write_to("invitation_welcome", _own_address(person), path=mine, **about)


def send_removed(
    household: Household, *, person: Person, reason: str, has_left: bool
) -> None:
    """Tell who is no longer in a household, and those who stay."""
    about: dict[str, Any] = {
        "person": person,
        "reason": reason,
        "has_left": has_left,
    }
    mine = reverse("families:home")
    write_to("adult_removed_self", _own_address(person), path=mine, **about)
    write_to("adult_removed", _addresses(household), path=mine, **about)


def send_sharing(household: Household, *, child: object, reason: str) -> None:
    """Tell a household that the town changed how it shares a child."""
    write_to(
        "sharing_changed",
        _addresses(household),
        path=reverse("families:household"),
        child=child,
        reason=reason,
    )


def send_collector_added(child: Child, *, added_by: Account | None) -> None:
    """Tell a child's other guardians, in all its households, of somebody who collects.

    Who it is stands in the child's file: the message names nobody but the child.
    """
    sees = ChildMembership.objects.current().filter(child=child, sees_file=True)
    households = sees.values_list("household_id", flat=True)
    known = {
        each for found in addresses_of(list(households)).values() for each in found
    }
    write_to(
        "collector_added",
        sorted(known - {added_by.email if added_by else ""}),
        path=reverse("families:child-contacts", args=[child.public_id]),
        child=child,
    )


def send_review_due(household_ids: Collection[int]) -> int:
    """Ask households to read their file again; return how many messages were written.

    Addresses are read in one query.
    """
    found = addresses_of(household_ids)
    recipients = [each for known in found.values() for each in known]
    write_to("review_due", recipients, path=reverse("families:review"))
    return len(recipients)


def send_proofs_ending(proofs: Mapping[int, Sequence[Proof]]) -> None:
    """Tell households what ends and when: one message an address for all of it."""
    found = addresses_of(list(proofs))
    for household, ending in proofs.items():
        write_to(
            "proofs_ending",
            found[household],
            path=reverse("families:proofs"),
            proofs=[
                (each, each.valid_until - ONE_DAY)
                for each in ending
                if each.valid_until
            ],
        )


def send_account_closed(account: Account, *, reason: str, now: datetime) -> None:
    """Tell somebody that their account is closed, and why if the town did it."""
    write_to("account_closed", [account.email], path="/", reason=reason, closed_at=now)


def _addresses(household: Household) -> list[str]:
    return addresses_of([household.pk])[household.pk]


def _own_address(person: Person) -> list[str]:
    account = person.account
    address = account.email if account else person.email
    return [address] if address else []


def write_to(
    name: str,
    recipients: Iterable[str],
    *,
    path: str,
    headers: Mapping[str, str] | None = None,
    **about: object,
) -> None:
    """Write to each address apart: adults do not learn each other's."""
    town, hall = current_town(), town_settings()
    with translation.override(town.locale), timezone.override(town.time_zone):
        letter = write_letter(
            f"mail/families/{name}.txt",
            {"town": hall.name, "url": f"{base_url_of(town)}{path}", **about},
            signature=hall.name,
        )
    sender = formataddr((hall.name, settings.DEFAULT_FROM_EMAIL))
    for recipient in recipients:
        mail = letter.to_mail(sender=sender, recipient=recipient)
        mail.reply_to = [hall.contact_email] if hall.contact_email else []
        mail.extra_headers |= headers or {}
        mail.send()

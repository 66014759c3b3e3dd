"""The messages about bookings: an order confirmed, days or a session cancelled.

Sent to the account that acted, or to the adults of the household when the town did
or a clerk at the counter, in the town's language, with links on its own host.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from catalog.models import Service
from enrolment.enums import BookingStatus
from enrolment.models import Booking, Order
from enrolment.services.terms import Term
from families.queries import addresses_for, addresses_of
from foundation.accounts.models import Account
from foundation.money import Money
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings


@dataclass(frozen=True, slots=True)
class Line:
    """One place in a message."""

    booking: Booking
    price: Money

    @property
    def name(self) -> str:
        """The name of the session, or of its activity."""
        session = self.booking.session
        return session.name or session.activity.name


def send_order(order: Order, *, account: Account, terms: Sequence[Term] = ()) -> None:
    """Confirm an order: its number, each place and its price, what comes next."""
    bookings = list(
        Booking.objects.filter(order=order, status=BookingStatus.BOOKED)
        .select_related("child", "session__activity__service__department")
        .order_by("session__starts_on", "child__birth_date", "pk")
    )
    service = bookings[0].session.activity.service
    path = reverse("enrolment:order", args=[order.public_id])
    send_of_service(
        "order",
        addresses_for(account, order.household),
        service,
        order=order,
        total=Money(order.total_minor, order.currency),
        lines=[_line(each) for each in bookings],
        cancelled=list(terms),
        is_prepaid=service.billing_mode == "prepaid",
        path=path,
    )


def send_cancelled(terms: Sequence[Term], *, account: Account) -> None:
    """Confirm cancellations, saying which ones are still to be paid."""
    if not terms:
        return
    booking = terms[0].booking
    send_of_service(
        "cancelled",
        addresses_for(account, booking.household),
        booking.session.activity.service,
        cancelled=list(terms),
        path=reverse("enrolment:bookings"),
    )


def send_session_cancelled(bookings: Sequence[Booking], *, reason: str) -> None:
    """Tell each household, in one message, what does not take place."""
    for addresses, its_own in _by_household(bookings):
        session = its_own[0].session
        days = {each.session_id for each in its_own}
        send_of_service(
            "session_cancelled" if len(days) == 1 else "days_closed",
            addresses,
            session.activity.service,
            path=reverse("enrolment:bookings"),
            bookings=its_own,
            session=session,
            what=session.name or session.activity.name,
            reason=reason,
        )


def send_days_reopened(bookings: Sequence[Booking]) -> None:
    """Tell each household that what was closed takes place, and may be booked."""
    for addresses, its_own in _by_household(bookings):
        send_of_service(
            "days_reopened",
            addresses,
            its_own[0].session.activity.service,
            path=reverse("enrolment:bookings"),
            bookings=its_own,
        )


def _by_household(
    bookings: Sequence[Booking],
) -> Iterator[tuple[list[str], list[Booking]]]:
    """Give the bookings of each household that can be written to."""
    by_household: dict[int, list[Booking]] = defaultdict(list)
    for booking in bookings:
        by_household[booking.household_id].append(booking)
    addresses = addresses_of(by_household)
    for household_id, its_own in by_household.items():
        if addresses[household_id]:
            yield addresses[household_id], its_own


def send_of_service(
    name: str, recipients: list[str], service: Service, *, path: str, **more: Any
) -> None:
    """Write to a household in the name of the department of a service."""
    if not recipients:
        return
    town, department = current_town(), service.department
    with translation.override(town.locale), timezone.override(town.time_zone):
        letter = write_letter(
            f"mail/enrolment/{name}.txt",
            {"service": service, "url": f"{base_url_of(town)}{path}", **more},
            signature=f"{department.name}\n{town_settings().name}",
        )
    mail = letter.to_mail(
        sender=formataddr((department.sender_name, settings.DEFAULT_FROM_EMAIL)),
        recipient=recipients[0],
    )
    mail.to = recipients
    mail.reply_to = [department.reply_to] if department.reply_to else []
    mail.send()


def _line(booking: Booking) -> Line:
    return Line(booking, Money(booking.price_minor, booking.currency))

"""What is printed of a subscriber code: the code, the address, what to do in order."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from families.gateways.documents import Claim
from families.models import Guardian, Household
from families.services.words import day_words, town_time
from foundation.documents import Person as Addressee
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings


def claim_address() -> str:
    """Return where a code is typed; the code itself stays off it, and off its logs."""
    return f"{base_url_of(current_town())}{reverse('families:link')}"


def claim_of(code: str, *, now: datetime) -> Claim:
    """Return the part of a document about a code that was issued just now."""
    until = now + timedelta(days=town_settings().claim_code_days)
    address = claim_address()
    return {
        "code": code,
        "valid": _("Valid until %(day)s. It works once.")
        % {"day": day_words(town_time(until).date())},
        "address": address,
        "qr": _qr(address),
        "steps": [
            _("Open %(address)s, or scan the square with a telephone.")
            % {"address": address},
            _("Create your account with your e-mail address, or sign in."),
            _("Choose “A code received by post” and type the code above."),
            _("Your children, bookings and invoices are there at once."),
        ],
    }


def addressee_of(household: Household, adults: Sequence[Guardian]) -> Addressee:
    """Return the adults' names and the postal address."""
    names = [str(place.person) for place in adults]
    lines = [
        household.street,
        household.street_extra,
        f"{household.postal_code} {household.city}".strip(),
    ]
    return {
        "name": ", ".join(names) or household.file_number,
        "lines": [line for line in lines if line],
    }


def claim_labels() -> dict[str, str]:
    """Return the words around a code."""
    return {
        "code": _("Your subscriber code"),
        "qr": _("Leads to"),
        "steps": _("How to open your account"),
    }


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0, scale=4)
    return drawn.getvalue().decode()

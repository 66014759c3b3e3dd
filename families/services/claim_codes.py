"""Subscriber codes: paper that opens a household's file to an account.

A code is told once, when it is issued, and kept as its index under the town's key: a
copy of the database gives none. A new one ends the former. Whoever asks with a code
is throttled by the page that asks.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.domain.codes import ALPHABET, SIGNS, grouped, tidy_code
from families.models import ClaimCode, Household
from foundation.accounts.models import Account
from foundation.encryption.town import blind_index
from foundation.errors import DomainError
from foundation.journal.services import record, record_each
from tenants.townhall.queries import town_settings

_PURPOSE = "subscriber code"


class CodeUnknownError(DomainError):
    """Mistyped, over, used or revoked: the answer does not tell which."""

    def __init__(self) -> None:
        super().__init__(
            _("We do not know this code. Check it, or ask the town for a new one.")
        )


@transaction.atomic
def issue_code(*, household: Household, actor: Account | None, now: datetime) -> str:
    """Return a new code, grouped for reading; the former one opens nothing more.

    Valid for the town's number of days. This is the only time the code can be read.
    """
    (code,) = issue_codes(households=[household], actor=actor, now=now)
    return code


@transaction.atomic
def issue_codes(
    *, households: Sequence[Household], actor: Account | None, now: datetime
) -> list[str]:
    """Return one new code for each household, in their order; see `issue_code`."""
    _lock(households)
    ClaimCode.objects.standing().filter(household__in=households).update(revoked_at=now)
    codes = [_draw() for _household in households]
    until = now + timedelta(days=town_settings().claim_code_days)
    ClaimCode.objects.bulk_create(
        ClaimCode(
            household=household,
            index=blind_index(code, _PURPOSE),
            issued_by=actor,
            issued_at=now,
            valid_until=until,
        )
        for household, code in zip(households, codes, strict=True)
    )
    record_each(
        actor=actor,
        action="subscriber code issued",
        targets=households,
        new={"valid until": until},
    )
    return [grouped(code) for code in codes]


@transaction.atomic
def revoke_code(*, household: Household, actor: Account, now: datetime) -> bool:
    """End the household's code; return whether there was one."""
    standing = ClaimCode.objects.standing().filter(household=household)
    ended = bool(standing.update(revoked_at=now))
    if ended:
        record(actor=actor, action="subscriber code revoked", target=household)
    return ended


def find_by_code(text: str, *, now: datetime) -> Household | None:
    """Return the household a code opens, or None.

    Nothing secret is compared letter by letter: the database looks for the code's
    index under the town's key, and what it finds is compared in constant time.
    """
    found = _find(text, now=now, lock=False)
    return _current(found.household) if found else None


@transaction.atomic
def use_code(*, text: str, actor: Account, now: datetime) -> Household:
    """Return the household that a code opens, and end the code.

    Raises CodeUnknownError; two accounts with the same code are one and an error.
    """
    found = _find(text, now=now, lock=True)
    if found is None:
        raise CodeUnknownError
    found.used_at = now
    found.save(update_fields=["used_at"])
    household = _current(found.household)
    record(actor=actor, action="subscriber code used", target=household)
    return household


def _current(household: Household) -> Household:
    """Return the file that took over this one, if any."""
    return household.merged_into or household


def _find(text: str, *, now: datetime, lock: bool) -> ClaimCode | None:
    # A text that is no code costs the same search.
    index = blind_index(tidy_code(text) or "", _PURPOSE)
    codes = ClaimCode.objects.valid(at=now).select_related("household__merged_into")
    if lock:
        codes = codes.select_for_update(of=("self",))
    found = codes.filter(index=index).first()
    if found is None or not hmac.compare_digest(bytes(found.index), index):
        return None
    return found


def _draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(SIGNS))


def _lock(households: Sequence[Household]) -> None:
    """Make two letters for one household wait for each other."""
    ids = sorted(household.pk for household in households)
    locked = Household.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    list(locked.order_by("pk").values_list("pk", flat=True))

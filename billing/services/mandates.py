"""Mandates: a family allows a régie to collect what it owes, until it says stop."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.domain.errors import BillingError, gettext_noop
from billing.domain.iban import check_iban, mask_iban
from billing.domain.mandate_text import STATEMENTS
from billing.domain.sepa import make_mandate_reference
from billing.enums import MandateStatus, MoneyAction, SeriesKind
from billing.models import Mandate, Regie
from billing.services.days import local_day
from billing.services.mandate_proofs import end_mandate_proof
from billing.services.numbers import take_number
from billing.signals import mandate_signed
from families.models import Household
from foundation.accounts.models import Account
from foundation.encryption import blind_index
from foundation.journal.services import MASKED, record
from tenants.queries import current_town

IBAN_PURPOSE = "iban"
DEBIT_CURRENCY = "EUR"


class DebitsRefusedError(BillingError):
    """The régie takes no direct debits."""

    code = "no_debits"
    sentence = gettext_noop(
        "Direct debits are not possible here. See the other ways to pay."
    )


class MandateExistsError(BillingError):
    """A household signs once for each régie."""

    code = "mandate_exists"
    sentence = gettext_noop(
        "You already signed a mandate. Revoke it before you sign another one."
    )


class NotActiveError(BillingError):
    """The mandate was revoked, or lapsed."""

    code = "mandate_not_active"
    sentence = gettext_noop("This mandate is no longer active.")


@dataclass(frozen=True, slots=True)
class Signature:
    """What the person typed and ticked, and what we saw of them.

    `wording` is the text that was on the screen; `seen` holds the address and the
    browser the signature came from.
    """

    holder: str
    iban: str
    wording: tuple[str, ...]
    seen: Mapping[str, str] = field(default_factory=dict)


def takes_debits(regie: Regie) -> bool:
    """Tell whether a family may sign for this régie: euros, an ICS, and the will."""
    return (
        regie.takes_direct_debits
        and bool(regie.creditor_id)
        and current_town().currency == DEBIT_CURRENCY
    )


def mandate_wording(regie: Regie) -> tuple[str, ...]:
    """Return the text to sign, in the active language."""
    facts = {"creditor": regie.creditor_name, "days": regie.notice_days}
    return tuple(_(statement) % facts for statement in STATEMENTS)


@transaction.atomic
def sign_mandate(
    *,
    household: Household,
    regie: Regie,
    account: Account,
    signature: Signature,
    now: datetime,
) -> Mandate:
    """Keep a signed mandate; its account number is stored sealed and masked.

    Raises IbanError and its kinds, DebitsRefusedError, MandateExistsError.
    """
    iban = check_iban(signature.iban)
    if not takes_debits(regie):
        raise DebitsRefusedError
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if _active(household, regie).exists():
        raise MandateExistsError
    mandate = Mandate.objects.create(
        regie=regie,
        household=household,
        reference=_next_reference(regie, now=now),
        holder=signature.holder,
        iban=iban,
        iban_masked=mask_iban(iban),
        iban_index=blind_index(iban, IBAN_PURPOSE),
        signed_by=account,
        signed_at=now,
        signature=_trace_of(signature, account),
    )
    facts = {"iban": MASKED, "holder": signature.holder}
    record(actor=account, action=MoneyAction.MANDATE_SIGNED, target=mandate, new=facts)
    mandate_signed.send(sender=Mandate, mandate_id=mandate.pk)
    return mandate


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, actor: Account, now: datetime) -> Mandate:
    """Stop a mandate at once; a debit already sent to the bank still happens."""
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    if mandate.status != MandateStatus.ACTIVE:
        raise NotActiveError
    mandate.status = MandateStatus.REVOKED
    mandate.revoked_at = now
    mandate.save(update_fields=["status", "revoked_at"])
    record(actor=actor, action=MoneyAction.MANDATE_REVOKED, target=mandate)
    end_mandate_proof(mandate=mandate, actor=actor, now=now)
    return mandate


def _active(household: Household, regie: Regie) -> QuerySet[Mandate]:
    return Mandate.objects.filter(
        household=household, regie=regie, status=MandateStatus.ACTIVE
    )


def _next_reference(regie: Regie, *, now: datetime) -> str:
    number = take_number(regie=regie, kind=SeriesKind.MANDATE, year=local_day(now).year)
    return make_mandate_reference(
        town_code=number.series, year=number.year, number=number.number
    )


def _trace_of(signature: Signature, account: Account) -> dict[str, object]:
    text = "\n".join(signature.wording)
    return {
        "signer": f"{account} ({account.email})",
        "wording": list(signature.wording),
        "wording_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "seen": dict(signature.seen),
    }

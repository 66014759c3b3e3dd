"""Write the régies of a pack, in a town that opens or in one that is open."""

from typing import Any

from billing.domain.pack import REGIES, CreditorFacts, RegieFacts
from billing.models import Regie
from billing.services.pack_after_prices import (
    aid_kinds_facts,
    put_after_prices,
    taxes_of_pack,
)
from catalog.models import Service
from tenants.domain.pack_writing import without_blanks
from tenants.domain.packs import Pack


def put_regies(*, pack: Pack) -> None:
    """Write the régies with the services they bill, their taxes, and kinds of aid.

    A régie that exists becomes what the pack says, but for its accounts: what the pack
    leaves out of them stays.
    """
    for facts in pack.get(REGIES):
        regie = Regie.objects.filter(code=facts.code).first() or Regie(code=facts.code)
        regie.name = facts.name
        regie.address = facts.address
        regie.legal_notice = facts.legal_notice
        regie.days_to_pay = facts.days_to_pay
        regie.takes_cards = facts.takes_cards
        regie.stripe_account = facts.stripe_account or regie.stripe_account
        regie.takes_direct_debits = facts.creditor is not None
        if facts.creditor is not None:
            _set_creditor(regie, facts.creditor)
        regie.save()
        regie.services.add(*_services(facts))
    put_after_prices(pack=pack)


def regies_facts() -> dict[str, Any]:
    """Return the régies and the kinds of aid of a pack, without bank accounts."""
    rows = Regie.objects.order_by("code").prefetch_related("services")
    regies = without_blanks({"regies": [_regie(each) for each in rows]})
    return regies | aid_kinds_facts()


def _regie(row: Regie) -> dict[str, Any]:
    rails = ["cards"] if row.takes_cards else []
    creditor = {}
    if row.takes_direct_debits:
        rails.append("direct_debits")
        creditor = {"bank_format": row.bank_format, "notice_days": row.notice_days}
    return without_blanks(
        {
            "code": row.code,
            "name": row.name,
            "address": row.address,
            "legal_notice": row.legal_notice,
            "days_to_pay": row.days_to_pay,
            "rails": rails,
            "creditor": creditor,
        }
    ) | {
        "services": sorted(each.code for each in row.services.all()),
        **taxes_of_pack(row),
    }


def _set_creditor(regie: Regie, creditor: CreditorFacts) -> None:
    regie.bank_format = creditor.bank_format
    regie.notice_days = creditor.notice_days
    if creditor.iban:
        regie.creditor_name = creditor.name
        regie.creditor_id = creditor.identifier
        regie.iban = creditor.iban
        regie.bic = creditor.bic


def _services(facts: RegieFacts) -> list[Service]:
    return list(Service.objects.filter(code__in=facts.services))

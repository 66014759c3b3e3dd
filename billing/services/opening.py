"""Fill the billing office of a town that opens, from its pack."""

from billing.domain.pack import REGIES, CreditorFacts, RegieFacts
from billing.models import Regie
from catalog.models import Service
from tenants.domain.packs import Pack


def fill_billing(*, pack: Pack) -> None:
    """Write the régies with the services they bill."""
    for facts in pack.get(REGIES):
        regie = Regie(
            code=facts.code,
            name=facts.name,
            address=facts.address,
            legal_notice=facts.legal_notice,
            days_to_pay=facts.days_to_pay,
            takes_cards=facts.takes_cards,
            stripe_account=facts.stripe_account,
        )
        if facts.creditor is not None:
            _set_creditor(regie, facts.creditor)
        regie.save()
        regie.services.set(_services(facts))


def _set_creditor(regie: Regie, creditor: CreditorFacts) -> None:
    regie.takes_direct_debits = True
    regie.creditor_name = creditor.name
    regie.creditor_id = creditor.identifier
    regie.iban = creditor.iban
    regie.bic = creditor.bic
    regie.bank_format = creditor.bank_format
    regie.notice_days = creditor.notice_days


def _services(facts: RegieFacts) -> list[Service]:
    return list(Service.objects.filter(code__in=facts.services))

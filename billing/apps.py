"""The money: invoices, payments, mandates, the ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext, gettext_lazy as _

from billing.domain.errors import Sentence
from billing.domain.pack import REGIES
from billing.domain.pack_after_prices import AID_KINDS
from billing.domain.privacy import TABLES
from billing.enums import MoneyAction
from foundation.journal.actions import name_actions
from foundation.privacy.registry import register
from foundation.problems import teach
from tenants.domain.packs import add_section

PACK_SENTENCES = {
    "refused_by_billing": "%(said)s",
    "not_a_stripe_account": _(
        "A Stripe account is written like acct_1AbC2dEf3GhI, as on the dashboard."
    ),
    "taxes_not_said": _("Say of each service whether it is taxed: %(services)s."),
    "not_of_the_regie": _("The régie does not bill this service."),
    "not_a_tax_rate": _("Write a rate above 0 and under 100, with three decimals."),
    "not_an_aid_amount": _("Write an amount in cents, or a percentage up to 100."),
    "not_with_this_method": _("Only the method “percent” has a percentage."),
    "debits_in_euros": _("Direct debits are made in euros only."),
}


class BillingConfig(AppConfig):
    """Lives in every town's schema."""

    name = "billing"
    verbose_name = _("Billing")

    def ready(self) -> None:
        """Speak the reader's language, own the régies of a pack, hear openings."""
        from billing import receivers  # noqa: F401, PLC0415 - models load first.
        from billing.services.retention import FINDERS  # noqa: PLC0415 - as above.
        from families.services.privacy.rules import add_finders  # noqa: PLC0415 - as above.

        name_actions(dict(MoneyAction.choices))
        Sentence.translate = staticmethod(gettext)
        teach(PACK_SENTENCES)
        add_section(REGIES)
        add_section(AID_KINDS)
        register(TABLES)
        add_finders(FINDERS)

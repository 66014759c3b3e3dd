"""The money: invoices, payments, mandates, the ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext, gettext_lazy as _

from billing.domain.errors import Sentence


class BillingConfig(AppConfig):
    """Lives in every town's schema."""

    name = "billing"
    verbose_name = _("Billing")

    def ready(self) -> None:
        """Let the refusals of the domain speak the reader's language."""
        Sentence.translate = staticmethod(gettext)

"""The money: invoices, payments, mandates, the ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    """Lives in every town's schema."""

    name = "billing"
    verbose_name = _("Billing")

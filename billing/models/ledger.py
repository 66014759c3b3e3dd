"""The ledger: transactions whose entries add up to nothing, never changed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.enums import AccountCode
from families.models import Household
from foundation.records import Record


class LedgerTransaction(Record):
    """One event of money; `reference` makes it unique."""

    kind = models.CharField(_("kind"), max_length=40)
    reference = models.CharField(_("reference"), max_length=80, unique=True)
    occurred_on = models.DateField(_("day"))
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )

    class Meta:
        verbose_name = _("ledger transaction")
        verbose_name_plural = _("ledger transactions")

    def __str__(self) -> str:
        return self.reference


class LedgerEntry(models.Model):
    """One leg of a transaction: a debit is positive, in minor units."""

    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="entries"
    )
    account = models.CharField(_("account"), max_length=30, choices=AccountCode)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="ledger_entries"
    )
    # What the public accountant knows the amount by: a service, a tax.
    code = models.CharField(_("code"), max_length=60, blank=True)
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(amount_minor=0), name="a_ledger_entry_is_not_zero"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_minor}"

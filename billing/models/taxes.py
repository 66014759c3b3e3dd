"""Taxes of a régie, what they bear on, and those of each invoice."""

from typing import ClassVar

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from billing.enums import TaxCategory
from billing.models.invoices import Invoice
from billing.models.regies import Regie
from catalog.models import Activity, Service
from foundation.records import Record


class RegieTax(Record):
    """One tax the régie collects; a new rate is a new row from its first day."""

    regie = models.ForeignKey(
        Regie, on_delete=models.CASCADE, related_name="taxes", verbose_name=_("régie")
    )
    code = models.SlugField(
        _("code"), max_length=12, help_text=_("For the accountant: gst, qst...")
    )
    label = models.CharField(_("name on invoices"), max_length=40)
    rate = models.DecimalField(_("rate in percent"), max_digits=6, decimal_places=3)
    registration = models.CharField(_("registration number"), max_length=40)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("first day without it"), null=True, blank=True)

    class Meta:
        verbose_name = _("tax")
        verbose_name_plural = _("taxes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(rate__gt=0, rate__lt=100),
                name="a_tax_rate_is_a_percentage",
                violation_error_message=_("Write a rate above 0 and under 100."),
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="a_tax_ends_after_it_starts",
                violation_error_message=_("A tax ends after it starts."),
            ),
            models.UniqueConstraint(
                fields=["regie", "code", "from_on"],
                name="a_tax_has_one_rate_from_a_day",
                violation_error_message=_("This tax has a rate from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {number_format(self.rate.normalize())} %"


class TaxRule(Record):
    """Whether a service, or one of its activities, bears the taxes of a régie."""

    regie = models.ForeignKey(Regie, on_delete=models.CASCADE, related_name="tax_rules")
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="tax_rules"
    )
    # None: all the activities of the service without a rule of their own.
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, related_name="tax_rules"
    )
    category = models.CharField(_("taxes"), max_length=1, choices=TaxCategory)
    reason = models.CharField(_("reason of the exemption"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("what is taxed")
        verbose_name_plural = _("what is taxed")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["regie", "service", "activity"],
                nulls_distinct=False,
                name="one_tax_rule_for_an_activity",
            ),
            models.CheckConstraint(
                condition=~models.Q(category=TaxCategory.EXEMPT) | ~models.Q(reason=""),
                name="an_exemption_says_why",
                violation_error_message=_("Say why nothing is taxed here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity or self.service} {self.category}"


class InvoiceTax(models.Model):
    """One tax over one invoice, as it was on the day; frozen with the invoice."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="taxes")
    tax = models.ForeignKey(RegieTax, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    label = models.CharField(max_length=40)
    rate = models.DecimalField(max_digits=6, decimal_places=3)
    registration = models.CharField(max_length=40)
    base_minor = models.BigIntegerField(_("taxed"))
    amount_minor = models.BigIntegerField(_("amount"))

    class Meta:
        verbose_name = _("tax of an invoice")
        verbose_name_plural = _("taxes of invoices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["invoice", "tax"], name="a_tax_is_once_on_an_invoice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.amount_minor}"

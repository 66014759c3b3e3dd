"""Régies: who collects, under which numbers, and by which means."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.enums import SeriesKind
from catalog.models import Service
from foundation.encryption import EncryptedTextField
from foundation.records import Record
from tenants.domain.scope import Scope


class RegieQuerySet(models.QuerySet["Regie"]):
    """Subsets of the régies."""

    def in_scope(self, scope: Scope) -> "RegieQuerySet":
        """Return the régies a clerk bills for: all their services are the clerk's.

        A run or a bank file concerns every family of a régie, so that nobody limited
        to some schools sees one.
        """
        if scope.schools is not None:
            return self.none()
        if scope.departments is None:
            return self
        outside = Service.objects.exclude(department_id__in=scope.departments)
        mixed = Regie.objects.filter(services__in=outside)
        return self.exclude(services=None).exclude(pk__in=mixed.values("pk"))


class Regie(Record):
    """The office that bills a set of services."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    services = models.ManyToManyField(
        Service, related_name="regies", blank=True, verbose_name=_("services")
    )
    address = models.TextField(_("address on invoices"), blank=True)
    legal_notice = models.TextField(_("notice at the foot of invoices"), blank=True)
    days_to_pay = models.IntegerField(_("days to pay"), default=20)
    # Card payments: the town's account with the provider.
    takes_cards = models.BooleanField(_("takes cards"), default=False)
    stripe_account = models.CharField(_("Stripe account"), max_length=60, blank=True)
    # Direct debits: the creditor as the bank knows it.
    takes_direct_debits = models.BooleanField(_("takes direct debits"), default=False)
    creditor_name = models.CharField(
        _("name of the creditor"), max_length=70, blank=True
    )
    creditor_id = models.CharField(_("creditor id (ICS)"), max_length=35, blank=True)
    iban = EncryptedTextField(_("IBAN"), null=True, blank=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    bank_format = models.CharField(
        _("format of the bank file"), max_length=20, default="pain.008.001.02"
    )
    notice_days = models.IntegerField(_("days of notice before a debit"), default=14)

    objects = RegieQuerySet.as_manager()

    class Meta:
        verbose_name = _("régie")
        verbose_name_plural = _("régies")

    def __str__(self) -> str:
        return self.name

    @property
    def accepts_cards(self) -> bool:
        """Cards are taken online, on an account of the town's own."""
        return self.takes_cards and bool(self.stripe_account)


class NumberSeries(models.Model):
    """The last number given, per régie, kind of document and year.

    The row is updated in the transaction that issues the document, as its last step:
    a rolled back issue gives its number back, so that no number is missing.
    """

    regie = models.ForeignKey(Regie, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(max_length=12, choices=SeriesKind)
    year = models.IntegerField()
    last_number = models.IntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["regie", "kind", "year"], name="one_series_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.regie} {self.kind} {self.year}"

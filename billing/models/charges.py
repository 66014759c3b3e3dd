"""Charges: the priced lines that invoices gather."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.invoices import Invoice
from billing.models.regies import Regie
from catalog.models import Service
from enrolment.models import Booking, LatePickup
from families.models import Child, Household
from foundation.records import Record
from tenants.domain.scope import Scope
from tenants.townhall.queries import within


class ChargeQuerySet(models.QuerySet["Charge"]):
    """Subsets of the charges."""

    def in_scope(self, scope: Scope) -> "ChargeQuerySet":
        """Return the lines of a clerk's services, for children of their schools."""
        return self.filter(
            within(
                scope, department="service__department_id", school="child__school_id"
            )
        )


class Charge(Record):
    """One line a household owes, with the trace of its price."""

    # A month writes thousands of lines at once: no index that no page reads.
    regie = models.ForeignKey(
        Regie, on_delete=models.PROTECT, related_name="charges", db_index=False
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="charges"
    )
    child = models.ForeignKey(
        Child,
        on_delete=models.PROTECT,
        null=True,
        related_name="charges",
        db_index=False,
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="charges", db_index=False
    )
    booking = models.OneToOneField(
        Booking, on_delete=models.PROTECT, null=True, related_name="charge"
    )
    late_pickup = models.ForeignKey(
        LatePickup,
        on_delete=models.PROTECT,
        null=True,
        related_name="charges",
        db_index=False,
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, related_name="lines"
    )
    day = models.DateField(_("day"))
    description = models.CharField(_("description"), max_length=250)
    quantity = models.IntegerField(_("quantity"), default=1)
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)
    split = models.JSONField(default=dict)
    trace = models.JSONField(default=dict)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Few lines are about one: the index holds those only.
            models.UniqueConstraint(
                fields=["late_pickup"],
                condition=models.Q(late_pickup__isnull=False),
                name="a_late_pickup_is_billed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(booking=None) | models.Q(late_pickup=None),
                name="a_line_is_the_price_of_one_thing",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["regie", "day"],
                condition=models.Q(invoice=None),
                name="charges_to_invoice",
            ),
        ]

    def __str__(self) -> str:
        return self.description

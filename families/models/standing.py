"""What was proven or declared of a household, and between which dates.

The tables hold half-open periods that never overlap: the price of a day sees one
residence, one quotient, one regime. A new value closes the previous one, never
rewrites it.
"""

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import QuotientKind, Regime, Residence
from families.models.households import Household
from families.models.proofs import Proof
from foundation.records import Record


class DateRange(models.Func):
    """The half-open period between two columns, in SQL."""

    function = "DATERANGE"
    output_field = DateRangeField()


def one_at_a_time(name: str, **extra: Any) -> ExclusionConstraint:
    """Forbid two records of a household that hold on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (
                DateRange("from_on", "until_on", RangeBoundary()),
                RangeOperators.OVERLAPS,
            ),
            ("household", RangeOperators.EQUAL),
        ],
        **extra,
    )


class DatedQuerySet(models.QuerySet[Any]):
    """Reads of dated records."""

    def on(self, day: date) -> "DatedQuerySet":
        """Return the records that hold on a day."""
        return self.filter(
            models.Q(until_on=None) | models.Q(until_on__gt=day), from_on__lte=day
        )


class ResidenceRecord(Record):
    """The proven link between a household and the town."""

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="residences"
    )
    status = models.CharField(_("residence"), max_length=14, choices=Residence)
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, null=True, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("residence")
        verbose_name_plural = _("residences")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="a_residence_ends_after_it_starts",
            ),
            one_at_a_time("one_residence_on_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.get_status_display())


class QuotientRecord(Record):
    """The proven family quotient of a household, in the town's currency a month."""

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="quotients"
    )
    value = models.DecimalField(_("quotient"), max_digits=9, decimal_places=2)
    kind = models.CharField(
        _("worked out by"),
        max_length=4,
        choices=QuotientKind,
        default=QuotientKind.NONE,
    )
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, null=True, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("family quotient")
        verbose_name_plural = _("family quotients")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(value__gte=0), name="a_quotient_is_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="a_quotient_ends_after_it_starts",
            ),
            one_at_a_time("one_quotient_on_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.value)


class RegimeRecord(Record):
    """Who pays the family allowances of a household: the CAF, the MSA, nobody.

    Without a record, the body that worked out the quotient of the day says it.
    """

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="regimes"
    )
    regime = models.CharField(_("family allowances"), max_length=4, choices=Regime)
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("family allowances")
        verbose_name_plural = _("family allowances")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="a_regime_ends_after_it_starts",
            ),
            one_at_a_time("one_regime_on_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.get_regime_display())

"""Which household a child is with, day by day.

What was decided never overlaps for one child. A proposal of a parent waits beside it
until a clerk decides.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import CustodyPattern, CustodyStatus
from families.models.children import Child
from families.models.households import Household
from families.models.standing import DateRange
from foundation.records import Record


class CustodyQuerySet(models.QuerySet["Custody"]):
    """Subsets of the custody periods."""

    def decided(self) -> "CustodyQuerySet":
        """Return what counts."""
        return self.filter(status=CustodyStatus.DECIDED)

    def proposed(self) -> "CustodyQuerySet":
        """Return what waits for a clerk."""
        return self.filter(status=CustodyStatus.PROPOSED)


class Custody(Record):
    """One arrangement for one child, from a day until another (not included).

    `household` has the child always, in even weeks, or on `weekdays`, as `pattern`
    says; `other_household` has it the rest of the time. Monday is 0.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="custodies")
    pattern = models.CharField(_("rhythm"), max_length=10, choices=CustodyPattern)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="custodies"
    )
    other_household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    change_weekday = models.SmallIntegerField(_("day of the change"), default=0)
    weekdays = ArrayField(
        models.SmallIntegerField(), verbose_name=_("days"), default=list, blank=True
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=CustodyStatus, default=CustodyStatus.DECIDED
    )
    # The judgment or agreement it follows, or what the parent who proposes says.
    source = models.CharField(_("judgment or agreement"), max_length=200, blank=True)
    refusal_reason = models.TextField(_("reason of the refusal"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The household whose adult proposes; empty when a clerk wrote it.
    proposed_by = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CustodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("custody")
        verbose_name_plural = _("custody periods")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="a_custody_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(pattern=CustodyPattern.ALWAYS, other_household=None)
                | (
                    ~models.Q(pattern=CustodyPattern.ALWAYS)
                    & models.Q(other_household__isnull=False)
                    & ~models.Q(other_household=models.F("household"))
                ),
                name="a_shared_custody_names_two_households",
            ),
            models.CheckConstraint(
                condition=models.Q(change_weekday__range=(0, 6)),
                name="custody_changes_on_a_day_of_the_week",
            ),
            models.CheckConstraint(
                condition=~models.Q(pattern=CustodyPattern.WEEKDAYS)
                | models.Q(weekdays__len__range=(1, 6)),
                name="custody_by_days_names_days",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=CustodyStatus.REFUSED)
                | ~models.Q(refusal_reason=""),
                name="a_refused_custody_has_a_reason",
            ),
            ExclusionConstraint(
                name="one_custody_on_a_day",
                expressions=[
                    (
                        DateRange("from_on", "until_on", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                    ("child", RangeOperators.EQUAL),
                ],
                condition=models.Q(status=CustodyStatus.DECIDED),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_pattern_display())

"""The town's calendar: school years, holidays, closures."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.enums import PeriodKind
from foundation.records import Record
from tenants.domain.scope import Scope


class CalendarPeriod(Record):
    """A school year or holidays; `until_on` is the first day after it."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=PeriodKind)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("first day after it"))

    class Meta:
        verbose_name = _("period of the calendar")
        verbose_name_plural = _("periods of the calendar")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")),
                name="calendar_period_ends_after_it_starts",
                violation_error_message=_("A period ends after it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClosureQuerySet(models.QuerySet["Closure"]):
    """Subsets of the closures."""

    def in_scope(self, scope: Scope) -> "ClosureQuerySet":
        """Return the closures of a clerk's services, and of the whole town."""
        if scope.departments is None:
            return self
        mine = models.Q(service__department_id__in=scope.departments)
        return self.filter(mine | models.Q(service=None))


class Closure(Record):
    """Days on which one service, or all of them, are closed."""

    service = models.ForeignKey(
        "catalog.Service",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("service"),
        help_text=_("Leave empty when the whole town is closed."),
    )
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("first day after it"))
    reason = models.CharField(_("reason shown to families"), max_length=200)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")),
                name="closure_ends_after_it_starts",
                violation_error_message=_("A closure ends after it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.reason

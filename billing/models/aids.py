"""Aids of third parties: what each gives, and which families have it."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.enums import AidMethod, CeilingPeriod
from catalog.models import Activity, Service
from families.models import Child, Household, Proof
from foundation.records import Record
from tenants.domain.scope import Scope


class AidKindQuerySet(models.QuerySet["AidKind"]):
    """Subsets of the kinds of aid."""

    def open(self, *, on: date) -> "AidKindQuerySet":
        """Return the kinds that may be granted on a day."""
        ends = models.Q(until_on=None) | models.Q(until_on__gt=on)
        return self.filter(ends).order_by("position", "code")


class AidKind(Record):
    """What a third party pays: CAF, a works council, the department.

    `until_on` is the first day without it. Quotients: from included, until excluded.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    payer = models.CharField(
        _("who pays it"),
        max_length=120,
        help_text=_("As written on its statement: CAF du Nord, works council..."),
    )
    method = models.CharField(_("counted"), max_length=8, choices=AidMethod)
    amount_minor = models.BigIntegerField(_("amount"), null=True, blank=True)
    percent = models.DecimalField(
        _("percentage"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    half_day_hours = models.IntegerField(
        _("longest half-day, in hours"),
        default=5,
        help_text=_("A session that lasts longer counts as two half-days."),
    )
    quotient_from = models.DecimalField(
        _("quotient from"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    quotient_until = models.DecimalField(
        _("quotient under"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    services = models.ManyToManyField(
        Service, related_name="aid_kinds", blank=True, verbose_name=_("services")
    )
    activities = models.ManyToManyField(
        Activity, related_name="aid_kinds", blank=True, verbose_name=_("activities")
    )
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("first day without it"), null=True, blank=True)
    ceiling_minor = models.BigIntegerField(
        _("at most, per child and period"), null=True, blank=True
    )
    ceiling_units = models.IntegerField(
        _("days at most, per child and period"), null=True, blank=True
    )
    ceiling_period = models.CharField(
        _("period of the ceiling"),
        max_length=13,
        choices=CeilingPeriod,
        default=CeilingPeriod.GRANT,
    )
    # Several aids on one line are taken in this order.
    position = models.IntegerField(_("order"), default=0)

    objects = AidKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of aid")
        verbose_name_plural = _("kinds of aid")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(
                    method=AidMethod.PERCENT,
                    percent__gt=0,
                    percent__lte=100,
                    amount_minor=None,
                )
                | (
                    ~models.Q(method=AidMethod.PERCENT)
                    & models.Q(amount_minor__gt=0, percent=None)
                ),
                name="an_aid_is_an_amount_or_a_percentage",
                violation_error_message=_(
                    "Write an amount, or a percentage from 0 to 100, never both."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="an_aid_ends_after_it_starts",
                violation_error_message=_("An aid ends after it starts."),
            ),
            models.CheckConstraint(
                condition=(models.Q(ceiling_minor=None) | models.Q(ceiling_minor__gt=0))
                & (models.Q(ceiling_units=None) | models.Q(ceiling_units__gt=0)),
                name="the_ceiling_of_an_aid_is_positive",
                violation_error_message=_("Leave the ceiling empty, or write above 0."),
            ),
            models.CheckConstraint(
                condition=models.Q(quotient_from=None)
                | models.Q(quotient_until=None)
                | models.Q(quotient_until__gt=models.F("quotient_from")),
                name="the_quotients_of_an_aid_are_a_span",
                violation_error_message=_("Write the lower quotient first."),
            ),
            models.CheckConstraint(
                condition=models.Q(half_day_hours__range=(1, 12)),
                name="a_half_day_has_hours",
                violation_error_message=_("Write 1 to 12 hours."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AidGrantQuerySet(models.QuerySet["AidGrant"]):
    """Subsets of the aids granted."""

    def in_scope(self, scope: Scope) -> "AidGrantQuerySet":
        """Return the aids of a clerk's families, those of their pupils only."""
        if scope.is_everything:
            return self
        mine = self.filter(household__in=Household.objects.in_scope(scope))
        if scope.schools is None:
            return mine
        return mine.filter(child__in=Child.objects.in_scope(scope))


class AidGrant(Record):
    """An aid that a household has, for one of its children or for all of them."""

    kind = models.ForeignKey(
        AidKind, on_delete=models.PROTECT, related_name="grants", verbose_name=_("aid")
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="aids"
    )
    child = models.ForeignKey(
        Child,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aids",
        verbose_name=_("child"),
    )
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("first day without it"))
    proof = models.ForeignKey(
        Proof,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="aids",
        verbose_name=_("proof"),
    )
    reference = models.CharField(
        _("file number at the payer"), max_length=60, blank=True
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AidGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("aid granted")
        verbose_name_plural = _("aids granted")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="a_granted_aid_ends_after_it_starts",
                violation_error_message=_("An aid ends after it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_on:%Y-%m-%d}"

"""Tariffs as the council voted them. A published version never changes."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.records import Record
from tenants.domain.scope import Scope


class TariffQuerySet(models.QuerySet["Tariff"]):
    """Subsets of the tariffs."""

    def in_scope(self, scope: Scope) -> "TariffQuerySet":
        """Return the tariffs of a clerk's departments, and those nobody uses yet."""
        if scope.departments is None:
            return self
        theirs = Tariff.objects.filter(
            activities__service__department_id__in=scope.departments
        )
        unused = Tariff.objects.filter(activities=None)
        return self.filter(
            models.Q(pk__in=theirs.values("pk")) | models.Q(pk__in=unused.values("pk"))
        )


class Tariff(Record):
    """A price list; its versions follow the votes of the council."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)

    objects = TariffQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")

    def __str__(self) -> str:
        return self.name


class TariffVersionQuerySet(models.QuerySet["TariffVersion"]):
    """Subsets of the versions."""

    def in_force(self, *, on: date) -> "TariffVersionQuerySet":
        """Return published versions that apply on a day, latest first."""
        return self.filter(published_at__isnull=False, effective_from__lte=on).order_by(
            "-effective_from"
        )

    def published(self, *, on: date) -> "TariffVersionQuerySet":
        """Return published versions, latest first: `applies` tells those begun."""
        begun = models.Q(effective_from__lte=on)
        return (
            self.filter(published_at__isnull=False)
            .annotate(applies=models.ExpressionWrapper(begun, models.BooleanField()))
            .order_by("-effective_from")
        )

    def replaced_by(self, day: date) -> "TariffVersionQuerySet":
        """Say of each version whether a later one applies by a day: `is_replaced`."""
        later = TariffVersion.objects.in_force(on=day).filter(
            tariff=models.OuterRef("tariff"),
            effective_from__gt=models.OuterRef("effective_from"),
        )
        return self.annotate(is_replaced=models.Exists(later))

    def in_scope(self, scope: Scope) -> "TariffVersionQuerySet":
        """Return the versions of tariffs that a clerk sees."""
        if scope.departments is None:
            return self
        return self.filter(tariff__in=Tariff.objects.in_scope(scope))


class TariffVersion(Record):
    """The rules voted on one day, in the vocabulary of docs/algorithms/prices.md."""

    tariff = models.ForeignKey(
        Tariff,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("tariff"),
    )
    rules = models.JSONField(_("rules"))
    vote_number = models.CharField(_("number of the vote"), max_length=60)
    voted_on = models.DateField(_("date of the vote"))
    effective_from = models.DateField(_("applies from"))
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    objects = TariffVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a tariff")
        verbose_name_plural = _("versions of a tariff")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["tariff", "effective_from"],
                condition=models.Q(published_at__isnull=False),
                name="one_published_version_from_a_day",
                violation_error_message=_(
                    "A published version already applies from this day."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.tariff} ({self.vote_number})"

"""Seasons made from the one before: what was made, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.services import Service
from foundation.records import Record
from tenants.domain.scope import Scope
from tenants.townhall.queries import within


class SeasonCopyQuerySet(models.QuerySet["SeasonCopy"]):
    """Subsets of the copies."""

    def in_scope(self, scope: Scope) -> "SeasonCopyQuerySet":
        """Return the copies of a clerk's services."""
        return self.filter(within(scope, department="service__department_id"))


class SeasonCopy(Record):
    """One copy of a service's season onto the next one."""

    service = models.ForeignKey(
        Service,
        on_delete=models.CASCADE,
        related_name="season_copies",
        verbose_name=_("service"),
    )
    season = models.CharField(_("season"), max_length=120)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))
    # Public identifiers of what was made, by kind: sessions, windows, periods; and
    # the opening dates that were moved, as they were.
    made = models.JSONField(default=dict)
    undone_at = models.DateTimeField(_("undone at"), null=True)

    objects = SeasonCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of a season")
        verbose_name_plural = _("copies of seasons")

    def __str__(self) -> str:
        return f"{self.service} {self.season}"

"""Another tariff tried on places that were really taken."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import TariffVersion
from foundation.records import Record


class TariffReplay(Record):
    """What a version would have changed over a past period.

    `until_on` is the first day after it. `result` holds sums only, nobody's own
    price; it is None until the worker has done it. `rules_hash` tells whether the
    version was changed since.
    """

    version = models.ForeignKey(
        TariffVersion, on_delete=models.CASCADE, related_name="replays"
    )
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("first day after it"))
    rules_hash = models.CharField(max_length=64)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    result = models.JSONField(null=True)
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("trial of a tariff on the past")
        verbose_name_plural = _("trials of tariffs on the past")
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")),
                name="a_replay_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.from_on:%Y-%m-%d}"

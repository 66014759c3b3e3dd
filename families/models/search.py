"""What finds a family, and which families only look alike."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import Alike
from families.models.households import Household


class SearchEntry(models.Model):
    """The words a household is found by, kept by triggers of the database.

    Without accents, in lower case: names, numbers, addresses, telephones, birth dates.
    """

    household = models.OneToOneField(
        Household,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_entry",
    )
    words = SearchVectorField()
    # The order of results: the responsible's family name, then first name.
    sort_name = models.CharField(max_length=250)

    class Meta:
        verbose_name = _("words of a household")
        verbose_name_plural = _("words of households")
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["words"], name="words_of_households")
        ]

    def __str__(self) -> str:
        return self.sort_name


class Distinct(models.Model):
    """Two records that look alike and are not the same: a clerk said so."""

    kind = models.CharField(max_length=10, choices=Alike)
    # Public ids, the lower one first.
    first = models.UUIDField()
    second = models.UUIDField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("records that are not the same")
        verbose_name_plural = _("records that are not the same")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "first", "second"], name="a_pair_is_told_apart_once"
            ),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")),
                name="a_pair_is_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"

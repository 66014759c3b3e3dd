"""The move of all classes, each summer, kept so that it can be undone exactly."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.models.children import Child
from foundation.records import Record
from tenants.townhall.models import School


class Promotion(Record):
    """One move to the next class, for the school year that begins in `year`."""

    year = models.IntegerField(_("school year that begins in"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("move to the next class")
        verbose_name_plural = _("moves to the next class")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(undone_at=None),
                name="classes_move_once_a_year",
                violation_error_message=_("The classes have moved already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.year + 1}"


class PromotedChild(models.Model):
    """What one child had before and after."""

    promotion = models.ForeignKey(
        Promotion, on_delete=models.CASCADE, related_name="children"
    )
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    old_class = models.CharField(max_length=20)
    new_class = models.CharField(max_length=20)
    old_school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, related_name="+"
    )
    old_other_school = models.CharField(max_length=120, blank=True)
    # Those who leave their school have none until the family says which.
    leaves_school = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("child who moved")
        verbose_name_plural = _("children who moved")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["promotion", "child"], name="a_child_moves_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id}: {self.old_class} > {self.new_class}"

"""Lines that come after prices: a ceiling reached, an aid, a line given back."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.enums import ReductionKind
from billing.models.aids import AidGrant
from billing.models.charges import Charge


class Reduction(models.Model):
    """What a line is, when it is not a price; `of` is the line it is about.

    Its amount, shares and trace stand on the line itself, like those of any other.
    """

    charge = models.OneToOneField(
        Charge, on_delete=models.PROTECT, primary_key=True, related_name="reduction"
    )
    kind = models.CharField(_("kind"), max_length=6, choices=ReductionKind)
    of = models.ForeignKey(
        Charge,
        on_delete=models.PROTECT,
        related_name="reductions",
        verbose_name=_("of"),
    )
    # The rank of the ceiling in its tariff: each is counted on what those before left.
    position = models.SmallIntegerField(default=0)
    grant = models.ForeignKey(
        AidGrant, on_delete=models.PROTECT, null=True, related_name="reductions"
    )

    class Meta:
        verbose_name = _("reduction")
        verbose_name_plural = _("reductions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind=ReductionKind.AID, grant__isnull=False)
                | (~models.Q(kind=ReductionKind.AID) & models.Q(grant__isnull=True)),
                name="an_aid_line_names_its_aid",
            ),
            models.UniqueConstraint(
                fields=["of"],
                condition=models.Q(kind=ReductionKind.CREDIT),
                name="a_line_is_given_back_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.of}"

"""Places offered to children on a waiting list."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enrolment.enums import OfferState
from enrolment.models.access import AccessRequest
from foundation.records import Record


class PlaceOffer(Record):
    """A place offered to one child, to accept or decline until a day, included."""

    request = models.ForeignKey(
        AccessRequest, on_delete=models.CASCADE, related_name="offers"
    )
    starts_on = models.DateField(_("first day"))
    answer_by = models.DateField(_("answer by"))
    words = models.TextField(_("what is offered"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=OfferState, default=OfferState.OPEN
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("offered at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("place offered")
        verbose_name_plural = _("places offered")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(state=OfferState.OPEN),
                name="one_open_offer_of_a_request",
            ),
            models.CheckConstraint(
                condition=models.Q(state=OfferState.OPEN, closed_at=None)
                | (
                    ~models.Q(state=OfferState.OPEN) & models.Q(closed_at__isnull=False)
                ),
                name="a_closed_offer_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}"

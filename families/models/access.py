"""How a household gets its account: codes, letters, and visits to the counter."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import LettersState, VisitEnd
from families.models.households import Household, Person
from foundation.records import Record
from foundation.storage import PrivateStorage


class ClaimCodeQuerySet(models.QuerySet["ClaimCode"]):
    """Subsets of the codes."""

    def standing(self) -> "ClaimCodeQuerySet":
        """Return codes neither used nor revoked; they may be over."""
        return self.filter(used_at=None, revoked_at=None)

    def valid(self, *, at: datetime) -> "ClaimCodeQuerySet":
        """Return codes that still open their household's file."""
        return self.standing().filter(valid_until__gt=at)


class ClaimCode(Record):
    """The subscriber code of a household, as its index under the town's key.

    The code itself is on paper only: it cannot be read here, nor printed again.
    """

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="claim_codes"
    )
    index = models.BinaryField(max_length=32, unique=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued at"))
    valid_until = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = ClaimCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber code")
        verbose_name_plural = _("subscriber codes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="a_household_has_one_standing_code",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(revoked_at=None),
                name="a_code_is_used_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household}"


class LetterRun(Record):
    """Letters with subscriber codes for many households, as one encrypted file.

    The file holds codes in clear: it is removed once printed, or after some days.
    """

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=LettersState,
        default=LettersState.WAITING,
    )
    households = models.ManyToManyField(Household, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    made_at = models.DateTimeField(_("made at"), null=True)
    letters = models.IntegerField(_("letters"), default=0)
    document = models.FileField(storage=PrivateStorage(), max_length=200, blank=True)

    class Meta:
        verbose_name = _("letters to families")
        verbose_name_plural = _("letters to families")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class CounterVisit(Record):
    """A clerk acts for a family that stands at the counter."""

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="counter_visits"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_file = models.BooleanField(_("opened the file"), default=False)
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.CharField(
        _("how it ended"), max_length=10, choices=VisitEnd, blank=True
    )

    class Meta:
        verbose_name = _("visit to the counter")
        verbose_name_plural = _("visits to the counter")
        permissions: ClassVar = [
            ("act_for_households", _("Can act for a family at the counter"))
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="")),
                name="a_visit_that_ended_says_how",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["household", "started_at"], name="visits_of_household")
        ]

    def __str__(self) -> str:
        return f"{self.household} / {self.started_at:%Y-%m-%d %H:%M}"

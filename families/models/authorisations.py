"""What guardians allow for a child: dated answers, added and never rewritten."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.models.children import Child
from families.models.households import Household
from foundation.records import Record


class AuthorisationKind(Record):
    """A question that the town asks about every child."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("What is allowed, like “Leave alone after the activity”."),
    )
    text = models.TextField(
        _("sentence that families agree to"),
        help_text=_("Printed on the authorisation. Write it as the guardian says it."),
    )
    minimum_age = models.IntegerField(
        _("minimum age of the child"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(18)],
    )
    is_on_day_list = models.BooleanField(
        _("shown to staff on the day list"), default=False
    )
    is_asked = models.BooleanField(
        _("asked to families"),
        default=True,
        help_text=_("Answers already given are kept when it is no longer asked."),
    )
    position = models.IntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")

    def __str__(self) -> str:
        return self.name


class AuthorisationQuerySet(models.QuerySet["Authorisation"]):
    """Reads of the answers."""

    def in_force(self) -> "AuthorisationQuerySet":
        """Return the answer that counts for each child and kind: the last given."""
        return self.order_by("child_id", "kind_id", "-given_at", "-id").distinct(
            "child_id", "kind_id"
        )


class Authorisation(Record):
    """One answer: allowed or not, when and by whom. A later answer replaces it."""

    child = models.ForeignKey(
        Child, on_delete=models.CASCADE, related_name="authorisations"
    )
    kind = models.ForeignKey(
        AuthorisationKind, on_delete=models.PROTECT, related_name="answers"
    )
    # As it was agreed to: the town may reword the question later.
    text = models.TextField(_("sentence agreed to"), editable=False)
    is_allowed = models.BooleanField(_("allowed"))
    household = models.ForeignKey(
        Household, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"))

    objects = AuthorisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to an authorisation")
        verbose_name_plural = _("answers to authorisations")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["child", "kind", "-given_at"], name="answers_of_a_child"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} / {self.child}"

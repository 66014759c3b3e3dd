"""People who may collect a child, or whom to call."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.models.children import Child
from families.models.households import Household
from foundation.records import Record


class ContactQuerySet(models.QuerySet["Contact"]):
    """Subsets of the contacts."""

    def kept(self) -> "ContactQuerySet":
        """Leave out those who were removed, in the families' order."""
        return self.filter(removed_at=None).order_by("position", "id")

    def on(self, day: date) -> "ContactQuerySet":
        """Return those who count on a day."""
        return self.kept().filter(
            models.Q(from_on=None) | models.Q(from_on__lte=day),
            models.Q(until_on=None) | models.Q(until_on__gt=day),
        )


class Contact(Record):
    """A person around a child, named by one of its households.

    `until_on` is the first day on which the person no longer counts.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="contacts")
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=40)
    relation = models.CharField(_("link with the child"), max_length=60)
    may_collect = models.BooleanField(_("may collect the child"), default=False)
    is_emergency = models.BooleanField(_("to call in an emergency"), default=False)
    of_age_declared_at = models.DateTimeField(null=True, editable=False)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    position = models.IntegerField(_("order"), default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(_("removed at"), null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("person around a child")
        verbose_name_plural = _("people around children")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(may_collect=True) | models.Q(is_emergency=True),
                name="a_contact_collects_or_is_called",
                violation_error_message=_(
                    "Say whether this person collects the child, or is called."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(may_collect=False)
                | models.Q(of_age_declared_at__isnull=False),
                name="one_who_collects_is_of_age",
            ),
            models.CheckConstraint(
                condition=models.Q(from_on=None)
                | models.Q(until_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="a_contact_ends_after_it_starts",
                violation_error_message=_("The last day comes after the first one."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["child", "position"],
                condition=models.Q(removed_at=None),
                name="contacts_of_a_child",
            )
        ]

    def __str__(self) -> str:
        return self.name

"""Adults invited by mail: to answer for a household too, or to share a child.

The link's secret is never kept, only its digest. Each link lives for a day and serves
once; a new one may be asked for, always sent to the same address.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import InvitationKind, InvitationStatus
from families.models.children import Child
from families.models.households import Household, Person
from foundation.records import Record


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Subsets of the invitations."""

    def waiting(self) -> "InvitationQuerySet":
        """Return those that nobody answered yet."""
        return self.filter(status=InvitationStatus.WAITING)


class Invitation(Record):
    """An adult of a household asks another one in; nothing shows before the answer."""

    kind = models.CharField(_("kind"), max_length=16, choices=InvitationKind)
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="invitations"
    )
    children = models.ManyToManyField(
        Child, blank=True, related_name="invitations", verbose_name=_("children")
    )
    email = models.EmailField(_("e-mail address"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited at"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=InvitationStatus,
        default=InvitationStatus.WAITING,
    )
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["household", "kind", "email"],
                condition=models.Q(status=InvitationStatus.WAITING),
                name="an_address_is_invited_once_at_a_time",
                violation_error_message=_("This person is invited already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class InvitationLink(models.Model):
    """One link of an invitation, known by the digest of its secret."""

    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, related_name="links"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("expires at"))
    # The latest link of the invitation, where `find_link` read this one.
    latest: int

    class Meta:
        verbose_name = _("link of an invitation")
        verbose_name_plural = _("links of invitations")

    def __str__(self) -> str:
        return str(self.invitation)

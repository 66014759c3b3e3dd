"""Links to open an account, for towns that ask for the address first."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.records import Record


class SignUpLinkQuerySet(models.QuerySet["SignUpLink"]):
    """Subsets of the links."""

    def open_at(self, now: datetime) -> "SignUpLinkQuerySet":
        """Return the links that still open an account."""
        return self.filter(used_at__isnull=True, valid_until__gt=now)


class SignUpLink(Record):
    """An address that asked to open an account, or to come back to it.

    A row is written whatever the town knows of the address. Only the digest of the
    secret in the message is kept; it stays empty where the address has an account.
    """

    email = models.EmailField(_("e-mail address"), max_length=254, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(editable=False)
    valid_until = models.DateTimeField(editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    objects = SignUpLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to open an account")
        verbose_name_plural = _("links to open an account")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=~models.Q(digest=""),
                name="a_sign_up_link_has_its_own_secret",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"

"""Towns and their host names: all that the platform itself knows of them."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin
from django_tenants.utils import get_public_schema_name

from tenants.enums import Currency, Locale, TownKind, TownState


class TownQuerySet(models.QuerySet["Town"]):
    """Subsets of the towns."""

    def towns(self) -> "TownQuerySet":
        """Leave out the row that stands for the platform's own site."""
        return self.exclude(schema_name=get_public_schema_name())

    def open(self) -> "TownQuerySet":
        """Return towns that serve families."""
        return self.towns().filter(state=TownState.OPEN)


class Town(TenantMixin):
    """One tenant: a schema of its own, and nothing in it that points out of it."""

    auto_create_schema = False
    auto_drop_schema = False

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=TownKind)
    locale = models.CharField(_("language"), max_length=10, choices=Locale)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris")
    state = models.CharField(
        _("state"), max_length=20, choices=TownState, default=TownState.OPENING
    )
    # The town's data key, wrapped by the platform's master key. Outside the town's
    # schema on purpose: destroying it closes every old backup of the town.
    wrapped_key = models.BinaryField(default=b"", editable=False)
    # What the town is opened with, until it is open (validated configuration).
    opening_pack = models.JSONField(default=dict, editable=False)
    opening_error = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)

    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = _("town")
        verbose_name_plural = _("towns")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(currency__in=Currency.values),
                name="town_bills_in_a_known_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=TownState.values),
                name="town_is_in_a_known_state",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """True for the row that stands for the platform's own site."""
        return bool(self.schema_name == get_public_schema_name())


class IssuerCertificate(models.Model):
    """A certificate that signs the codes of official papers (2D-Doc).

    `authority` and `name` are the four characters that a code carries for each. The
    certificate is kept as it was loaded; days are those it is valid, both included.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    authority = models.CharField(_("authority"), max_length=4)
    name = models.CharField(_("certificate"), max_length=4)
    subject = models.CharField(_("holder"), max_length=250)
    issued_by = models.CharField(_("issued by"), max_length=250)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    content = models.BinaryField(_("content"), editable=False)
    loaded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("certificate of official papers")
        verbose_name_plural = _("certificates of official papers")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["authority", "name"], name="certificates_by_name")
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.name}"


class Domain(DomainMixin):
    """A host name that leads to a town; the primary one is used in messages."""

    class Meta:
        verbose_name = _("host name")
        verbose_name_plural = _("host names")

    def __str__(self) -> str:
        return str(self.domain)

"""What those who look after a child must know and do: measures, never diagnosis.

Every value is encrypted. An empty value is None, so that a list may say that
something is there without opening it.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.models.children import Child
from foundation.encryption import EncryptedTextField
from foundation.records import Record


class HealthSheetQuerySet(models.QuerySet["HealthSheet"]):
    """Subsets of the health sheets."""

    def telling(self) -> "HealthSheetQuerySet":
        """Keep those that ask something of the people who look after the child."""
        return self.exclude(
            measures=None,
            precautions=None,
            treatments=None,
            care_plan=None,
            care_plan_measures=None,
        )


class HealthSheet(Record):
    """The health sheet of a child. Codes are those of `families.enums`."""

    child = models.OneToOneField(Child, on_delete=models.CASCADE, related_name="health")
    measures = EncryptedTextField(_("measures"), null=True)
    precautions = EncryptedTextField(_("other precautions"), null=True)
    treatments = EncryptedTextField(_("treatments"), null=True)
    doctor_name = EncryptedTextField(_("doctor"), null=True)
    doctor_phone = EncryptedTextField(_("telephone of the doctor"), null=True)
    vaccinations = EncryptedTextField(_("vaccinations"), null=True)
    aids = EncryptedTextField(_("glasses and appliances"), null=True)
    care_plan = EncryptedTextField(_("individual care plan"), null=True)
    care_plan_measures = EncryptedTextField(_("measures of the care plan"), null=True)
    updated_at = models.DateTimeField(_("filled in at"))
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = HealthSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("health sheet")
        verbose_name_plural = _("health sheets")
        # Reading is a right of its own: a role, not a consequence of another one.
        default_permissions = ()
        permissions: ClassVar[list[tuple[str, Any]]] = [
            ("view_health", "Can read the health of children"),
            ("change_health", "Can change the health of children"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

"""Families brought from another software: the files, what is wrong, what was taken."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import ImportStatus
from foundation.records import Record
from foundation.storage import PrivateStorage


class FamilyImport(Record):
    """Some tables handed in together: taken whole, or not at all."""

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ImportStatus,
        default=ImportStatus.CHECKING,
    )
    # Lines by kind of table; problems and warnings as in `families.domain.imports`,
    # the first ones only. They name lines and columns, never what a cell holds.
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    problem_count = models.IntegerField(default=0)
    warning_count = models.IntegerField(default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("handed in at"))
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(_("taken at"), null=True)

    class Meta:
        verbose_name = _("import of families")
        verbose_name_plural = _("imports of families")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ImportFile(Record):
    """One file of an import, encrypted; deleted once the import is over."""

    families = models.ForeignKey(
        FamilyImport, on_delete=models.CASCADE, related_name="files"
    )
    file = models.FileField(storage=PrivateStorage(), max_length=200, blank=True)
    original_name = models.CharField(_("name of the file"), max_length=200)
    size = models.IntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")

    def __str__(self) -> str:
        return self.original_name

"""Signed codes found on documents (2D-Doc), and whether their signature holds."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums.seals import SealState
from families.models.proofs import Document
from foundation.encryption import EncryptedTextField
from foundation.records import Record


class DocumentSeal(Record):
    """One signed code of a document; without any, one row says that none was found.

    `content` is JSON: the fields of the code by identifier, as they are printed.
    """

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="seals"
    )
    position = models.IntegerField(_("order"), default=0)
    state = models.CharField(_("state"), max_length=16, choices=SealState)
    kind = models.CharField(_("type of paper"), max_length=2, blank=True)
    issuer = models.CharField(_("issuer"), max_length=120, blank=True)
    issued_on = models.DateField(_("written on"), null=True)
    signed_on = models.DateField(_("signed on"), null=True)
    content = EncryptedTextField(_("content"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("signed code")
        verbose_name_plural = _("signed codes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["document", "position"], name="a_code_of_a_document_is_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

"""Proofs: what the town asks for, and what families hand in."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import ProofKind, ProofStatus, ProofSubject, ProofValidity, Proves
from families.models.children import Child
from families.models.households import Household, Person
from foundation.encryption import EncryptedTextField
from foundation.records import Record
from foundation.storage import PrivateStorage
from tenants.domain.scope import Scope


class ProofType(Record):
    """A kind of proof, as staff describe it."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(
        _("what is given"), max_length=10, choices=ProofKind, default=ProofKind.FILE
    )
    subject = models.CharField(
        _("about"), max_length=12, choices=ProofSubject, default=ProofSubject.HOUSEHOLD
    )
    help_text = models.TextField(_("explanation for families"), blank=True)
    template = models.FileField(
        _("blank form to download"), upload_to="proof-templates", blank=True
    )
    # SHA-256 of the blank form, in hexadecimal: what recognises it in a pack.
    template_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    validity = models.CharField(
        _("validity"),
        max_length=12,
        choices=ProofValidity,
        default=ProofValidity.MONTHS,
    )
    validity_months = models.IntegerField(
        _("months of validity"), null=True, blank=True, default=12
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    proves = models.CharField(
        _("what it proves"), max_length=12, choices=Proves, default=Proves.NOTHING
    )
    # Of a form only: what `families.domain.proof_forms` reads.
    questions = models.JSONField(
        _("questions"), default=list, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("type of proof")
        verbose_name_plural = _("types of proof")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(validity=ProofValidity.MONTHS)
                | models.Q(validity_months__isnull=False, validity_months__gt=0),
                name="months_of_validity_are_given",
                violation_error_message=_("Say how many months the proof is valid."),
            ),
            models.CheckConstraint(
                condition=~models.Q(validity=ProofValidity.FIXED_DATE)
                | models.Q(valid_until__isnull=False),
                name="date_of_validity_is_given",
                violation_error_message=_("Say until when the proof is valid."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProofQuerySet(models.QuerySet["Proof"]):
    """Subsets of the proofs."""

    def in_scope(self, scope: Scope) -> "ProofQuerySet":
        """Return the proofs of families, and of children, that a clerk may see."""
        if scope.is_everything:
            return self
        own = models.Q(child=None) | models.Q(child__in=Child.objects.in_scope(scope))
        return self.filter(own, household__in=Household.objects.in_scope(scope))

    def current(self) -> "ProofQuerySet":
        """Leave out what was withdrawn, refused or replaced."""
        return self.filter(status__in=[ProofStatus.SUBMITTED, ProofStatus.ACCEPTED])

    def shown(self) -> "ProofQuerySet":
        """Leave out what was taken back or replaced, and what ended since."""
        next_one = Proof.objects.filter(
            models.Q(child=models.OuterRef("child"))
            | models.Q(person=models.OuterRef("person"))
            | models.Q(proof_type__subject=ProofSubject.HOUSEHOLD),
            proof_type=models.OuterRef("proof_type"),
            household=models.OuterRef("household"),
            status=ProofStatus.ACCEPTED,
            valid_from__gte=models.OuterRef("valid_until"),
        )
        return self.exclude(
            status__in=[ProofStatus.WITHDRAWN, ProofStatus.REPLACED]
        ).exclude(models.Exists(next_one))

    def of_same_kind(self, proof: "Proof") -> "ProofQuerySet":
        """Return the household's other proofs of the same type and subject."""
        return self.filter(
            proof_type_id=proof.proof_type_id,
            household_id=proof.household_id,
            child=proof.child,
            person=proof.person,
        ).exclude(pk=proof.pk)

    def valid(self, *, on: date) -> "ProofQuerySet":
        """Return accepted proofs that count on a day."""
        return self.filter(
            models.Q(valid_until=None) | models.Q(valid_until__gt=on),
            status=ProofStatus.ACCEPTED,
            valid_from__lte=on,
        )


class Proof(Record):
    """One proof of one household, of one of its adults or of one of its children.

    `value` is the text, the IBAN, the BIC, or the answers of a form as JSON.
    `valid_from` is the first day it counts, `valid_until` the first day it does not.
    """

    proof_type = models.ForeignKey(
        ProofType, on_delete=models.PROTECT, related_name="proofs"
    )
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="proofs"
    )
    child = models.ForeignKey(
        Child, on_delete=models.CASCADE, null=True, blank=True, related_name="proofs"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="proofs"
    )
    value = EncryptedTextField(_("value"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ProofStatus, default=ProofStatus.SUBMITTED
    )
    refusal_reason = models.TextField(_("reason of the refusal"), blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    valid_from = models.DateField(_("valid from"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    # Days before its end of the last warning that the family got.
    warned_before = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(status=ProofStatus.ACCEPTED)
                | models.Q(valid_from__isnull=False),
                name="an_accepted_proof_has_a_first_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ProofStatus.REFUSED)
                | ~models.Q(refusal_reason=""),
                name="a_refused_proof_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="a_proof_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(child=None) | models.Q(person=None),
                name="a_proof_is_about_one",
            ),
            models.UniqueConstraint(
                fields=["proof_type", "household", "child", "person"],
                condition=models.Q(status=ProofStatus.SUBMITTED),
                nulls_distinct=False,
                name="one_waiting_proof_of_a_type",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["household", "proof_type", "status"], name="proofs_of_household"
            ),
            models.Index(
                fields=["valid_until"],
                condition=models.Q(status=ProofStatus.ACCEPTED),
                name="proofs_that_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proof_type}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Subsets of the documents."""

    def in_scope(self, scope: Scope) -> "DocumentQuerySet":
        """Return the documents of proofs that a clerk may see."""
        if scope.is_everything:
            return self
        return self.filter(proof__in=Proof.objects.in_scope(scope))


class Document(Record):
    """A cleaned, encrypted file of a proof."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="documents")
    file = models.FileField(storage=PrivateStorage(), max_length=200)
    original_name = models.CharField(_("name of the file"), max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.IntegerField(_("size in bytes"))
    pages = models.IntegerField(_("pages"), default=1)
    sha256 = models.CharField(max_length=64)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.original_name

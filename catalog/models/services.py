"""Services, the situations they distinguish, and the proofs they ask for."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from catalog.enums import BillingMode, Silence
from families.models import ProofType
from foundation.records import Record
from tenants.domain.scope import Scope
from tenants.townhall.models import Commune, Department
from tenants.townhall.queries import within


class ServiceQuerySet(models.QuerySet["Service"]):
    """Subsets of the services."""

    def published(self) -> "ServiceQuerySet":
        """Return what families may see."""
        return self.filter(is_published=True)

    def in_scope(self, scope: Scope) -> "ServiceQuerySet":
        """Return the services of a clerk's departments."""
        return self.filter(within(scope, department="department_id"))


class Service(ClusterableModel, Record):
    """Something the town offers: canteen, after-school care, holiday courses."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("commune"),
        help_text=_("Leave empty for a service of the whole community."),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        related_name="services",
        verbose_name=_("department"),
    )
    summary = models.CharField(_("summary"), max_length=250, blank=True)
    description = models.TextField(_("description"), blank=True)
    billing_mode = models.CharField(
        _("payment"),
        max_length=16,
        choices=BillingMode,
        default=BillingMode.AFTER_ATTENDANCE,
    )
    requires_access = models.BooleanField(
        _("families ask for access first"), default=True
    )
    requests_open_at = models.DateTimeField(
        _("requests open from"), null=True, blank=True
    )
    bookings_open_at = models.DateTimeField(
        _("bookings open from"), null=True, blank=True
    )
    comes_after = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next_steps",
        verbose_name=_("step before"),
        help_text=_("Children are accepted there first. Empty: anybody may ask."),
    )
    once_accepted = models.TextField(
        _("what comes next once accepted"),
        blank=True,
        help_text=_("Families read it with the answer. Empty: we write what we know."),
    )
    keeps_waiting_list = models.BooleanField(
        _("keeps a waiting list"),
        default=False,
        help_text=_("Accepting a request puts it on the list. You then offer places."),
    )
    shows_rank = models.BooleanField(
        _("families see their rank"),
        default=False,
        help_text=_("Only their own number. It goes down as places are given."),
    )
    takes_expected_children = models.BooleanField(
        _("takes children to be born"),
        default=False,
        help_text=_("Families may join the list before the birth."),
    )
    days_to_answer = models.IntegerField(
        _("days to answer an offer"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    silence = models.CharField(
        _("without an answer in time"),
        max_length=10,
        choices=Silence,
        default=Silence.NOTHING,
        help_text=_("What the law makes of it. It is written to families."),
    )
    silence_months = models.IntegerField(
        _("months to answer"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    alert_days = models.IntegerField(
        _("days of warning"),
        default=14,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
        help_text=_("The department is told this long before the time is over."),
    )
    appeal = models.TextField(
        _("how to contest a refusal"),
        blank=True,
        help_text=_("Leave empty to write what the law says."),
    )
    is_published = models.BooleanField(_("shown to families"), default=False)
    position = models.IntegerField(_("order"), default=0)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(silence_months__range=(1, 12)),
                name="a_service_answers_within_a_year",
                violation_error_message=_("Write 1 to 12 months."),
            ),
            models.CheckConstraint(
                condition=models.Q(alert_days__range=(0, 60)),
                name="a_warning_comes_soon_before",
                violation_error_message=_("Write 0 to 60 days."),
            ),
            models.CheckConstraint(
                condition=models.Q(days_to_answer__range=(1, 60)),
                name="an_offer_is_answered_within_two_months",
                violation_error_message=_("Write 1 to 60 days."),
            ),
            models.CheckConstraint(
                condition=models.Q(keeps_waiting_list=False)
                | models.Q(requires_access=True),
                name="a_waiting_list_is_asked_for",
                violation_error_message=_(
                    "A waiting list needs requests: families ask for access first."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(takes_expected_children=False)
                | models.Q(keeps_waiting_list=True),
                name="only_a_list_takes_children_to_be_born",
                violation_error_message=_(
                    "Children to be born need a waiting list: tick it too."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(comes_after=None)
                | ~models.Q(comes_after=models.F("id")),
                name="a_service_does_not_follow_itself",
                violation_error_message=_("Choose another service as the step before."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Situation(Record):
    """A situation a family declares: one parent works, both parents work..."""

    service = ParentalKey(
        Service,
        on_delete=models.CASCADE,
        related_name="situations",
        verbose_name=_("service"),
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    help_text = models.CharField(_("explanation"), max_length=250, blank=True)
    points = models.PositiveSmallIntegerField(
        _("points on the waiting list"),
        default=0,
        validators=[MaxValueValidator(1000)],
        help_text=_("The most points come first, then the oldest requests."),
    )
    position = models.IntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("situation")
        verbose_name_plural = _("situations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["service", "code"],
                name="a_situation_is_once_in_a_service",
                violation_error_message=_("This service already has this situation."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Requirement(Record):
    """A proof that a service asks for, always, in one situation, or on one answer.

    The answer is one that the family gave in another proof, which is a form.
    """

    service = ParentalKey(
        Service,
        on_delete=models.CASCADE,
        related_name="requirements",
        verbose_name=_("service"),
    )
    proof_type = models.ForeignKey(
        ProofType,
        on_delete=models.PROTECT,
        related_name="requirements",
        verbose_name=_("type of proof"),
    )
    situation = models.ForeignKey(
        Situation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="requirements",
        verbose_name=_("only in this situation"),
    )
    only_if_proof = models.ForeignKey(
        ProofType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conditions",
        verbose_name=_("only on an answer of this form"),
    )
    only_if_question = models.CharField(_("question"), max_length=60, blank=True)
    only_if_answer = models.CharField(
        _("and the answer is"), max_length=120, blank=True
    )
    is_mandatory = models.BooleanField(_("compulsory"), default=True)
    position = models.IntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("proof asked for")
        verbose_name_plural = _("proofs asked for")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["service", "proof_type", "situation"],
                nulls_distinct=False,
                name="a_proof_is_asked_once",
                violation_error_message=_("This proof is already asked for."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    only_if_proof=None, only_if_question="", only_if_answer=""
                )
                | (
                    models.Q(only_if_proof__isnull=False)
                    & ~models.Q(only_if_question="")
                    & ~models.Q(only_if_answer="")
                ),
                name="a_condition_on_an_answer_is_whole",
                violation_error_message=_(
                    "Say which question of the form, and which answer."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.proof_type)

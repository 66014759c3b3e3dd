"""Activities and their sessions, with places that are never given twice."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from catalog.enums import ActivityKind
from catalog.models.calendars import CalendarPeriod, Closure
from catalog.models.services import Service
from catalog.models.tariffs import Tariff
from families.enums import Residence
from foundation.days import short_day
from foundation.records import Record
from tenants.domain.scope import Scope
from tenants.townhall.queries import within


def no_deadline() -> dict[str, str]:
    """Return the rule of what is never too late."""
    return {"rule": "none"}


class SharedPlaces(Record):
    """Places that several activities share; a trigger counts who is there at once."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("What is shared, like “Leisure centre” or “Bus to the pool”."),
    )
    capacity = models.IntegerField(
        _("children at the same time"),
        help_text=_("In all the activities that share these places together."),
    )

    class Meta:
        verbose_name = _("shared places")
        verbose_name_plural = _("shared places")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(capacity__gt=0),
                name="shared_places_are_at_least_one",
                violation_error_message=_("There is at least one place."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Subsets of the activities."""

    def in_scope(self, scope: Scope) -> "ActivityQuerySet":
        """Return the activities of a clerk's departments."""
        return self.filter(within(scope, department="service__department_id"))


class Activity(ClusterableModel, Record):
    """Something booked inside a service: lunch, a swimming course."""

    service = models.ForeignKey(
        Service,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name=_("service"),
    )
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("booked"), max_length=10, choices=ActivityKind)
    tariff = models.ForeignKey(
        Tariff,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name=_("tariff"),
    )
    # Number of tariff units one booking counts: half-hours, weeks, meals.
    units = models.IntegerField(_("units in a booking"), default=1)
    weekdays = models.JSONField(
        _("days of the week"),
        default=list,
        blank=True,
        help_text=_("1 is Monday, 7 is Sunday."),
    )
    start_time = models.TimeField(_("starts at"))
    end_time = models.TimeField(_("ends at"))
    booking_deadline = models.JSONField(_("deadline to book"), default=no_deadline)
    cancellation_deadline = models.JSONField(
        _("deadline to cancel"), default=no_deadline
    )
    late_booking = models.BooleanField(
        _("accepts bookings after the deadline, at the late price"), default=False
    )
    age_min = models.IntegerField(_("youngest age"), null=True, blank=True)
    age_max = models.IntegerField(_("oldest age"), null=True, blank=True)
    # Codes of the classes admitted; empty admits all of them.
    school_classes = models.JSONField(_("school classes"), default=list, blank=True)
    residents_only = models.BooleanField(_("residents only"), default=False)
    # At most so many bookings per child in one calendar period; none without value.
    quota_per_period = models.IntegerField(
        _("bookings per child in a period"), null=True, blank=True
    )
    # Activities that share a quota (swimming and skating courses).
    quota_group = models.SlugField(_("shared quota"), max_length=60, blank=True)
    shared_places = models.ForeignKey(
        SharedPlaces,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("shared places"),
        help_text=_("With other activities, beside the places of each session."),
    )
    position = models.IntegerField(_("order"), default=0)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(end_time__gt=models.F("start_time")),
                name="activity_ends_after_it_starts",
                violation_error_message=_("An activity ends after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(units__gt=0), name="a_booking_counts_units"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrationWindow(Record):
    """When a category of households may book an activity, or one of its sessions."""

    activity = ParentalKey(
        Activity,
        on_delete=models.CASCADE,
        related_name="windows",
        verbose_name=_("activity"),
    )
    residence = models.CharField(
        _("for"),
        max_length=14,
        choices=Residence,
        blank=True,
        help_text=_("Leave empty for everyone."),
    )
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration period")
        verbose_name_plural = _("registration periods")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(closes_at=None)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="registration_closes_after_it_opens",
                violation_error_message=_("Registration closes after it opens."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {short_day(self.opens_at)}"


class SessionQuerySet(models.QuerySet["Session"]):
    """Subsets of the sessions."""

    def between(self, first: date, until: date) -> "SessionQuerySet":
        """Return sessions that start in a half-open period, in order."""
        return self.filter(starts_on__gte=first, starts_on__lt=until).order_by(
            "starts_on", "start_time", "id"
        )

    def not_cancelled(self) -> "SessionQuerySet":
        """Leave out cancelled sessions."""
        return self.filter(cancelled_at=None)

    def in_scope(self, scope: Scope) -> "SessionQuerySet":
        """Return the sessions of a clerk's departments."""
        return self.filter(within(scope, department="activity__service__department_id"))


class Session(Record):
    """What a child is booked in: a dated unit, or a course as a whole.

    `seats_taken` is kept by a trigger on bookings; the constraint below makes an
    overbooking impossible whatever the code above it does. `ends_on` is included.
    """

    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        related_name="sessions",
        verbose_name=_("activity"),
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    period = models.ForeignKey(
        CalendarPeriod,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("period"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    start_time = models.TimeField(_("starts at"))
    end_time = models.TimeField(_("ends at"))
    # Days the session meets; empty means every day from the first to the last.
    meets_on = models.JSONField(_("days"), default=list, blank=True)
    born_from = models.DateField(_("born from"), null=True, blank=True)
    born_until = models.DateField(_("born until (included)"), null=True, blank=True)
    # None: no limit.
    capacity = models.IntegerField(_("places"), null=True, blank=True)
    # Minor units of the town's currency; a tariff may ask for it (`session_amount`).
    price_minor = models.BigIntegerField(_("price of its own"), null=True, blank=True)
    seats_taken = models.IntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What cancelled it: a closure that is lifted opens it again.
    closure = models.ForeignKey(
        Closure,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="sessions",
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="session_ends_after_it_starts",
                violation_error_message=_("A session ends after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(end_time__gt=models.F("start_time")),
                name="session_day_ends_after_it_starts",
                violation_error_message=_("A session ends after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats_taken__gte=0)
                & (
                    models.Q(capacity=None)
                    | models.Q(seats_taken__lte=models.F("capacity"))
                ),
                name="a_session_is_never_overbooked",
                violation_error_message=_("This session is full."),
            ),
            models.CheckConstraint(
                condition=models.Q(price_minor=None) | models.Q(price_minor__gte=0),
                name="a_session_price_is_not_negative",
                violation_error_message=_("A price is never below zero."),
            ),
            models.UniqueConstraint(
                fields=["activity", "name", "starts_on", "start_time"],
                name="a_session_is_once_in_an_activity",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["activity", "starts_on"], name="sessions_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.name or self.activity}, {short_day(self.starts_on)}"

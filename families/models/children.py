"""Children, who may belong to several households."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext as _g, gettext_lazy as _

from families.enums import CLASS_LABELS, Filiation
from families.models.households import Household
from foundation.codes import DrawnCode
from foundation.days import date_format
from foundation.records import Record
from foundation.storage import PrivateStorage
from tenants.domain.scope import Scope
from tenants.townhall.models import School


class MealType(Record):
    """A kind of meal that the town serves. It says what is on the plate, not why."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(
        _("name"),
        max_length=60,
        help_text=_("What is served: “without pork”, “without meat”..."),
    )
    is_offered = models.BooleanField(
        _("offered to families"),
        default=True,
        help_text=_("Children who have it already keep it."),
    )
    position = models.IntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("type of meal")
        verbose_name_plural = _("types of meal")

    def __str__(self) -> str:
        return self.name


class ChildQuerySet(models.QuerySet["Child"]):
    """Subsets of the children."""

    def born(self) -> "ChildQuerySet":
        """Leave out the children still to be born: they only wait for a place."""
        return self.filter(is_expected=False)

    def of(self, household: Household) -> "ChildQuerySet":
        """Return the children of a household who are born, eldest first."""
        return self.in_family(household).born()

    def in_family(self, household: Household) -> "ChildQuerySet":
        """Return the children of a household and their schools, expected ones last.

        Each says in `sees_file` whether the household may open the child's file.
        """
        return (
            self.filter(
                memberships__in=ChildMembership.objects.current().filter(
                    household=household
                )
            )
            .annotate(sees_file=models.F("memberships__sees_file"))  # type: ignore[no-redef] # Declared for its readers.
            .select_related("school")
            .order_by("is_expected", "birth_date", "id")
        )

    def in_scope(self, scope: Scope) -> "ChildQuerySet":
        """Return the children a clerk may see: of their schools and departments.

        A child to be born is seen as long as its family expects it.
        """
        found = self.filter(
            models.Q(is_expected=False)
            | models.Exists(
                ChildMembership.objects.current().filter(child=models.OuterRef("pk"))
            ),
            merged_into=None,
        )
        if scope.departments is not None:
            known = ChildMembership.objects.filter(
                household__in=Household.objects.in_scope(Scope(scope.departments))
            )
            found = found.filter(pk__in=known.values("child"))
        if scope.schools is not None:
            found = found.filter(school_id__in=scope.schools)
        return found


class Child(Record):
    """A child. The birth date decides which sessions are open to it.

    A child to be born only waits for a place: `is_expected`, the day it is expected in
    `birth_date`, a first name or none.
    """

    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    birth_date = models.DateField(_("birth date"))
    is_expected = models.BooleanField(_("to be born"), default=False)
    # Printed on invoices: with a birth date, it opens the family's file.
    person_code = models.CharField(
        _("person code"),
        max_length=12,
        unique=True,
        db_default=DrawnCode(),
        editable=False,
    )
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("school"),
    )
    other_school = models.CharField(_("other school"), max_length=120, blank=True)
    school_class = models.CharField(_("class"), max_length=20, blank=True)
    # The child that took over this one, which was entered twice.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    meal_type = models.ForeignKey(
        MealType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("meals"),
    )
    insurance_company = models.CharField(_("insurer"), max_length=120, blank=True)
    insurance_policy = models.CharField(_("policy number"), max_length=60, blank=True)
    insurance_until = models.DateField(_("insured until"), null=True, blank=True)
    households = models.ManyToManyField(
        Household, through="ChildMembership", related_name="children"
    )

    # Whether a household may open the file, where `ChildQuerySet.of` read the child.
    sees_file: bool

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(school=None) | models.Q(other_school=""),
                name="a_child_has_one_school",
                violation_error_message=_("Choose a school, or write another one."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_expected=False)
                | models.Q(
                    school=None,
                    other_school="",
                    school_class="",
                    meal_type=None,
                    insurance_company="",
                ),
                name="a_child_to_be_born_has_no_file",
                violation_error_message=_("Write the birth of this child first."),
            ),
        ]

    def __str__(self) -> str:
        if self.first_name or not self.is_expected:
            return f"{self.first_name} {self.last_name}"
        month = date_format(self.birth_date, "F Y")
        return _g("Child expected in %(month)s") % {"month": month}

    @property
    def called(self) -> str:
        """The first name; of a child to be born without one, when it is expected."""
        return self.first_name or str(self)

    @property
    def drawn_as(self) -> str:
        """The name whose initials stand for the child, where there is no photo."""
        return self.first_name or self.last_name

    @property
    def school_name(self) -> str:
        """The school's name; reads the school unless it was selected with the child."""
        return self.school.name if self.school else self.other_school

    @property
    def class_label(self) -> str:
        """The class in words; a code the list no longer has is shown as it is."""
        return str(CLASS_LABELS.get(self.school_class, self.school_class))


class ChildMembershipQuerySet(models.QuerySet["ChildMembership"]):
    """Subsets of the children's places in households."""

    def current(self) -> "ChildMembershipQuerySet":
        """Return those that hold today.

        On the database's own date, in the town's time zone: who sees a child must not
        depend on a caller who forgets to say which day it is.
        """
        today = TruncDate(Now())
        return self.filter(
            models.Q(from_on=None) | models.Q(from_on__lte=today),
            models.Q(until_on=None) | models.Q(until_on__gt=today),
        )


class ChildPhoto(Record):
    """The identity photo: square, redrawn by us, encrypted on disk."""

    child = models.OneToOneField(Child, on_delete=models.CASCADE, related_name="photo")
    file = models.FileField(storage=PrivateStorage(), max_length=200)
    size = models.IntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("photo of a child")
        verbose_name_plural = _("photos of children")

    def __str__(self) -> str:
        return str(self.public_id)


class ChildMembership(models.Model):
    """A child's place in a household, from a day until another (not included).

    A household that may not see the file still sees the child's name, and books.
    """

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="memberships"
    )
    child = models.ForeignKey(
        Child, on_delete=models.CASCADE, related_name="memberships"
    )
    # What the responsible of this household is to the child; another one elsewhere.
    filiation = models.CharField(
        _("link with the child"), max_length=16, choices=Filiation, blank=True
    )
    sees_file = models.BooleanField(_("sees the child's file"), default=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = ChildMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("child of the household")
        verbose_name_plural = _("children of the household")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["household", "child"], name="a_child_is_once_in_a_household"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(from_on=None)
                | models.Q(until_on__gt=models.F("from_on")),
                name="a_place_in_a_household_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} / {self.household}"

"""Adults and the households they are responsible for."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from families.enums import Civility, GuardianRole
from foundation.accounts.models import Account
from foundation.codes import DrawnCode
from foundation.records import Record
from tenants.domain.scope import Scope
from tenants.townhall.models import Commune, Department


class Person(Record):
    """An adult. The account, if any, is only the way this person signs in."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    civility = models.CharField(
        _("title"), max_length=10, choices=Civility, default=Civility.NONE
    )
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    # Printed on invoices: with a birth date, it opens the family's file.
    person_code = models.CharField(
        _("person code"),
        max_length=12,
        unique=True,
        db_default=DrawnCode(),
        editable=False,
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    # When the statement on personal data was shown, or agreed to, at sign-up.
    notice_seen_at = models.DateTimeField(null=True, editable=False)
    of_age_declared_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class HouseholdQuerySet(models.QuerySet["Household"]):
    """Subsets of the households."""

    def of(self, account: Account) -> "HouseholdQuerySet":
        """Return households that this account is responsible for."""
        return self.filter(guardians__person__account=account)

    def current(self) -> "HouseholdQuerySet":
        """Leave out files that were merged into another one, or erased."""
        return self.filter(merged_into=None, erased_at=None)

    def in_scope(self, scope: Scope) -> "HouseholdQuerySet":
        """Return the files a clerk may see.

        A department sees who asked for one of its services; a school sees the
        families of its pupils. Files merged into another one are not seen.
        """
        found = self.current()
        if scope.departments is not None:
            followed = Household.objects.filter(
                followings__department_id__in=scope.departments
            )
            found = found.filter(pk__in=followed.values("pk"))
        if scope.schools is not None:
            taught = Household.objects.filter(
                memberships__child__school_id__in=scope.schools
            )
            found = found.filter(pk__in=taught.values("pk"))
        return found


class Household(Record):
    """A family's file with the town: one payer, one address, one statement."""

    file_number = models.CharField(_("file number"), max_length=20, unique=True)
    street = models.CharField(_("street"), max_length=200)
    street_extra = models.CharField(_("building, floor"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12)
    city = models.CharField(_("city"), max_length=120)
    country = models.CharField(_("country"), max_length=2, default="FR")
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="households",
        verbose_name=_("commune"),
    )
    # The file that took over this one: its number still leads there.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    # When all that was known of the family went; its number is never given again.
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self) -> str:
        return self.file_number


class Guardian(models.Model):
    """An adult responsible for a household."""

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="guardians"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="guardianships"
    )
    role = models.CharField(_("role"), max_length=20, choices=GuardianRole)
    # In how many households the person is, where `find_guardian` read this one.
    among: int

    class Meta:
        verbose_name = _("guardian")
        verbose_name_plural = _("guardians")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["household", "person"],
                name="a_person_is_once_in_a_household",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(role=GuardianRole.RESPONSIBLE),
                name="a_household_has_one_responsible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class Following(models.Model):
    """A department knows a household: it was asked for one of its services."""

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="followings"
    )
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="followings"
    )
    since_on = models.DateField(_("since"))

    class Meta:
        verbose_name = _("household known to a department")
        verbose_name_plural = _("households known to departments")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["household", "department"],
                name="a_department_knows_a_household_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.household} / {self.department}"

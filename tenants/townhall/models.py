"""A town's settings, communes, schools and departments.

The settings are rows, never code: the portals we replace disagree on each of them.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.encryption.fields import EncryptedTextField
from foundation.records import Record
from tenants.domain.scope import Scope


class LegalBasis(models.TextChoices):
    """Why the town may keep personal data."""

    PUBLIC_INTEREST = "public_interest", _("Public-interest mission (notice)")
    CONSENT = "consent", _("Consent (box to tick)")


class LinkingMethod(models.TextChoices):
    """How an account reaches a file that the town had before."""

    FILE_NUMBER = "file_number", _("File number and birth date")
    SUBSCRIBER_CODE = "subscriber_code", _("Code received by post")
    INVOICE = "invoice", _("An invoice")


class SignUpStyle(models.TextChoices):
    """How families open their account."""

    PASSWORD_FIRST = "password_first", _("With a password, then a link by mail")
    LINK_FIRST = "link_first", _("A link by mail, then a password")
    ADDRESS_FIRST = "address_first", _("The address first, the rest after the link")


class TownSettings(models.Model):
    """One row per town."""

    name = models.CharField(_("name shown to families"), max_length=120)
    second_name = models.CharField(
        _("second name"),
        max_length=120,
        blank=True,
        help_text=_("Shown beside the first one: the town and its community."),
    )
    brand_colour = models.CharField(_("colour"), max_length=7, default="#1d5c63")
    accent_colour = models.CharField(_("second colour"), max_length=7, blank=True)
    theme_css = models.TextField(editable=False, blank=True)
    theme_hash = models.CharField(max_length=16, editable=False, blank=True)
    logo = models.ImageField(_("logo"), upload_to="brand", blank=True)
    second_logo = models.ImageField(_("second logo"), upload_to="brand", blank=True)
    address = models.TextField(_("postal address"), blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    minimum_age = models.IntegerField(_("minimum age to open an account"), default=18)
    legal_basis = models.CharField(
        _("legal basis"),
        max_length=20,
        choices=LegalBasis,
        default=LegalBasis.PUBLIC_INTEREST,
    )
    legal_notice = models.TextField(_("statement on personal data"), blank=True)
    sign_up_style = models.CharField(
        _("way to open an account"),
        max_length=20,
        choices=SignUpStyle,
        default=SignUpStyle.PASSWORD_FIRST,
    )
    robot_check = models.BooleanField(
        _("check that people are not robots"), default=True
    )
    password_length = models.IntegerField(_("shortest password"), default=12)
    password_kinds = models.IntegerField(
        _("kinds of characters"),
        default=0,
        help_text=_("How many of the four: small, capital, digit, sign. 0 asks none."),
    )
    password_required = models.JSONField(
        _("kinds always required"), default=list, blank=True
    )
    linking_methods = ArrayField(
        models.CharField(max_length=16, choices=LinkingMethod),
        verbose_name=_("how families reach the file the town has"),
        default=list,
        blank=True,
    )
    file_request_hours = models.IntegerField(
        _("hours to answer a request for a file number"),
        default=72,
        validators=[MinValueValidator(1)],
    )
    claim_code_days = models.IntegerField(
        _("days a subscriber code is valid"),
        default=180,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
    )
    temporary_password_days = models.IntegerField(
        _("days a temporary password is valid"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    basket_minutes = models.IntegerField(
        _("minutes a place is kept in a basket"),
        default=30,
        validators=[MinValueValidator(5)],
    )

    collector_age = models.IntegerField(
        _("minimum age to collect a child"),
        default=16,
        validators=[MinValueValidator(10), MaxValueValidator(18)],
    )

    class Meta:
        verbose_name = _("settings of the town")
        verbose_name_plural = _("settings of the town")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(id=1), name="a_town_has_one_row_of_settings"
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_age__range=(13, 25)),
                name="minimum_age_is_sensible",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    password_length__range=(8, 64), password_kinds__range=(0, 4)
                ),
                name="rule_of_passwords_is_sensible",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Commune(Record):
    """A commune served by the town: itself, or one of its members."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    postal_codes = models.JSONField(_("postal codes"), default=list, blank=True)
    position = models.IntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self) -> str:
        return self.name


class SchoolQuerySet(models.QuerySet["School"]):
    """Subsets of the schools."""

    def in_scope(self, scope: Scope) -> "SchoolQuerySet":
        """Return a clerk's schools."""
        return self if scope.schools is None else self.filter(pk__in=scope.schools)


class School(Record):
    """A school of the town, or one that its children go to."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="schools",
        verbose_name=_("commune"),
    )
    position = models.IntegerField(_("order"), default=0)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def __str__(self) -> str:
        return self.name


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Subsets of the departments."""

    def in_scope(self, scope: Scope) -> "DepartmentQuerySet":
        """Return a clerk's departments."""
        return (
            self if scope.departments is None else self.filter(pk__in=scope.departments)
        )


class Department(Record):
    """A department of the town: signs its messages, and sees its own services."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    sender_name = models.CharField(_("name of the sender"), max_length=120)
    reply_to = models.EmailField(_("address for answers"), blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.name


class StaffScope(models.Model):
    """The part of the town that a member of staff sees; without a row, all of it."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_scope"
    )
    all_departments = models.BooleanField(_("every department"), default=True)
    departments = models.ManyToManyField(
        Department, blank=True, related_name="+", verbose_name=_("departments")
    )
    all_schools = models.BooleanField(_("every school"), default=True)
    schools = models.ManyToManyField(
        School, blank=True, related_name="+", verbose_name=_("schools")
    )

    class Meta:
        verbose_name = _("part of the town seen")
        verbose_name_plural = _("parts of the town seen")

    def __str__(self) -> str:
        return str(self.account)


class ProviderKind(models.TextChoices):
    """What the town signed up to."""

    OPENID = "openid", _("OpenID Connect")
    FRANCECONNECT = "franceconnect", _("FranceConnect")


class SignInProvider(Record):
    """A service through which families sign in: it says who they are.

    Its code stands in the address that the service sends people back to, so it never
    changes once the town declared that address there.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ProviderKind,
        default=ProviderKind.OPENID,
    )
    label = models.CharField(_("words of the button"), max_length=60)
    discovery_url = models.URLField(_("discovery address"), max_length=500)
    client_id = models.CharField(_("client identifier"), max_length=191)
    secret = EncryptedTextField(_("client secret"))
    is_offered = models.BooleanField(_("offered on the sign-in page"), default=True)

    class Meta:
        verbose_name = _("sign-in service")
        verbose_name_plural = _("sign-in services")

    def __str__(self) -> str:
        return self.label

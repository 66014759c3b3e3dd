"""An account is a login, never a person's file."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

USER_NAME_RULE = _(
    "3 to 30 signs: letters without accents, digits, dots, hyphens. "
    "It starts with a letter or a digit."
)
# Never an at sign: a user name is not mistaken for an address.
USER_NAME = r"^[a-z0-9][a-z0-9._-]{2,29}\Z"


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts by e-mail address."""

    use_in_migrations = True

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Account":
        """Create an account; without a password it cannot sign in yet."""
        account = self.model(email=self.normalise_address(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Account":
        """Create an account with every right of its schema."""
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find an account whatever the letter case of its address."""
        return self.get(email__iexact=username)

    @staticmethod
    def normalise_address(email: str) -> str:
        """Return the address in lower case, without surrounding blanks."""
        return email.strip().lower()


class Account(AbstractUser):
    """Somebody who can sign in here: a family member, a clerk, or an operator."""

    username = None  # type: ignore[assignment] # The e-mail address is the name.
    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("An account already has this address.")},
    )
    user_name = models.CharField(
        _("user name"),
        max_length=30,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(USER_NAME, USER_NAME_RULE)],
        error_messages={"unique": _("Somebody else has this user name.")},
    )
    # Set while the password is one the town made: it opens one page, to choose another.
    temporary_until = models.DateTimeField(
        _("temporary password valid until"), null=True, editable=False
    )
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()  # type: ignore[assignment,misc] # Stricter than AbstractUser's.

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="account_address_is_in_lower_case",
            ),
            models.CheckConstraint(
                condition=models.Q(user_name=None)
                | models.Q(user_name__regex=USER_NAME),
                name="a_user_name_is_short_and_plain",
                violation_error_message=USER_NAME_RULE,
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def must_choose_password(self) -> bool:
        """Whether the password was made by the town and is still to be changed."""
        return self.temporary_until is not None

    def set_password(self, raw_password: str | None) -> None:
        """Keep a password; one that replaces a temporary one is the person's own."""
        super().set_password(raw_password)
        self.temporary_until = None

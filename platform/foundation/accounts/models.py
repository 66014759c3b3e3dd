"""An account is a login, never a person's file."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


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
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

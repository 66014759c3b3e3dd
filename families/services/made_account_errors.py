"""Why the town cannot open somebody's account."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class NoAddressError(DomainError):
    """There is nowhere to write to."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no e-mail address on file. Add one, or print a letter.")
        )


class AddressTakenError(DomainError):
    """Another account signs in with this address."""

    def __init__(self) -> None:
        super().__init__(
            _("Another account has this address. Check it with the family.")
        )


class AccountInUseError(DomainError):
    """The person chose a password: only they can change it."""

    def __init__(self) -> None:
        super().__init__(
            _("This person has an account already. They can ask for a new password.")
        )

"""Why an account is not linked to a file. The first answer says the same to all."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class NoSuchFileError(DomainError):
    """Unknown number, wrong date, or a file somebody signs in to: never said which."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "We cannot link a file with these details. Check them, or contact "
                "the town."
            )
        )


class TooManyAttemptsError(DomainError):
    """One more guess than the town allows for now."""

    def __init__(self) -> None:
        super().__init__(
            _("Too many attempts. Wait an hour and try again, or contact the town.")
        )


class AlreadyUndoneError(DomainError):
    """The link was undone, or the account is elsewhere by now."""

    def __init__(self) -> None:
        super().__init__(_("This link is undone already."))


class AlreadyAskedError(DomainError):
    """The account has a request that waits."""

    def __init__(self) -> None:
        super().__init__(
            _("You asked already. We write to you as soon as it is answered.")
        )


class AlreadyAnsweredError(DomainError):
    """A colleague was quicker."""

    def __init__(self) -> None:
        super().__init__(_("This request is answered already."))

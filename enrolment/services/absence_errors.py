"""Why an absence cannot be explained now, in sentences for the family."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class NoDayChosenError(DomainError):
    """A reason explains at least one day."""

    def __init__(self) -> None:
        super().__init__(_("Choose the days of the absence."))


class NotToExplainError(DomainError):
    """One of the days was cancelled, attended, or is too old."""

    def __init__(self) -> None:
        super().__init__(_("One of these days can no longer be explained. Look again."))


class StillWaitingError(DomainError):
    """The town has not decided on the former reason yet."""

    def __init__(self) -> None:
        super().__init__(
            _("The town still looks at your last reason. Wait for its answer.")
        )

"""Why a change is not decided, in sentences for the clerk or for the family."""

from django.utils.translation import gettext_lazy as _

from families.models import ProposedValue
from foundation.errors import DomainError


class AlreadyDecidedError(DomainError):
    """Somebody closed this value in the meantime."""

    def __init__(self, value: ProposedValue) -> None:
        who = str(value.closed_by or "")
        super().__init__(
            _("%(who)s closed this already: %(status)s. Nothing more was done.")
            % {"who": who, "status": value.get_status_display()}
        )


class ReasonNeededError(DomainError):
    """A refusal without its reason helps nobody."""

    def __init__(self) -> None:
        super().__init__(_("Say why you refuse: the family reads it."))


class ChangedMeanwhileError(DomainError):
    """The present value is no longer the one that the clerk saw."""

    def __init__(self, label: object) -> None:
        super().__init__(
            _("“%(field)s” changed while you were reading. Look again, then decide.")
            % {"field": label}
        )


class NoLongerTheirsError(DomainError):
    """The child or the adult left the household since."""

    def __init__(self) -> None:
        super().__init__(
            _("This person is no longer part of the household. Refuse the change.")
        )

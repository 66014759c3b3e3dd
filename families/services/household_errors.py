"""Why a household does not change, in sentences for the family or for the clerk."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class NotResponsibleError(DomainError):
    """Only the responsible of a household invites, and takes out."""

    def __init__(self) -> None:
        super().__init__(_("Only the responsible of the household can do this."))


class TooManyInvitationsError(DomainError):
    """The household, or somebody who holds its link, asks for too many messages."""

    def __init__(self) -> None:
        super().__init__(_("Too many invitations today. Please try again tomorrow."))


class AlreadyInHouseholdError(DomainError):
    """The person answers for this household already."""

    def __init__(self) -> None:
        super().__init__(_("This person is in the household already."))


class NoChildChosenError(DomainError):
    """Sharing needs at least one child whose file the household sees."""

    def __init__(self) -> None:
        super().__init__(_("Choose at least one child to share."))


class InvitationOverError(DomainError):
    """Somebody answered, or the invitation was taken back, in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("This invitation no longer waits for an answer."))


class OtherHouseholdNeededError(DomainError):
    """A child is shared with another household, never with its own."""

    def __init__(self) -> None:
        super().__init__(_("Choose another household: the child is in this one."))


class ResponsibleStaysError(DomainError):
    """A household always has one responsible."""

    def __init__(self) -> None:
        super().__init__(
            _("The responsible cannot leave. Ask the town to name another one first.")
        )


class ReasonNeededError(DomainError):
    """A decision about people is written with its reason."""

    def __init__(self) -> None:
        super().__init__(_("Say why: it is kept with the decision."))


class LastHouseholdError(DomainError):
    """A child belongs to one household at least."""

    def __init__(self) -> None:
        super().__init__(_("This child has no other household. Add one first."))


class PastDayError(DomainError):
    """The past is not rewritten by the way."""

    def __init__(self) -> None:
        super().__init__(
            _("Choose today or a later day, or say that you correct a mistake.")
        )


class EndBeforeStartError(DomainError):
    """The first day comes before the end."""

    def __init__(self) -> None:
        super().__init__(_("The end must come after the first day."))


class SameFactError(DomainError):
    """Nothing would change."""

    def __init__(self) -> None:
        super().__init__(_("Nothing to end: no record holds on that day."))

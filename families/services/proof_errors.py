"""Why a proof is not taken, in sentences for the family or for the clerk."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class MissingProofError(DomainError):
    """Nothing was handed in."""

    def __init__(self) -> None:
        super().__init__(_("Add the document, or type what is asked."))


class WrongIbanError(DomainError):
    """The text is not an IBAN."""

    def __init__(self) -> None:
        super().__init__(_("Check the IBAN: a letter or a digit is wrong."))


class WrongSubjectError(DomainError):
    """A proof about a child needs the child, another must not have one."""

    def __init__(self) -> None:
        super().__init__(_("Choose one of your children for this proof."))


class AlreadyReviewedError(DomainError):
    """Somebody decided, or the family took the proof back, in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            _("This proof no longer waits for a decision. Reload the page.")
        )


class DatedTooEarlyError(DomainError):
    """A proof never counts before the day it was handed in."""

    def __init__(self, first: date) -> None:
        super().__init__(
            _("A proof counts from the day it was handed in (%(day)s) at the earliest.")
            % {"day": f"{first:%d/%m/%Y}"}
        )


class AlreadyOverError(DomainError):
    """With this first day, the proof would never have counted."""

    def __init__(self) -> None:
        super().__init__(_("With this date the proof would be out of date at once."))


class MissingValueError(DomainError):
    """Accepting this proof writes a value that was not given."""

    def __init__(self) -> None:
        super().__init__(_("Enter what this proof establishes before accepting it."))


class MissingReasonError(DomainError):
    """A refusal without its reason helps nobody."""

    def __init__(self) -> None:
        super().__init__(_("Say why: the family reads it and knows what to send."))

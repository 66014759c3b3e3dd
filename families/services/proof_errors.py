"""Why a proof is not taken, in sentences for the family or for the clerk."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from families.domain.proof_forms import Wrong
from foundation.errors import DomainError


class MissingProofError(DomainError):
    """Nothing was handed in."""

    def __init__(self) -> None:
        super().__init__(_("Add the document, or type what is asked."))


class WrongIbanError(DomainError):
    """The text is not an IBAN."""

    def __init__(self) -> None:
        super().__init__(_("Check the IBAN: a letter or a digit is wrong."))


class WrongBicError(DomainError):
    """The text is not a BIC."""

    def __init__(self) -> None:
        super().__init__(_("Check the BIC: it has 8 or 11 letters and digits."))


class WrongAnswersGivenError(DomainError):
    """Some answers of a form are not taken: `reasons`, by the code of the question."""

    def __init__(self, reasons: Mapping[str, Wrong]) -> None:
        super().__init__(_("Some answers are missing or wrong. Check them."))
        self.reasons = reasons


class SignedElsewhereError(DomainError):
    """A mandate is signed where it is kept, never sent as a proof."""

    def __init__(self) -> None:
        super().__init__(_("Sign the mandate in your space: it counts at once."))


class WrongSubjectError(DomainError):
    """A proof about a child or an adult names them, another names nobody."""

    def __init__(self) -> None:
        super().__init__(_("Choose whom this proof is about, in your household."))


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

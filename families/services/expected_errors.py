"""Why a child to be born cannot be written down so, in sentences for people."""

from datetime import date

from django.utils.translation import gettext as _g, gettext_lazy as _

from foundation.days import date_format
from foundation.errors import DomainError


class ImplausibleWaitError(DomainError):
    """No child is expected for that day: it is past, or further than a pregnancy."""

    def __init__(self) -> None:
        super().__init__(_("Check the date: from today, and at most ten months ahead."))


class NobodyWaitsError(DomainError):
    """No service of the town takes children before their birth."""

    def __init__(self) -> None:
        super().__init__(_("No waiting list takes children to be born at the moment."))


class NotThisBirthError(DomainError):
    """The birth is too far from the day the child was expected: it is another one."""

    def __init__(self, expected_on: date) -> None:
        super().__init__(
            _g("Check the date of birth: this child was expected on %(day)s.")
            % {"day": date_format(expected_on, "DATE_FORMAT")}
        )


class AlreadyBornError(DomainError):
    """The birth was written already."""

    def __init__(self) -> None:
        super().__init__(_("The birth of this child is already written."))

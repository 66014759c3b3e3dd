"""Why two records are not made one."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class MergeRefusedError(DomainError):
    """Something has to be settled before; the message says what."""


class SameRecordError(MergeRefusedError):
    """A record is not merged with itself, nor with one merged before."""

    def __init__(self) -> None:
        super().__init__(_("Choose two different records that both still exist."))


class BirthNotWrittenError(MergeRefusedError):
    """A child to be born does not take over one who is born."""

    def __init__(self) -> None:
        super().__init__(_("Keep the child who is born, not the one to be born."))


class TwoAccountsError(MergeRefusedError):
    """Both adults sign in: only one account may stay."""

    def __init__(self) -> None:
        super().__init__(
            _("Both adults sign in. Close one of the accounts first, then merge.")
        )


class ConflictError(MergeRefusedError):
    """Rows of both cannot stand together."""

    def __init__(self, records: object) -> None:
        text = _("Both have %(records)s that cannot stand together. Settle them first.")
        super().__init__(text % {"records": records})

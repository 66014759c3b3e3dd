"""Why a request cannot go on, in sentences for the family or for the clerk."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _g, gettext_lazy as _

from catalog.models import Service
from enrolment.models import AccessRequest
from foundation.days import date_format
from foundation.errors import DomainError
from foundation.periods import ONE_DAY


class NotAskedForError(DomainError):
    """The service is hidden, or booked without asking first."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to ask for this service."))


class NotYourChildError(DomainError):
    """The child is not in this household."""

    def __init__(self) -> None:
        super().__init__(_("Choose one of your children."))


class NotBornYetError(DomainError):
    """The service takes children once they are born."""

    def __init__(self, service: Service) -> None:
        super().__init__(
            _("Write the birth of your child first, then ask for “%(service)s”.")
            % {"service": service}
        )


class BirthToWriteError(DomainError):
    """A child to be born is on a list, and accepted nowhere else."""

    def __init__(self) -> None:
        super().__init__(
            _("This child is not born yet. Write the birth first, then accept.")
        )


class RequestsNotOpenError(DomainError):
    """The service takes requests from a later instant."""

    def __init__(self, opens_at: datetime) -> None:
        shown = timezone.localtime(opens_at)
        super().__init__(
            _("Requests open on %(day)s at %(hour)s. Come back then.")
            % {
                "day": date_format(shown, "DATE_FORMAT"),
                "hour": date_format(shown, "TIME_FORMAT"),
            }
        )
        self.opens_at = opens_at


class StepBeforeError(DomainError):
    """The child has to be accepted in another service first: `service`."""

    def __init__(self, service: Service) -> None:
        super().__init__(
            _("Ask for “%(service)s” first: your child must be accepted there.")
            % {"service": service}
        )
        self.service = service


class AlreadyAskedError(DomainError):
    """A request for this child and service waits already: `request`."""

    def __init__(self, request: AccessRequest) -> None:
        super().__init__(_("You already have a request for this child and service."))
        self.request = request


class AlreadyAcceptedError(DomainError):
    """The child is accepted in the service, and it does not end soon."""

    def __init__(self, until: date | None) -> None:
        sentence = _g("This child is already accepted in this service.")
        if until is not None:
            sentence = _g(
                "This child is already accepted in this service, until %(day)s."
            ) % {"day": date_format(until - ONE_DAY, "DATE_FORMAT")}
        super().__init__(sentence)


class RequestClosedError(DomainError):
    """The request can no longer be changed."""

    def __init__(self) -> None:
        super().__init__(_("This request can no longer be changed."))


class WrongSituationError(DomainError):
    """The situation is not one of the service's."""

    def __init__(self) -> None:
        super().__init__(_("Choose your situation."))


class MissingProofsError(DomainError):
    """Compulsory proofs are not there; `names` lists them."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(_("Still missing: %(names)s.") % {"names": ", ".join(names)})
        self.names = names


class NotCertifiedError(DomainError):
    """The family did not certify that its answers are exact."""

    def __init__(self) -> None:
        super().__init__(_("Tick the box to certify that your answers are exact."))


class AlreadyDecidedError(DomainError):
    """Another clerk was faster, or the family took the request back."""

    def __init__(self, request: AccessRequest) -> None:
        if request.decided_by_silence:
            sentence = _g("Already decided by silence: %(status)s.") % {
                "status": str(request.get_status_display()).lower(),
            }
        elif request.decided_by is None:
            sentence = _g("This request no longer waits for a decision.")
        else:
            sentence = _g("Already decided by %(name)s: %(status)s.") % {
                "name": request.decided_by,
                "status": str(request.get_status_display()).lower(),
            }
        super().__init__(sentence)


class TimeIsOverError(DomainError):
    """The last day to answer has passed: what silence means holds already."""

    def __init__(self, request: AccessRequest) -> None:
        assert request.answer_due_on is not None  # noqa: S101 - its time is over.
        super().__init__(
            _("The last day to answer was %(day)s: silence decided this request.")
            % {"day": date_format(request.answer_due_on, "DATE_FORMAT")}
        )


class ProofsToReviewError(DomainError):
    """A request is accepted when each compulsory proof is; `names` are not yet."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _("Accept these proofs first: %(names)s.") % {"names": ", ".join(names)}
        )


class ReasonNeededError(DomainError):
    """A refusal without its reason helps nobody."""

    def __init__(self) -> None:
        super().__init__(_("Say why: the family reads it and knows what to do."))


class EmptyAccessError(DomainError):
    """The access would end before it starts."""

    def __init__(self) -> None:
        super().__init__(_("The last day must not be before the first day."))


class OverlappingAccessError(DomainError):
    """The child is already accepted on some of these days."""

    def __init__(self, until: date | None) -> None:
        if until is None:
            sentence = _g("This child is already accepted, without an end.")
        else:
            sentence = _g(
                "This child is already accepted until %(last)s. "
                "Start on %(day)s or later."
            ) % {
                "last": date_format(until - ONE_DAY, "DATE_FORMAT"),
                "day": date_format(until, "DATE_FORMAT"),
            }
        super().__init__(sentence)

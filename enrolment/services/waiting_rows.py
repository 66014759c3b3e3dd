"""The rows of a waiting list, as clerks read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from enrolment.enums import OfferState
from enrolment.models import AccessRequest, PlaceOffer
from families.services.words import age_of
from foundation.days import date_format


@dataclass(frozen=True, slots=True)
class ListRow:
    """One child; without a rank, a place is offered."""

    request: AccessRequest
    rank: int | None
    points: int
    age: str
    state: str
    tone: str


def list_rows(
    requests: Iterable[AccessRequest], ranks: Mapping[int, int], *, today: date
) -> list[ListRow]:
    """Return the rows of requests read by `rows_of_list`, in their order."""
    return [_row(each, ranks, today) for each in requests]


def _row(request: AccessRequest, ranks: Mapping[int, int], today: date) -> ListRow:
    state, tone = _state_of(next(iter(request.offers.all()), None))
    return ListRow(
        request=request,
        rank=ranks.get(request.pk),
        points=getattr(request, "points", 0),
        age=age_of(request.child, today),
        state=state,
        tone=tone,
    )


def _state_of(last: PlaceOffer | None) -> tuple[str, str]:
    """Say what became of the last offer."""
    if last is None:
        return _("Waits"), "neutral"
    if last.state == OfferState.OPEN:
        day = date_format(last.answer_by, "DATE_FORMAT")
        return _("Offered, answer by %(day)s") % {"day": day}, "pending"
    made = date_format(last.made_at, "SHORT_DATE_FORMAT")
    said = {"made": made, "state": str(last.get_state_display()).lower()}
    return _("Waits. Offer of %(made)s: %(state)s") % said, "neutral"

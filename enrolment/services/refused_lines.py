"""Places that were not given, one line each: what, for whom, why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel import Locale
from django.utils.translation import get_language, gettext as _

from catalog.domain.refusals import Refusal
from enrolment.domain.offers import Place
from enrolment.domain.refusals import NoAccess
from enrolment.services.choosing import Refused
from enrolment.services.refusal_wording import word_refusal
from foundation.days import format_date


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One place; `asks_access` says that an access request is the way."""

    what: str
    why: str
    asks_access: bool


def refused_line(place: Place, name: str, refusals: tuple[Refusal, ...]) -> RefusedLine:
    """Write one refused place for a child called `name`."""
    day = format_date(place.starts_on, "full", locale=_locale())
    about = ", ".join(part for part in (name, place.name, day) if part)
    return RefusedLine(
        about,
        " ".join(word_refusal(each) for each in refusals),
        any(isinstance(each, NoAccess) for each in refusals),
    )


def say_refused(
    refused: Iterable[Refused], names: Mapping[int, str] | None = None
) -> list[str]:
    """Return a sentence for each place refused."""
    lines = (
        refused_line(each.place, (names or {}).get(each.child_id, ""), each.refusals)
        for each in refused
    )
    return [_("%(what)s: %(why)s") % {"what": x.what, "why": x.why} for x in lines]


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))

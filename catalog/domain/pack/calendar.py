"""The calendar of a pack: school years, holidays, closures."""

from dataclasses import dataclass
from datetime import date

from catalog.enums import PeriodKind
from foundation.reading import Node
from tenants.domain.packs import Register, Section

PERIODS, SERVICES_DECLARED = "periods", "services"
#: Where public holidays are known, as people write it: country, or with a province.
PLACES = (
    *("FR", "FR-57", "FR-67", "FR-68"),
    *("FR-971", "FR-972", "FR-973", "FR-974", "FR-976"),
    "CA-QC",
)


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """A school year or holidays; `until_on` is the first day after."""

    code: str
    name: str
    kind: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """Days without service; without `service`, the whole town is closed."""

    service: str | None
    from_on: date
    until_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """The whole calendar; `place` names the public holidays kept."""

    place: str
    periods: tuple[PeriodFacts, ...]
    closures: tuple[ClosureFacts, ...]


def read_calendar(root: Node, register: Register) -> CalendarFacts:
    """Read `calendar`."""
    node = root.child("calendar", required=False)
    if node is None:
        return CalendarFacts("", (), ())
    place = node.text("public_holidays", required=False)
    if place and place not in PLACES:
        node.refuse("public_holidays", "no_such_holidays", value=place)
    calendar = CalendarFacts(
        place,
        tuple(
            _read_period(child, register)
            for child in node.children("periods", required=False)
        ),
        tuple(
            read_closure(child) for child in node.children("closures", required=False)
        ),
    )
    node.close()
    return calendar


def read_span(node: Node) -> tuple[date, date]:
    """Read `from` and `until`, the first day after, which must come later."""
    start, until = node.day("from"), node.day("until")
    if start is not None and until is not None and until <= start:
        node.refuse("until", "not_after_from", start=str(start))
    return start or date.min, until or date.max


def read_closure(node: Node, service: str | None = None) -> ClosureFacts:
    """Read a closure of the town, or of the service it is written in."""
    start, until = read_span(node)
    closure = ClosureFacts(service, start, until, node.text("reason", at_most=200))
    node.close()
    return closure


def _read_period(node: Node, register: Register) -> PeriodFacts:
    start, until = read_span(node)
    period = PeriodFacts(
        code=register.declare(PERIODS, node),
        name=node.text("name", at_most=120),
        kind=node.choice("kind", PeriodKind.values) or "",
        from_on=start,
        until_on=until,
    )
    node.close()
    return period


CALENDAR = Section(("calendar",), read_calendar)

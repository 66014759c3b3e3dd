"""Read the file of a demo town's people: staff, families, requests, bookings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from foundation.reading import Node, read
from portal.demo.aids import Aided, read_aided
from portal.demo.answers import read_answers
from portal.demo.care import CareOf, read_care
from portal.demo.corrections import Correction, read_correction
from portal.demo.lateness import Collected, read_late
from portal.demo.sharing import DAYS, Invited, Shared, Together
from tenants.gateways.pack_files import read_pack_file

#: "offered": accepted on a waiting list, and a place offered, in words of `reason`.
DECISIONS = ("accepted", "waiting", "refused", "offered")


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A clerk; without departments or schools, of the whole town."""

    email: str
    first_name: str
    last_name: str
    departments: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    is_carer: bool = False


@dataclass(frozen=True, slots=True)
class ChildOf:
    """A child of a family."""

    first_name: str
    last_name: str
    birth_date: date
    school: str
    other_school: str
    school_class: str
    care: CareOf | None
    #: Not born yet: expected on `birth_date`, with or without a first name.
    is_expected: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for access, and what became of it; `at` is local."""

    child: str
    service: str
    situation: str
    at: datetime
    decision: str
    reason: str
    #: Those of the forms that the request asks for, by the code of the question.
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Booked:
    """Days or courses booked for children, between two days; `at` is local."""

    children: tuple[str, ...]
    activity: str
    session: str
    from_on: date
    until_on: date
    weekdays: frozenset[int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Family:
    """A household; without an e-mail address, a file that the town knows already.

    `known_email` is then where the town writes: nobody signs in with it.
    """

    email: str
    civility: str
    first_name: str
    last_name: str
    phone: str
    street: str
    postal_code: str
    city: str
    commune: str
    since: datetime
    residence: str
    quotient: Decimal | None
    birth_date: date | None
    known_email: str
    children: tuple[ChildOf, ...]
    requests: tuple[Asked, ...]
    bookings: tuple[Booked, ...]
    aids: tuple[Aided, ...] = ()
    collected: tuple[Collected, ...] = ()


@dataclass(frozen=True, slots=True)
class Billed:
    """A month that a régie billed; `at` is local."""

    regie: str
    from_on: date
    until_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in a demo town."""

    staff: Sequence[StaffMember]
    families: Sequence[Family]
    billing: Sequence[Billed]
    together: Sequence[Together] = ()
    shared: Sequence[Shared] = ()
    invited: Sequence[Invited] = ()
    corrections: Sequence[Correction] = ()


def read_people(file: Path) -> People:
    """Read a file; raises ConfigurationError with every problem."""
    return read(read_pack_file(file.read_bytes()), _read_people)


def _read_people(node: Node) -> People:
    return People(
        [_read_staff(child) for child in node.children("staff", required=False)],
        [_read_family(child) for child in node.children("families")],
        [_read_billed(child) for child in node.children("billing", required=False)],
        [_read_together(each) for each in node.children("together", required=False)],
        [_read_shared(each) for each in node.children("shared", required=False)],
        [_read_invited(each) for each in node.children("invited", required=False)],
        [
            read_correction(each)
            for each in node.children("corrections", required=False)
        ],
    )


def _read_staff(node: Node) -> StaffMember:
    member = StaffMember(
        node.email("email"),
        node.text("first_name"),
        node.text("last_name"),
        node.texts("departments", required=False),
        node.texts("schools", required=False),
        node.flag("carer", default=False),
    )
    node.close()
    return member


def _read_family(node: Node) -> Family:
    name = node.text("last_name")
    family = Family(
        email=node.email("email", required=False),
        civility=node.text("civility", required=False) or "none",
        first_name=node.text("first_name"),
        last_name=name,
        phone=node.text("phone", required=False),
        street=node.text("street"),
        postal_code=node.text("postal_code"),
        city=node.text("city"),
        commune=node.text("commune", required=False),
        since=_moment(node, "since"),
        residence=node.text("residence", required=False),
        quotient=node.decimal("quotient", required=False),
        birth_date=node.day("birth_date") if node.has("birth_date") else None,
        known_email=node.email("known_email", required=False),
        children=tuple(_read_child(each, name) for each in node.children("children")),
        requests=tuple(map(_read_asked, node.children("requests", required=False))),
        bookings=tuple(map(_read_booked, node.children("bookings", required=False))),
        aids=tuple(map(read_aided, node.children("aids", required=False))),
        collected=tuple(map(read_late, node.children("collected", required=False))),
    )
    node.close()
    return family


def _read_child(node: Node, family_name: str) -> ChildOf:
    is_expected = node.flag("expected", default=False)
    child = ChildOf(
        node.text("first_name", required=not is_expected),
        node.text("last_name", required=False) or family_name,
        _day(node, "birth_date"),
        node.code("school", required=False) or "",
        node.text("other_school", required=False),
        node.text("school_class", required=False),
        read_care(care) if (care := node.child("care", required=False)) else None,
        is_expected,
    )
    node.close()
    return child


def _read_asked(node: Node) -> Asked:
    asked = Asked(
        node.text("child"),
        node.text("service"),
        node.text("situation", required=False),
        _moment(node, "at"),
        node.choice("decision", DECISIONS) or "",
        node.text("reason", required=False),
        read_answers(node),
    )
    node.close()
    return asked


def _read_booked(node: Node) -> Booked:
    booked = Booked(
        node.texts("children"),
        node.text("activity"),
        node.text("session", required=False),
        _day(node, "from"),
        _day(node, "until"),
        node.weekdays("weekdays", required=False) or frozenset(range(7)),
        _moment(node, "at"),
    )
    node.close()
    return booked


def _read_billed(node: Node) -> Billed:
    billed = Billed(
        node.text("regie"), _day(node, "from"), _day(node, "until"), _moment(node, "at")
    )
    node.close()
    return billed


def _read_together(node: Node) -> Together:
    read = Together(
        node.email("household"),
        node.email("email"),
        node.text("civility", required=False) or "none",
        node.text("first_name"),
        node.text("last_name"),
        _moment(node, "at"),
    )
    node.close()
    return read


def _read_invited(node: Node) -> Invited:
    read = Invited(
        node.email("household"),
        node.email("email"),
        node.text("child", required=False),
        _moment(node, "at"),
    )
    node.close()
    return read


def _read_shared(node: Node) -> Shared:
    read = Shared(
        node.text("child"),
        node.email("household"),
        node.email("other"),
        node.choice("change", DAYS) or DAYS[0],
        _day(node, "from"),
        node.text("source"),
        _moment(node, "at"),
    )
    node.close()
    return read


def _day(node: Node, key: str) -> date:
    return node.day(key) or date.min


def _moment(node: Node, key: str) -> datetime:
    return node.moment(key) or datetime.min  # noqa: DTZ901 - refused: dropped.

"""The first sections of a pack: the town, its administrator, its town hall."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from foundation.passwords.rules import LONGEST_MINIMUM, Kind, PasswordRule
from foundation.reading import Node
from tenants.domain.brand import BrandContrastError, check_brand
from tenants.domain.colour import InvalidColourError
from tenants.domain.hosts import HostError, read_host
from tenants.domain.packs import Register, Section
from tenants.enums import Currency, Locale, TownKind

LEGAL_BASES = ("public_interest", "consent")
SIGN_UP_STYLES = ("password_first", "link_first", "address_first")
LINKING_METHODS = ("file_number", "subscriber_code", "invoice")
#: The settings that a pack tells, in the order in which they are written.
SETTINGS_WRITTEN = (
    "second_name",
    "brand_colour",
    "accent_colour",
    "address",
    "contact_email",
    "contact_phone",
    "minimum_age",
    "legal_basis",
    "legal_notice",
    "sign_up_style",
    "robot_check",
    "password_length",
    "password_kinds",
    "password_required",
    "claim_code_days",
    "temporary_password_days",
    "linking_methods",
    "file_request_hours",
    "collector_age",
    "basket_minutes",
)
DEFAULT_COLOUR = "#1d5c63"


@dataclass(frozen=True, slots=True)
class TownFacts:
    """What the platform keeps of a town."""

    name: str
    host: str
    kind: str
    locale: str
    currency: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Administrator:
    """The first person who may enter the back office."""

    email: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class TownHall:
    """What the town says of itself; the keys are those of the records."""

    settings: Mapping[str, Any]
    communes: tuple[Mapping[str, Any], ...]
    departments: tuple[Mapping[str, Any], ...]
    schools: tuple[Mapping[str, Any], ...]


def read_town(root: Node, register: Register) -> TownFacts:
    """Read `town`."""
    node = root.child("town") or Node({}, "town", [])
    facts = TownFacts(
        name=node.text("name", at_most=120),
        host=_read_host(node, register.platform_host),
        kind=node.choice("kind", TownKind.values) or "",
        locale=node.choice("locale", Locale.values) or "",
        currency=node.choice("currency", Currency.values) or "",
        time_zone=_read_time_zone(node),
    )
    node.close()
    register.currency = facts.currency
    return facts


def read_administrator(root: Node, _register: Register) -> Administrator:
    """Read `administrator`; a password is never written in a file."""
    node = root.child("administrator") or Node({}, "administrator", [])
    person = Administrator(
        email=node.email("email"),
        first_name=node.text("first_name", required=False, at_most=100),
        last_name=node.text("last_name", required=False, at_most=100),
    )
    node.close()
    return person


def read_townhall(root: Node, register: Register) -> TownHall:
    """Read `townhall`, `communes`, `departments` and `schools`."""
    node = root.child("townhall", required=False) or Node({}, "townhall", [])
    settings = _read_settings(node)
    communes = tuple(
        _read_commune(child, register)
        for child in root.children("communes", required=False)
    )
    departments = tuple(
        _read_department(child, register)
        for child in root.children("departments", required=False)
    )
    schools = tuple(
        _read_school(child, register)
        for child in root.children("schools", required=False)
    )
    return TownHall(settings, communes, departments, schools)


def _read_host(node: Node, platform_host: str) -> str:
    text = node.text("host")
    try:
        return read_host(text, platform_host=platform_host) if text else ""
    except HostError as error:
        node.refuse("host", error.reason, **error.params)
        return ""


def _read_time_zone(node: Node) -> str:
    zone = node.text("time_zone")
    if zone and zone not in available_timezones():
        node.refuse("time_zone", "no_such_zone", value=zone)
    return zone


def _read_settings(node: Node) -> dict[str, Any]:
    readers: dict[str, Callable[[str], Any]] = {
        "second_name": lambda key: node.text(key, at_most=120),
        "address": node.text,
        "contact_email": node.email,
        "contact_phone": lambda key: node.text(key, at_most=40),
        "minimum_age": lambda key: node.integer(key, at_least=13, at_most=25),
        "legal_basis": lambda key: node.choice(key, LEGAL_BASES),
        "legal_notice": node.text,
        "sign_up_style": lambda key: node.choice(key, SIGN_UP_STYLES),
        "robot_check": node.flag,
        "claim_code_days": lambda key: node.integer(key, at_least=7, at_most=730),
        "temporary_password_days": lambda key: node.integer(
            key, at_least=1, at_most=90
        ),
        "linking_methods": lambda key: sorted(node.codes(key, LINKING_METHODS)),
        "file_request_hours": lambda key: node.integer(key, at_least=1, at_most=720),
        "collector_age": lambda key: node.integer(key, at_least=10, at_most=18),
        "basket_minutes": lambda key: node.integer(key, at_least=5, at_most=720),
    }
    settings = {key: read(key) for key, read in readers.items() if node.has(key)}
    settings |= _read_colours(node)
    settings |= _read_password_rule(node)
    node.close()
    return settings


def _read_password_rule(node: Node) -> dict[str, Any]:
    """Read the town's rule of passwords, which stays above the platform's floor."""
    keys = ("password_length", "password_kinds", "password_required")
    if not any(node.has(key) for key in keys):
        return {}
    required = node.codes(keys[2], tuple(Kind), required=False)
    rule = PasswordRule(
        node.integer(keys[0], at_least=8, at_most=LONGEST_MINIMUM) or 0,
        (node.integer(keys[1], at_least=0, at_most=4) if node.has(keys[1]) else 0) or 0,
        frozenset(Kind(each) for each in required if each in tuple(Kind)),
    )
    if rule.length and not rule.is_strong_enough:
        node.refuse(keys[0], "too_small", at_least=str(rule.shortest_allowed))
    return {keys[0]: rule.length, keys[1]: rule.kinds, keys[2]: sorted(rule.required)}


def _read_colours(node: Node) -> dict[str, str]:
    colour = node.text("brand_colour", required=False) or DEFAULT_COLOUR
    accent = node.text("accent_colour", required=False)
    try:
        check_brand(colour, accent or None)
    except BrandContrastError as error:
        node.refuse("brand_colour", "pale_colour", value=str(error.suggestion))
    except InvalidColourError:
        node.refuse("brand_colour", "not_a_colour")
    return {"brand_colour": colour, "accent_colour": accent}


def _read_commune(node: Node, register: Register) -> dict[str, Any]:
    commune = {
        "code": register.declare("communes", node),
        "name": node.text("name", at_most=120),
        "postal_codes": list(node.texts("postal_codes", required=False)),
    }
    node.close()
    return commune


def _read_department(node: Node, register: Register) -> dict[str, Any]:
    name = node.text("name", at_most=120)
    department = {
        "code": register.declare("departments", node),
        "name": name,
        "sender_name": node.text("sender_name", required=False, at_most=120) or name,
        "reply_to": node.email("reply_to", required=False),
    }
    node.close()
    return department


def _read_school(node: Node, register: Register) -> dict[str, Any]:
    school = {
        "code": register.declare("schools", node),
        "name": node.text("name", at_most=120),
        "commune": register.refer("communes", node, "commune", required=False),
    }
    node.close()
    return school


TOWN = Section(("town",), read_town)
ADMINISTRATOR = Section(("administrator",), read_administrator)
TOWNHALL = Section(("townhall", "communes", "departments", "schools"), read_townhall)

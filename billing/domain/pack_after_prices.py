"""What comes after prices in a pack: taxes of a régie, kinds of aid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from foundation.reading import Node
from tenants.domain.packs import Register, Section

CATEGORIES = ("standard", "exempt", "outside_scope")
METHODS = ("unit", "day", "half_day", "percent")
CEILING_PERIODS = ("month", "calendar_year", "school_year", "grant")
LARGEST = Decimal(1_000_000)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class PackTax:
    """One tax; `until_on` is the first day without it."""

    code: str
    label: str
    rate: Decimal
    registration: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class PackTaxed:
    """Whether a service bears the taxes, or one of its activities."""

    service: str
    activity: str | None
    category: str
    reason: str


@dataclass(frozen=True, slots=True)
class PackAid:
    """A kind of aid; amounts are in major units."""

    code: str
    name: str
    payer: str
    method: str
    amount: Decimal | None
    percent: Decimal | None
    half_day_hours: int
    quotient_from: Decimal | None
    quotient_until: Decimal | None
    services: tuple[str, ...]
    activities: tuple[str, ...]
    from_on: date
    until_on: date | None
    ceiling: Decimal | None
    ceiling_units: int | None
    ceiling_period: str


def read_taxes(node: Node) -> tuple[PackTax, ...]:
    """Read `taxes` of a régie."""
    return tuple(
        _read_tax(child) for child in node.children("taxes", required=node.has("taxes"))
    )


def read_taxed(
    node: Node, register: Register, services: tuple[str, ...], *, required: bool
) -> tuple[PackTaxed, ...]:
    """Read `taxed`: with taxes, each service says whether it bears them."""
    found = tuple(
        _read_rule(child, register, services)
        for child in node.children("taxed", required=required)
    )
    keys = [(each.service, each.activity) for each in found]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            node.refuse(f"taxed[{index}].service", "repeated_code")
    missing = set(services) - {each.service for each in found if not each.activity}
    if required and found and missing:
        node.refuse("taxed", "taxes_not_said", services=", ".join(sorted(missing)))
    return found


def read_aid_kinds(root: Node, register: Register) -> tuple[PackAid, ...]:
    """Read `aid_kinds`."""
    return tuple(
        _read_aid(node, register) for node in root.children("aid_kinds", required=False)
    )


def _read_tax(node: Node) -> PackTax:
    rate = node.decimal("rate", at_least=Decimal("0.001")) or Decimal(1)
    if rate >= HUNDRED or rate != round(rate, 3):
        node.refuse("rate", "not_a_tax_rate")
    tax = PackTax(
        code=node.code("code") or "",
        label=node.text("label", at_most=40),
        rate=rate,
        registration=node.text("registration", at_most=40),
        from_on=node.day("from") or date.min,
        until_on=node.day("until", required=False),
    )
    _check_days(node, tax.from_on, tax.until_on)
    node.close()
    return tax


def _read_rule(node: Node, register: Register, services: tuple[str, ...]) -> PackTaxed:
    service = register.refer("services", node, "service") or ""
    if service and service not in services:
        node.refuse("service", "not_of_the_regie")
    category = node.choice("category", CATEGORIES) or CATEGORIES[0]
    rule = PackTaxed(
        service=service,
        activity=register.refer("activities", node, "activity", required=False),
        category=category,
        reason=node.text("reason", required=category == "exempt", at_most=200),
    )
    node.close()
    return rule


def _read_aid(node: Node, register: Register) -> PackAid:
    method = node.choice("method", METHODS) or METHODS[0]
    is_percent = method == "percent"
    aid = PackAid(
        code=register.declare("aid_kinds", node),
        name=node.text("name", at_most=120),
        payer=node.text("payer", at_most=120),
        method=method,
        amount=_read_amount(node, "amount", required=not is_percent),
        percent=_read_percent(node, required=is_percent),
        half_day_hours=_read_hours(node),
        quotient_from=node.decimal("quotient_from", required=False),
        quotient_until=node.decimal("quotient_until", required=False),
        services=_read_codes(node, register, "services"),
        activities=_read_codes(node, register, "activities"),
        from_on=node.day("from") or date.min,
        until_on=node.day("until", required=False),
        ceiling=_read_amount(node, "ceiling", required=False),
        ceiling_units=node.integer("ceiling_units", required=False, at_least=1),
        ceiling_period=node.choice("ceiling_period", CEILING_PERIODS, required=False)
        or "grant",
    )
    _check_aid(node, aid)
    node.close()
    return aid


def _read_hours(node: Node) -> int:
    hours = node.integer("half_day_hours", required=False, at_least=1, at_most=12)
    return hours or 5


def _check_aid(node: Node, aid: PackAid) -> None:
    if not (aid.services or aid.activities):
        node.refuse("services", "missing")
    _check_span(node, aid)
    _check_days(node, aid.from_on, aid.until_on)


def _read_codes(node: Node, register: Register, key: str) -> tuple[str, ...]:
    codes = node.texts(key, required=False)
    for index, code in enumerate(codes):
        if code not in register.known(key):
            register.refuse_unknown(key, node, f"{key}[{index}]", code)
    return codes


def _read_amount(node: Node, key: str, *, required: bool) -> Decimal | None:
    amount = node.decimal(key, required=required, at_least=Decimal("0.01"))
    if amount is not None and (amount > LARGEST or amount != round(amount, 2)):
        node.refuse(key, "not_an_aid_amount")
        return None
    return amount


def _read_percent(node: Node, *, required: bool) -> Decimal | None:
    percent = node.decimal("percent", required=required, at_least=Decimal("0.001"))
    if percent is not None and (percent > HUNDRED or percent != round(percent, 3)):
        node.refuse("percent", "not_an_aid_amount")
        return None
    if percent is not None and not required:
        node.refuse("percent", "not_with_this_method")
    return percent


def _check_span(node: Node, aid: PackAid) -> None:
    low, high = aid.quotient_from, aid.quotient_until
    if low is not None and high is not None and high <= low:
        node.refuse("quotient_until", "too_small", at_least=str(low))


def _check_days(node: Node, first: date, until: date | None) -> None:
    if until is not None and until <= first:
        node.refuse("until", "too_small", at_least=str(first))


AID_KINDS = Section(("aid_kinds",), read_aid_kinds)

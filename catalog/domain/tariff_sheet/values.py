"""What a sheet holds: lines of prices, supplements and reductions, the whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.domain.prices.context import Residence

#: The parts that a price is shared between, for tax slips.
PARTS = ("care", "meal", "other")
#: The conditions of a supplement that count from a number on.
COUNTS = ("child_rank", "children_registered", "occurrence")
#: Conditions by codes that a line or a supplement may name, and where they are kept.
CODES = {
    "residence": "residences",
    "situation": "situations",
    "booking": "bookings",
    "event": "events",
    "regime": "regimes",
    "period_kind": "period_kinds",
    "weekday": "weekdays",
    "variant": "variants",
}
#: Conditions from a bound until another, in the order they are offered.
SPANS = (
    "minutes",
    "starts",
    "ends",
    "day",
    "days_a_week",
    "child_rank",
    "children_registered",
    "present_rank",
    "children_present",
    "occurrence",
    "quantity",
    "quotient",
    "booked_on",
)
#: Facts, besides the residence, that may have a published value.
DEFAULTED = (
    "quotient",
    "regime",
    "period_kind",
    "days_a_week",
    "children_present",
    "present_rank",
    "minutes",
    "situation",
)
#: How the minutes are counted: whole numbers, then numbers of units.
COUNTED_WHOLE = ("every", "step", "free", "tolerance")
COUNTED_UNITS = ("at_least", "at_most")
#: The parts of a tariff that a sheet has fields for.
SAID = (
    "currency",
    "unit",
    "rules",
    "adjustments",
    "defaults",
    "count",
    "round_unit_to",
    "round_to",
    "split",
    "caps",
)
#: What a line or a supplement is when the sheet has no words for it.
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Line:
    """One price: for whom, and how it is found. Empty means everybody.

    `spans` are conditions {fact, from, until}. `amounts` are the prices of the first
    child, the next... `rate` has one percentage for each column: "0.36 / 0.30".
    `prices` are those of a table by `by`: {code, amount}.
    `split` and `count` are its own, empty when those of the tariff hold. A rule that
    the sheet cannot say is `kept` as it is, under the method "kept".
    """

    method: str
    code: str = ""
    label: str = ""
    residences: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    amount: str = ""
    bands: tuple[Mapping[str, Any], ...] = ()
    columns: str = ""
    of: str = ""
    rates: tuple[Mapping[str, Any], ...] = ()
    points: tuple[Mapping[str, Any], ...] = ()
    otherwise: str = ""
    by: str = ""
    prices: tuple[Mapping[str, str], ...] = ()
    regimes: tuple[str, ...] = ()
    period_kinds: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    bookings: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    spans: tuple[Mapping[str, Any], ...] = ()
    amounts: tuple[str, ...] = ()
    split: Mapping[str, str] = field(default_factory=dict)
    count: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, Any] | None = None
    without_quotient: str = ""
    rate: str = ""
    floor: str = ""
    ceiling: str = ""


@dataclass(frozen=True, slots=True)
class Supplement:
    """What changes the price: when, and by how much. Values are never negative.

    `child_rank_until` is the first rank it is no longer for. `floor` and `ceiling`
    are the limits of the effect "limit".
    """

    effect: str
    value: str = ""
    code: str = ""
    label: str = ""
    bookings: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    period_kinds: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    spans: tuple[Mapping[str, Any], ...] = ()
    child_rank: int | None = None
    child_rank_until: int | None = None
    children_registered: int | None = None
    occurrence: int | None = None
    per: str = ""
    floor: str = ""
    ceiling: str = ""
    kept: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a child or a household pays at most over a period."""

    label: str
    amount: str
    period: str
    per: str
    activities: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole tariff; shares are in percent.

    `count` says how minutes are counted, empty when they are not; `defaults` holds
    the published values of facts other than the residence; `more` what else a tariff
    holds, kept as it is.
    """

    currency: str
    unit: str
    lines: tuple[Line, ...]
    supplements: tuple[Supplement, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    default_residence: str = ""
    round_to: str = ""
    round_unit_to: str = ""
    count: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    care: str = ""
    meal: str = ""
    other: str = ""


def blank_sheet(currency: str) -> Sheet:
    """Return what a first version starts from: residents and the others."""
    resident = Line("quotient_bands", residences=(Residence.RESIDENT,))
    outside = replace(resident, method="fixed", residences=())
    return Sheet(currency, "meal", (resident, outside), meal="100")

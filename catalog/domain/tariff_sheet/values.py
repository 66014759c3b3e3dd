"""What a sheet holds: lines of prices, supplements and reductions, the whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalog.domain.prices.context import Residence

#: The parts that a price is shared between, for tax slips.
PARTS = ("care", "meal", "other")
#: The conditions of a supplement that count from a number on.
COUNTS = ("child_rank", "children_registered", "occurrence")


@dataclass(frozen=True, slots=True)
class Line:
    """One price: for whom, and how it is found. Empty means everybody."""

    method: str
    code: str = ""
    label: str = ""
    residences: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    variant: str = ""
    amount: str = ""
    bands: tuple[Mapping[str, str], ...] = ()
    without_quotient: str = ""
    rate: str = ""
    floor: str = ""
    ceiling: str = ""


@dataclass(frozen=True, slots=True)
class Supplement:
    """What changes the price: when, and by how much. Values are never negative."""

    effect: str
    value: str = ""
    code: str = ""
    label: str = ""
    bookings: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    child_rank: int | None = None
    children_registered: int | None = None
    occurrence: int | None = None
    per: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole tariff; shares are in percent."""

    currency: str
    unit: str
    lines: tuple[Line, ...]
    supplements: tuple[Supplement, ...] = ()
    default_residence: str = ""
    round_to: str = ""
    care: str = ""
    meal: str = ""
    other: str = ""


def blank_sheet(currency: str) -> Sheet:
    """Return what a first version starts from: residents and the others."""
    resident = Line("quotient_bands", residences=(Residence.RESIDENT,))
    outside = replace(resident, method="fixed", residences=())
    return Sheet(currency, "meal", (resident, outside), meal="100")

"""The tariff engine: a tariff is data, a price is proven by its trace.

Nothing here knows Django, the clock or a language, and nothing guesses.
"""

from catalog.domain.prices.bulk import price_each, price_many
from catalog.domain.prices.context import (
    STANDARD,
    Booking,
    ContextError,
    DayKind,
    Event,
    PriceContext,
    Regime,
    Residence,
)
from catalog.domain.prices.errors import (
    MissingFactError,
    NoRuleAppliesError,
    OutsideGridError,
    PriceError,
    ReplayDiffersError,
    TariffChangedError,
    UnknownEventError,
    UnknownVariantError,
)
from catalog.domain.prices.pricing import price_for, replay
from catalog.domain.prices.tariff import (
    Tariff,
    fingerprint,
    parse_tariff,
    tells_days_apart,
)
from catalog.domain.prices.trace import Price, Step, Trace

__all__ = [
    "STANDARD",
    "Booking",
    "ContextError",
    "DayKind",
    "Event",
    "MissingFactError",
    "NoRuleAppliesError",
    "OutsideGridError",
    "Price",
    "PriceContext",
    "PriceError",
    "Regime",
    "ReplayDiffersError",
    "Residence",
    "Step",
    "Tariff",
    "TariffChangedError",
    "Trace",
    "UnknownEventError",
    "UnknownVariantError",
    "fingerprint",
    "parse_tariff",
    "price_each",
    "price_for",
    "price_many",
    "replay",
    "tells_days_apart",
]

"""Facts of all kinds, and every tariff of the towns, for properties."""

from datetime import date
from pathlib import Path

import yaml
from hypothesis import strategies as st

from catalog.domain.prices import (
    Booking,
    DayKind,
    Event,
    PriceContext,
    PriceError,
    Regime,
    Residence,
    parse_tariff,
    price_for,
)
from tests.catalog.domain.towns import TARIFFS, tariff_of

QUOTIENTS = st.decimals(min_value=0, max_value=9999, places=2)
VARIANTS = ["standard", "care-plan", "adult", "morning", "after-half-past-six"]
FACTS = st.builds(
    PriceContext,
    day=st.dates(min_value=date(2023, 1, 1), max_value=date(2027, 12, 31)),
    residence=st.sampled_from(Residence) | st.none(),
    quotient=QUOTIENTS | st.none(),
    child_rank=st.integers(1, 6),
    booking=st.sampled_from(Booking),
    variant=st.sampled_from(VARIANTS),
    quantity=st.decimals(min_value=0, max_value=40, places=1),
    booked_on=st.dates(date(2023, 1, 1), date(2023, 12, 31)) | st.none(),
    occurrence=st.integers(1, 4),
    regime=st.sampled_from(Regime) | st.none(),
    period_kind=st.sampled_from(DayKind) | st.none(),
    days_a_week=st.integers(1, 7) | st.none(),
    children_present=st.integers(1, 6) | st.none(),
    present_rank=st.integers(1, 6) | st.none(),
    minutes=st.integers(0, 900) | st.none(),
    starts=st.times() | st.none(),
    ends=st.times() | st.none(),
    session_amount=st.decimals(min_value=0, max_value=99, places=2) | st.none(),
    event=st.sampled_from(Event),
)
PAGE = Path(__file__).parents[1] / "noethysweb.yaml"
#: The tariffs of the towns, and one for each method of Noethysweb.
KNOWN = [tariff_of(*name) for name in TARIFFS]
KNOWN += [each["tariff"] for each in yaml.safe_load(PAGE.read_text())]
PARSED = [(data, parse_tariff(data)) for data in KNOWN]


def attempt(parsed, facts):
    try:
        return price_for(parsed, facts)
    except PriceError as refusal:
        return refusal

"""Facts of all kinds, and every tariff of the towns, for properties."""

from datetime import date

from hypothesis import strategies as st

from catalog.domain.prices import (
    Booking,
    PriceContext,
    PriceError,
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
)
PARSED = [(tariff_of(*name), parse_tariff(tariff_of(*name))) for name in TARIFFS]


def attempt(parsed, facts):
    try:
        return price_for(parsed, facts)
    except PriceError as refusal:
        return refusal

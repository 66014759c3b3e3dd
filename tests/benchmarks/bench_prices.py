"""Prices in bulk: beside a bare search in sorted bands, and beside the closest peer.

Run with `python infra/run_benchmarks.py prices`. The floor is what no price can do
without: find the band (Python's bisect over decimal bounds), times the quantity, round
to the cent. It has no rules, no conditions, no shares, no proof. Noethysweb prices 208
to 444 a second; a hundred times its best is the goal. No database takes part.
"""

import time
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from catalog.domain.prices import (
    Booking,
    Price,
    PriceContext,
    Residence,
    Tariff,
    parse_tariff,
    price_for,
    price_many,
)
from foundation.money import round_half_up
from tests.benchmarks.report import Row, cpu_medians, report, row_at_least, row_at_most

PEER, TIMES, FLOOR_SHARE = 444, 100, 0.05
COUNT, ALONE = 100_000, 5_000
CHILDREN, DAYS, MOST_SECONDS = 5_000, 140, 30.0
BOUNDS = (0, 400, 640, 860, 1150, 1500, 1700, 1900)
AMOUNTS = ("0.50", "1.75", "2.35", "3.05", "3.55", "4.05", "4.60", "4.90")
FIRST = date(2026, 9, 1)


def tariff() -> Tariff:
    """Return the grid of a real town, with what changes its prices."""
    bands = [
        {"from": str(start), "until": str(until), "amount": amount}
        for start, until, amount in zip(BOUNDS, BOUNDS[1:], AMOUNTS, strict=False)
    ]
    bands.append({"from": str(BOUNDS[-1]), "amount": AMOUNTS[-1]})
    return parse_tariff(
        {
            "currency": "EUR",
            "unit": "meal",
            "defaults": {"residence": "outside"},
            "rules": [
                {
                    "code": "resident",
                    "when": {"residence": "resident"},
                    "method": "quotient_bands",
                    "bands": bands,
                },
                {"code": "outside", "method": "fixed", "amount": "6.50"},
            ],
            "adjustments": [
                {
                    "code": "late",
                    "when": {"booking": ["late", "unbooked"]},
                    "method": "amount",
                    "amount": "2.50",
                },
                {
                    "code": "third",
                    "when": {"child_rank": {"from": 3}},
                    "method": "percent",
                    "percent": "-25",
                },
            ],
            "split": {"care": "30", "meal": "70"},
        }
    )


def contexts(children: int, days: int) -> list[PriceContext]:
    """Return the meals of a town: each child has its quotient and its rank."""
    timings = (Booking.IN_TIME,) * 18 + (Booking.LATE, Booking.UNBOOKED)
    return [
        PriceContext(
            day=FIRST + timedelta(days=day),
            residence=Residence.OUTSIDE if child % 9 == 0 else Residence.RESIDENT,
            quotient=Decimal(child * 7919 % 250_000) / 100,
            child_rank=1 + child % 3,
            children_registered=3,
            booking=timings[(child + day) % 20],
        )
        for child in range(children)
        for day in range(days)
    ]


def search(quotients: Sequence[Decimal]) -> list[Decimal]:
    """Find the band of each quotient, times one, to the cent: the floor."""
    starts, amounts = list(map(Decimal, BOUNDS)), list(map(Decimal, AMOUNTS))
    one = Decimal(1)
    return [
        round_half_up(amounts[bisect_right(starts, each) - 1] * one)
        for each in quotients
    ]


def replay_a_year(priced: Tariff) -> tuple[float, int]:
    """Price the meals of a whole town over a school year, a month at a time."""
    begin, total = time.process_time(), 0
    for _month in range(DAYS // 14):
        month: list[Price] = price_many(priced, contexts(CHILDREN, 14))
        total += sum(each.minor for each in month)
    return time.process_time() - begin, total


def main() -> None:
    """Measure, print and keep."""
    priced, asked = tariff(), contexts(COUNT // 20, 20)
    quotients = [each.quotient or Decimal(0) for each in asked]
    one_by_one = asked[:: COUNT // ALONE]
    took = cpu_medians(
        {
            "bulk": lambda: price_many(priced, asked),
            "alone": lambda: [price_for(priced, each) for each in one_by_one],
            "search": lambda: search(quotients),
        }
    )
    bulk, floor = COUNT / took["bulk"], COUNT / took["search"]
    alone = len(one_by_one) / took["alone"]
    year, _total = replay_a_year(priced)
    rows: list[Row] = [
        row_at_least(
            "5",
            f"prices a second in bulk, {COUNT:,} meals, and a bare search",
            ours=bulk,
            floor=floor,
            limit=FLOOR_SHARE,
        ),
        row_at_least(
            "5",
            "prices a second in bulk, and Noethysweb at its best",
            ours=bulk,
            floor=PEER,
            limit=TIMES,
        ),
        row_at_least(
            "5",
            "prices a second one by one, each with its steps, and Noethysweb",
            ours=alone,
            floor=PEER,
            limit=1,
        ),
        row_at_most(
            "4",
            f"seconds to price {CHILDREN:,} children over {DAYS} days of meals",
            ours=year,
            floor=1,
            limit=MOST_SECONDS,
        ),
    ]
    report("prices", rows)


if __name__ == "__main__":
    main()

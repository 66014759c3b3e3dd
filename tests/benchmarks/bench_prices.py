"""Prices in bulk: beside a bare search in sorted bands, and beside the closest peer.

Run with `python infra/run_benchmarks.py prices`. The floor is what no price can do
without: find the band (Python's bisect over decimal bounds), times the quantity, round
to the cent. It has no rules, no conditions, no shares, no proof. Beside it, to be hard
on ourselves, the search of the band alone. Noethysweb prices 208 to 444 a second; a
hundred times its best is the goal. No database takes part. Each row says how many of
its meals the tariff can tell apart: bulk works out only those.
"""

import gc
import random
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, islice
from operator import attrgetter

from catalog.domain.prices import (
    Booking,
    PriceContext,
    PriceError,
    Residence,
    Tariff,
    parse_tariff,
    price_each,
    price_for,
    price_many,
)
from foundation.money import round_half_up
from tests.benchmarks.report import Row, cpu_best, report, row_at_least, row_at_most

PEER, TIMES, FLOOR_SHARE = 444, 100, 0.05
COUNT, ALONE = 100_000, 5_000
CHILDREN, DAYS, MOST_SECONDS = 5_000, 140, 30.0
BOUNDS = (0, 400, 640, 860, 1150, 1500, 1700, 1900)
AMOUNTS = ("0.50", "1.75", "2.35", "3.05", "3.55", "4.05", "4.60", "4.90")
FIRST = date(2026, 9, 1)
TIMINGS = (Booking.IN_TIME,) * 18 + (Booking.LATE, Booking.UNBOOKED)
ROUNDS = 9


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
    """Return the meals of a town, a line for each child and day.

    Each family has its own quotient, read once; one, two or three children in turn.
    A family in nine lives outside. One meal in twenty is late, one is not booked,
    whoever it is for: seeded, so that every run prices the same.
    """
    drawn = random.Random(children)
    return [
        PriceContext(
            day=FIRST + timedelta(days=day),
            residence=residence,
            quotient=quotient,
            child_rank=rank,
            children_registered=registered,
            booking=drawn.choice(TIMINGS),
        )
        for residence, quotient, rank, registered in islice(registrations(), children)
        for day in range(days)
    ]


def registrations() -> Iterator[tuple[Residence, Decimal, int, int]]:
    """Return children without end: residence, quotient, rank, how many they are."""
    for family in count():
        residence = Residence.OUTSIDE if family % 9 == 0 else Residence.RESIDENT
        quotient, registered = Decimal(family * 7919 % 250_000) / 100, 1 + family % 3
        for rank in range(1, registered + 1):
            yield residence, quotient, rank, registered


def all_different(children: int) -> list[PriceContext]:
    """Return one meal for each child, no two alike."""
    once = contexts(children, 1)
    return [
        replace(each, quotient=Decimal(at) / 100, quantity=Decimal(1))
        for at, each in enumerate(once)
    ]


def distinct(priced: Tariff, asked: Sequence[PriceContext]) -> int:
    """Count the contexts that the tariff can tell apart."""
    return len(set(map(attrgetter(*priced.facts), asked)))


def search(quotients: Sequence[Decimal]) -> list[Decimal]:
    """Find the band of each quotient, times one, to the cent: the floor."""
    starts, amounts = list(map(Decimal, BOUNDS)), list(map(Decimal, AMOUNTS))
    one = Decimal(1)
    return [
        round_half_up(amounts[bisect_right(starts, each) - 1] * one)
        for each in quotients
    ]


def bare_search(quotients: Sequence[Decimal]) -> list[int]:
    """Find the band of each quotient and nothing else: less than any price."""
    starts = list(map(Decimal, BOUNDS))
    return [bisect_right(starts, each) for each in quotients]


def replay_a_year(priced: Tariff) -> tuple[float, int]:
    """Price the meals of a whole town over a school year, a month at a time."""
    begin, total = time.process_time(), 0
    for _month in range(DAYS // 14):
        for each in price_each(priced, contexts(CHILDREN, 14)):
            if isinstance(each, PriceError):
                raise each
            total += each.minor
    return time.process_time() - begin, total


def through(priced: Tariff, asked: Sequence[PriceContext]) -> None:
    """Price contexts and keep none."""
    deque(price_each(priced, asked), maxlen=0)


def floor_rows(
    took: Mapping[str, float], shares: Mapping[str, tuple[int, int]]
) -> list[Row]:
    """Return each way to price beside the floor, and bulk beside the bare search."""
    rows = [
        row_at_least(
            "5",
            f"prices a second {name} ({meals:,} meals, {different:,} different), and"
            " a search, times, to the cent",
            ours=meals / took[name],
            floor=COUNT / took["search"],
            limit=FLOOR_SHARE,
        )
        for name, (meals, different) in shares.items()
    ]
    bare = row_at_least(
        "5",
        "prices a second in bulk, and a bare search, which prices nothing",
        ours=COUNT / took["in bulk"],
        floor=COUNT / took["bare"],
        limit=FLOOR_SHARE,
    )
    return [*rows, bare]


def main() -> None:
    """Measure, print and keep."""
    priced, asked = tariff(), contexts(COUNT // 20, 20)
    unlike = all_different(COUNT // 5)
    quotients = [each.quotient or Decimal(0) for each in asked]
    one_by_one = asked[:: COUNT // ALONE]
    # The meals are given: the collector of memory need not walk through them.
    gc.collect()
    gc.freeze()
    took = cpu_best(
        {
            "in bulk": lambda: through(priced, asked),
            "in bulk, all kept": lambda: price_many(priced, asked),
            "in bulk, no two alike": lambda: through(priced, unlike),
            "alone": lambda: [price_for(priced, each) for each in one_by_one],
            "search": lambda: search(quotients),
            "bare": lambda: bare_search(quotients),
        },
        rounds=ROUNDS,
    )
    month = (COUNT, distinct(priced, asked))
    shares = {
        "in bulk": month,
        "in bulk, all kept": month,
        "in bulk, no two alike": (len(unlike), distinct(priced, unlike)),
    }
    year, _total = replay_a_year(priced)
    rows: list[Row] = [
        *floor_rows(took, shares),
        row_at_least(
            "5",
            "prices a second in bulk, and Noethysweb at its best",
            ours=COUNT / took["in bulk"],
            floor=PEER,
            limit=TIMES,
        ),
        row_at_least(
            "5",
            "prices a second one by one, each with its steps, and Noethysweb",
            ours=len(one_by_one) / took["alone"],
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

"""Residence and quotient on a day."""

from datetime import date
from decimal import Decimal

from families.domain.standing import Fact, Standing, Standings


def test_the_fact_of_the_day_counts_and_bounds_are_half_open():
    change = date(2026, 11, 21)
    standings = Standings(
        {7: [Fact("resident", change, None)]},
        {
            7: [
                Fact(Decimal(450), date(2026, 1, 1), change),
                Fact(Decimal(812), change, date(2027, 1, 1)),
            ]
        },
    )

    assert standings.on(7, date(2026, 11, 20)) == Standing(None, Decimal(450))
    assert standings.on(7, change) == Standing("resident", Decimal(812))
    assert standings.on(7, date(2027, 1, 1)) == Standing("resident", None)


def test_nothing_is_known_of_another_household():
    standings = Standings({7: [Fact("resident", date(2026, 1, 1), None)]}, {})

    assert standings.on(8, date(2026, 11, 21)) == Standing()

"""Who would pay less, who would pay more."""

from decimal import Decimal

from hypothesis import given, strategies as st

from enrolment.domain.what_if import UNKNOWN, Household, compare, deciles

households = st.builds(
    Household,
    places=st.integers(1, 200),
    before=st.integers(0, 10**6),
    after=st.integers(0, 10**6),
    quotient=st.none() | st.decimals(0, 3000, places=2),
    residence=st.sampled_from([None, "resident", "outside"]),
    children=st.integers(1, 6),
    guardians=st.integers(1, 2),
)


def test_a_household_that_pays_more_is_told_from_one_that_pays_less() -> None:
    comparison = compare([Household(2, 500, 700), Household(1, 300, 250)])

    total = comparison.total
    assert (total.less, total.more, total.same) == (1, 1, 0)
    assert (total.before, total.after, total.change) == (800, 950, 150)
    assert total.most == 200


def test_households_are_told_apart_by_what_they_are() -> None:
    single = Household(1, 100, 90, residence="resident", children=1, guardians=1)
    large = Household(1, 100, 120, residence=None, children=5, guardians=2)

    comparison = compare([single, large])

    assert [each.key for each in comparison.residences] == ["resident", UNKNOWN]
    assert [each.key for each in comparison.children] == ["1", "3"]
    assert [(each.key, each.change) for each in comparison.guardians] == [
        ("one", -10),
        ("two", 20),
    ]


def test_quotients_are_cut_in_ten_and_say_where() -> None:
    twenty = [Household(1, 0, 0, quotient=Decimal(100 * n)) for n in range(20)]

    groups = compare([*reversed(twenty), Household(1, 0, 0)]).quotients

    assert [each.key for each in groups[:10]] == [str(n) for n in range(1, 11)]
    assert (groups[0].first, groups[0].last) == ("0", "100")
    assert groups[-1].key == UNKNOWN


def test_equal_quotients_stay_together() -> None:
    assert deciles([Decimal(400)] * 5 + [Decimal(900)]) == [1, 1, 1, 1, 1, 9]


def test_nobody_is_nobody() -> None:
    assert compare([]).total.households == 0


@given(st.lists(households, max_size=40))
def test_each_cut_adds_up_to_the_whole(listed: list[Household]) -> None:
    comparison = compare(listed)

    for cut in (
        comparison.quotients,
        comparison.residences,
        comparison.children,
        comparison.guardians,
    ):
        assert sum(each.households for each in cut) == len(listed)
        assert sum(each.change for each in cut) == comparison.total.change
        assert sum(each.less for each in cut) == comparison.total.less
        assert all(each.same >= 0 for each in cut)

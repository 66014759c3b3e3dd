"""Where each class leads, and when."""

from datetime import date

import pytest

from families.domain.promotion import (
    NEXT_CLASS,
    Move,
    may_still_undo,
    moves_of,
    year_to_open,
)


@pytest.mark.parametrize(
    ("old", "new"),
    [("tps", "ps"), ("gs", "cp"), ("cm2", "6e"), ("mat5", "p1"), ("p6", "sec")],
)
def test_a_class_leads_to_the_next_one(old: str, new: str) -> None:
    assert NEXT_CLASS[old] == new


@pytest.mark.parametrize("last", ["lycee", "sec", ""])
def test_the_last_class_leads_nowhere(last: str) -> None:
    assert last not in NEXT_CLASS


def test_the_two_countries_never_mix():
    assert NEXT_CLASS["3e"] == "lycee"
    assert "mat4" not in NEXT_CLASS.values()


def test_moves_count_children_and_say_who_leaves_the_school():
    moves = moves_of({"cm2": 3, "cp": 2, "lycee": 9, "": 4})

    assert moves == [
        Move("cp", "ce1", 2, leaves_school=False),
        Move("cm2", "6e", 3, leaves_school=True),
    ]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 5, 31), None),
        (date(2026, 6, 1), 2026),
        (date(2026, 10, 31), 2026),
        (date(2026, 11, 1), None),
    ],
)
def test_classes_move_from_june_to_october(day: date, year: int | None) -> None:
    assert year_to_open(day) == year


def test_a_move_can_be_undone_until_the_next_season():
    assert may_still_undo(2026, today=date(2027, 5, 31))
    assert not may_still_undo(2026, today=date(2027, 6, 1))

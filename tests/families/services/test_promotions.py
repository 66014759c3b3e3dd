"""All classes move in one go, and come back exactly."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from families.models import Child, PromotedChild
from families.services.promotions import (
    AlreadyPromotedError,
    OutOfSeasonError,
    TooLateToUndoError,
    plan_promotion,
    promote,
    undo_promotion,
)
from foundation.journal.models import Entry
from tenants.models import Town
from tenants.townhall.models import School
from tests.families.builders import Family, make_family

JULY = datetime(2027, 7, 6, 10, tzinfo=UTC)
State = dict[str, tuple[str, str | None, str]]


def pupils() -> Family:
    family = make_family("claire@example.com", "Ana", "Bob", "Cyd", "Dan", "Eve", "Flo")
    tilleuls = School.objects.get(code="tilleuls")
    rows = [
        ("cp", tilleuls, ""),
        ("cm2", tilleuls, ""),
        ("cm2", None, "Sainte-Anne"),
        ("lycee", None, "Lycée"),
        ("", None, ""),
        ("gs", None, "Sainte-Anne"),
    ]
    for child, (school_class, school, other) in zip(family.children, rows, strict=True):
        Child.objects.filter(pk=child.pk).update(
            school_class=school_class, school=school, other_school=other
        )
    return family


def state() -> State:
    rows = Child.objects.values_list(
        "first_name", "school_class", "school__code", "other_school"
    )
    return {name: (each, school, other) for name, each, school, other in rows}


def test_a_plan_writes_nothing_and_counts(rochebelle: Town) -> None:
    family = pupils()
    before = state()

    plan = plan_promotion(kept_back=[family.children[0].public_id])

    moves = [(move.old, move.new, move.count) for move in plan.moves]
    assert moves == [("gs", "cp", 1), ("cm2", "6e", 2)]
    assert (plan.moving, plan.leaving, plan.kept_back) == (3, 2, 1)
    assert state() == before


def test_classes_move_and_leavers_have_no_school(rochebelle: Town) -> None:
    family = pupils()

    promote(
        kept_back=[family.children[5].public_id],
        today=JULY.date(),
        now=JULY,
        actor=family.account,
    )

    assert state() == {
        "Ana": ("ce1", "tilleuls", ""),
        "Bob": ("6e", None, ""),
        "Cyd": ("6e", None, ""),
        "Dan": ("lycee", None, "Lycée"),
        "Eve": ("", None, ""),
        "Flo": ("gs", None, "Sainte-Anne"),
    }
    assert Entry.objects.get(action="classes moved").new["children"] == 3


def test_undoing_gives_back_every_class_and_school(rochebelle: Town) -> None:
    family = pupils()
    before = state()
    promotion = promote(kept_back=[], today=JULY.date(), now=JULY, actor=family.account)

    undone = undo_promotion(
        promotion=promotion, today=JULY.date(), now=JULY, actor=family.account
    )

    assert (undone.put_back, undone.left_alone) == (4, 0)
    assert state() == before


def test_what_a_clerk_changed_since_is_left_alone(rochebelle: Town) -> None:
    family = pupils()
    before = state()
    promotion = promote(kept_back=[], today=JULY.date(), now=JULY, actor=family.account)
    Child.objects.filter(first_name="Ana").update(school_class="cp")
    Child.objects.filter(first_name="Bob").update(other_school="Collège Jean-Moulin")

    undone = undo_promotion(
        promotion=promotion, today=JULY.date(), now=JULY, actor=family.account
    )

    assert (undone.put_back, undone.left_alone) == (2, 2)
    assert state() == before | {
        "Ana": ("cp", "tilleuls", ""),
        "Bob": ("6e", None, "Collège Jean-Moulin"),
    }


def test_classes_move_once_a_summer(rochebelle: Town) -> None:
    family = pupils()
    first = promote(kept_back=[], today=JULY.date(), now=JULY, actor=family.account)

    with pytest.raises(AlreadyPromotedError):
        promote(kept_back=[], today=JULY.date(), now=JULY, actor=family.account)

    undo_promotion(promotion=first, today=JULY.date(), now=JULY, actor=family.account)
    promote(kept_back=[], today=JULY.date(), now=JULY, actor=family.account)
    assert state()["Ana"][0] == "ce1"


def test_classes_do_not_move_in_november(rochebelle: Town) -> None:
    family = pupils()

    with pytest.raises(OutOfSeasonError):
        promote(kept_back=[], today=date(2026, 11, 21), now=JULY, actor=family.account)


def test_a_move_is_not_undone_twice_nor_after_the_season(rochebelle: Town) -> None:
    family = pupils()
    promotion = promote(kept_back=[], today=JULY.date(), now=JULY, actor=family.account)

    with pytest.raises(TooLateToUndoError):
        undo_promotion(
            promotion=promotion,
            today=date(2028, 6, 1),
            now=JULY,
            actor=family.account,
        )
    undo_promotion(
        promotion=promotion, today=JULY.date(), now=JULY, actor=family.account
    )
    with pytest.raises(TooLateToUndoError):
        undo_promotion(
            promotion=promotion, today=JULY.date(), now=JULY, actor=family.account
        )


def test_a_town_of_any_size_moves_in_the_same_statements(rochebelle: Town) -> None:
    family = make_family("claire@example.com", "Ana")
    Child.objects.update(school_class="cp")
    counts = []

    for size in (1, 300):
        Child.objects.bulk_create(
            Child(
                first_name=f"E{size}-{index}",
                last_name="X",
                birth_date=date(2019, 1, 1),
                school_class="ps",
            )
            for index in range(size)
        )
        with CaptureQueriesContext(connection) as context:
            promotion = promote(
                kept_back=[], today=JULY.date(), now=JULY, actor=family.account
            )
        counts.append(len(context))
        undo_promotion(
            promotion=promotion, today=JULY.date(), now=JULY, actor=family.account
        )

    assert counts[0] == counts[1]
    assert PromotedChild.objects.count() == 2 + 302

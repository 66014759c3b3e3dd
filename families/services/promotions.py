"""Move every child to the next class in one go, and take it back exactly.

docs/operations/classes.md tells clerks how and when.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from families.domain.promotion import (
    LAST_OF_SCHOOL,
    NEXT_CLASS,
    Move,
    may_still_undo,
    moves_of,
    year_to_open,
)
from families.models import Child, PromotedChild, Promotion
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record

ROW_ID = BigIntegerField()


class OutOfSeasonError(DomainError):
    """Classes move in summer."""

    def __init__(self) -> None:
        super().__init__(_("Classes move from June to October."))


class AlreadyPromotedError(DomainError):
    """The classes of this school year have moved."""

    def __init__(self) -> None:
        super().__init__(_("The classes have moved already for this school year."))


class TooLateToUndoError(DomainError):
    """The next season has begun, or the move was undone."""

    def __init__(self) -> None:
        super().__init__(_("This move can no longer be undone."))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a move would do; nothing is written."""

    moves: list[Move]
    kept_back: int

    @property
    def moving(self) -> int:
        """How many children change class."""
        return sum(move.count for move in self.moves)

    @property
    def leaving(self) -> int:
        """How many of them leave their school."""
        return sum(move.count for move in self.moves if move.leaves_school)


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did: children put back, and those changed since, left alone."""

    put_back: int
    left_alone: int


def plan_promotion(*, kept_back: Collection[UUID] = ()) -> Plan:
    """Count who would move, without those kept back (public ids). Two queries."""
    moving = _movable()
    counts = dict(
        moving.exclude(public_id__in=kept_back)
        .values_list("school_class")
        .annotate(count=Count("pk"))
        .order_by()
    )
    kept = moving.filter(public_id__in=kept_back).count() if kept_back else 0
    return Plan(moves_of(counts), kept)


def find_promotion(year: int) -> Promotion | None:
    """Return the move made for a school year and not undone."""
    return Promotion.objects.filter(year=year, undone_at=None).first()


@transaction.atomic
def promote(
    *, kept_back: Collection[UUID], today: date, now: datetime, actor: Account
) -> Promotion:
    """Move every child but those kept back, in three statements whatever the town.

    Raises OutOfSeasonError and AlreadyPromotedError.
    """
    year = year_to_open(today)
    if year is None:
        raise OutOfSeasonError
    _one_at_a_time()
    if find_promotion(year) is not None:
        raise AlreadyPromotedError
    promotion = Promotion.objects.create(year=year, made_at=now, made_by=actor)
    moving = _movable().exclude(public_id__in=kept_back)
    _keep_old_values(promotion, moving)
    moved = _apply(promotion)
    record(
        actor=actor,
        action="classes moved",
        target=promotion,
        new={"children": moved, "kept_back": len(kept_back)},
    )
    return promotion


@transaction.atomic
def undo_promotion(
    *, promotion: Promotion, today: date, now: datetime, actor: Account
) -> Undone:
    """Give back each child's class and school as they were.

    A child whose class or school somebody changed since is left alone.
    Raises TooLateToUndoError.
    """
    _one_at_a_time()
    promotion = Promotion.objects.select_for_update(of=("self",)).get(pk=promotion.pk)
    if promotion.undone_at is not None or not may_still_undo(
        promotion.year, today=today
    ):
        raise TooLateToUndoError
    put_back = _give_back(promotion)
    promotion.undone_at, promotion.undone_by = now, actor
    promotion.save(update_fields=["undone_at", "undone_by"])
    undone = Undone(put_back, promotion.children.count() - put_back)
    record(
        actor=actor,
        action="classes moved back",
        target=promotion,
        new={"children": undone.put_back, "left_alone": undone.left_alone},
    )
    return undone


def _keep_old_values(promotion: Promotion, moving: QuerySet[Child]) -> None:
    PromotedChild.objects.bulk_create(
        (
            PromotedChild(
                promotion=promotion,
                child=child,
                old_class=child.school_class,
                new_class=NEXT_CLASS[child.school_class],
                old_school_id=child.school_id,
                old_other_school=child.other_school,
                leaves_school=child.school_class in LAST_OF_SCHOOL,
            )
            for child in moving.select_for_update(of=("self",)).order_by("pk")
        ),
        batch_size=2000,
    )


def _movable() -> QuerySet[Child]:
    return Child.objects.filter(school_class__in=NEXT_CLASS, merged_into=None)


def _apply(promotion: Promotion) -> int:
    """Write the new classes; leavers have no school until the family says which."""
    rows = PromotedChild.objects.filter(promotion=promotion, child=OuterRef("pk"))
    leaving = PromotedChild.objects.filter(promotion=promotion, leaves_school=True)
    children = Child.objects.filter(
        pk__in=PromotedChild.objects.filter(promotion=promotion).values("child")
    )
    return children.update(
        school_class=Subquery(rows.values("new_class")[:1]),
        school_id=Case(
            When(pk__in=leaving.values("child"), then=Value(None)),
            default=F("school_id"),
        ),
        other_school=Case(
            When(pk__in=leaving.values("child"), then=Value("")),
            default=F("other_school"),
        ),
    )


def _give_back(promotion: Promotion) -> int:
    rows = PromotedChild.objects.filter(promotion=promotion, child=OuterRef("pk"))
    children = _untouched(promotion).values("child")
    return Child.objects.filter(pk__in=children).update(
        school_class=Subquery(rows.values("old_class")[:1]),
        school_id=Subquery(rows.values("old_school")[:1]),
        other_school=Subquery(rows.values("old_other_school")[:1]),
    )


def _untouched(promotion: Promotion) -> QuerySet[PromotedChild]:
    """Find children who still have the class and school that the move gave them."""
    return (
        PromotedChild.objects.filter(promotion=promotion)
        .annotate(
            school_now=Coalesce("child__school_id", 0, output_field=ROW_ID),
            school_then=Case(
                When(leaves_school=True, then=Value(0)),
                default=Coalesce("old_school_id", 0, output_field=ROW_ID),
                output_field=ROW_ID,
            ),
            other_then=Case(
                When(leaves_school=True, then=Value("")),
                default=F("old_other_school"),
            ),
        )
        .filter(
            child__school_class=F("new_class"),
            school_now=F("school_then"),
            child__other_school=F("other_then"),
        )
    )


def _one_at_a_time() -> None:
    """Wait for another clerk who presses the same button."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(current_schema() || ' classes'))"
        )

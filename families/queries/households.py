"""Reads of the family's file. Nothing of another household is ever returned."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When, Window
from django.shortcuts import get_object_or_404

from families.domain.standing import Fact, Standing, Standings
from families.enums import GuardianRole
from families.models import (
    Child,
    ChildMembership,
    Document,
    Guardian,
    Household,
    Person,
    Proof,
    QuotientRecord,
    ResidenceRecord,
    terms_due,
)
from families.queries.file_state import file_state
from foundation.accounts.models import Account
from tenants.townhall.models import Commune


def find_person(account: Account) -> Person | None:
    """Return the person who signs in with this account; clerks have none.

    `terms_due` tells whether they still have to accept the terms in force.
    """
    mine = Person.objects.filter(account=account)
    return mine.annotate(terms_due=terms_due("account")).first()


def find_guardian(account: Account, *, chosen: UUID | None = None) -> Guardian | None:
    """Return the person of an account in their household, in one query.

    An adult in several households (a second family) gets the one whose public
    identifier is `chosen` if it is theirs, or else the first one opened. `among` is in
    how many households they are; `terms_due`, whether they still have to accept the
    terms in force. `state_of` reads what waits in the file.
    """
    is_chosen = Case(When(household__public_id=chosen, then=0), default=1)
    return (
        Guardian.objects.filter(person__account=account)
        .select_related("person", "household__commune")
        .annotate(  # type: ignore[no-redef] # Declared for its readers.
            among=Window(Count("pk")),
            terms_due=terms_due("person__account"),
            **file_state("household"),
        )
        .order_by(is_chosen, "household__created_at", "household_id")
        .first()
    )


def guardians_of(account: Account) -> QuerySet[Guardian]:
    """Return the places of an account in its households, the first opened first."""
    return (
        Guardian.objects.filter(person__account=account)
        .select_related("household")
        .order_by("household__created_at", "household_id")
    )


def adults_of(household: Household) -> QuerySet[Guardian]:
    """Return the adults of a household, the responsible first."""
    return (
        Guardian.objects.filter(household=household)
        .select_related("person__account")
        .order_by(Case(When(role=GuardianRole.RESPONSIBLE, then=0), default=1), "id")
    )


def household_of(account: Account) -> Household | None:
    """Return the household an account answers for, with its commune, or None."""
    guardian = find_guardian(account)
    return guardian.household if guardian else None


def children_of(household: Household) -> QuerySet[Child]:
    """Return the children of a household, eldest first."""
    return Child.objects.of(household)


def get_child(household: Household, public_id: UUID) -> Child:
    """Return a child whose file the household may see: one to be born has none.

    Raises Http404 for any other child, exactly as for one that does not exist.
    """
    seen = ChildMembership.objects.current().filter(household=household, sees_file=True)
    return get_object_or_404(
        Child.objects.born()
        .filter(pk__in=seen.values("child"))
        .select_related("school"),
        public_id=public_id,
    )


def filiation_of(household: Household, child: Child) -> str:
    """Return what the responsible of a household is to a child; empty if not said."""
    places = ChildMembership.objects.filter(household=household, child=child)
    return places.values_list("filiation", flat=True).first() or ""


def get_document(household: Household, public_id: UUID) -> Document:
    """Return a document that the household handed in, or raise Http404."""
    return get_object_or_404(
        Document.objects.filter(proof__household=household).select_related("proof"),
        public_id=public_id,
    )


def get_proof(household: Household, public_id: UUID) -> Proof:
    """Return a proof of the household with its documents, or raise Http404."""
    return get_object_or_404(
        Proof.objects.filter(household=household)
        .select_related("proof_type", "child", "person", "household")
        .prefetch_related("documents"),
        public_id=public_id,
    )


def proofs_of(household: Household) -> QuerySet[Proof]:
    """Return the household's proofs that count or wait, newest first.

    A refused one is shown too: the family reads why. One query, the type and the
    child included; `.prefetch_related("documents")` adds one.
    """
    return (
        Proof.objects.filter(household=household)
        .shown()
        .select_related("proof_type", "child", "person")
        .order_by("-submitted_at", "-id")
    )


def addresses_of(household_ids: Collection[int]) -> dict[int, list[str]]:
    """Return where each household is written to, in one query.

    Each adult's address: the one they sign in with, or else the one the town has.
    """
    found: dict[int, set[str]] = {each: set() for each in household_ids}
    rows = Guardian.objects.filter(household_id__in=household_ids).values_list(
        "household_id", "person__account__email", "person__email"
    )
    for household_id, signs_in, left in rows:
        found[household_id].add(signs_in or left)
    return {each: sorted(known - {""}) for each, known in found.items()}


def addresses_for(account: Account, household: Household) -> list[str]:
    """Return where what an account did for a household is confirmed, in one query.

    The account's own address when its holder is an adult there. A clerk at the
    counter is not: the family's addresses then, none when it left none.
    """
    known = addresses_of([household.pk])[household.pk]
    return [account.email] if account.email in known else known


def communes_at(postal_code: str) -> list[Commune]:
    """Return the town's communes that have a postal code, in the town's order."""
    return list(
        Commune.objects.filter(postal_codes__contains=[postal_code]).order_by(
            "position", "name"
        )
    )


def residence_on(household: Household, day: date) -> str | None:
    """Return the `Residence` proven on a day, or None when nothing is proven."""
    held = ResidenceRecord.objects.filter(household=household)
    return held.on(day).values_list("status", flat=True).first()


def quotient_on(household: Household, day: date) -> Decimal | None:
    """Return the family quotient proven on a day, or None when none is."""
    held = QuotientRecord.objects.filter(household=household)
    return held.on(day).values_list("value", flat=True).first()


def standing_on(household: Household, day: date) -> Standing:
    """Return residence and quotient of one household on one day."""
    return standings_of([household.pk], [day]).on(household.pk, day)


def standings_of(household_ids: Collection[int], days: Iterable[date]) -> Standings:
    """Return the standings of many households over some days, in two queries.

    Ask the result with `.on(household_id, day)`, for any day from the first to the
    last of `days`. Without a day nothing is read.
    """
    known = sorted(days)
    if not known or not household_ids:
        return Standings({}, {})
    over = Q(from_on__lte=known[-1]) & (Q(until_on=None) | Q(until_on__gt=known[0]))
    return Standings(
        _facts(ResidenceRecord.objects.filter(over), "status", household_ids),
        _facts(QuotientRecord.objects.filter(over), "value", household_ids),
    )


def child_ranks(household_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """Return ranks by (household id, child id): 1 is the eldest. One query.

    Twins are ranked in the order they were added; a child to be born has no rank.
    """
    ranks: dict[tuple[int, int], int] = {}
    seen: dict[int, int] = defaultdict(int)
    pairs = (
        ChildMembership.objects.current()
        .filter(household_id__in=household_ids)
        .filter(child__is_expected=False)
        .order_by("child__birth_date", "child_id")
        .values_list("household_id", "child_id")
    )
    for household_id, child_id in pairs:
        seen[household_id] += 1
        ranks[household_id, child_id] = seen[household_id]
    return ranks


def child_rank(household: Household, child: Child) -> int:
    """Return the rank of a child in a household, by birth date; 1 is the eldest.

    Raises KeyError for a child of another household.
    """
    return child_ranks([household.pk])[household.pk, child.pk]


def _facts(
    records: QuerySet[Any], column: str, household_ids: Collection[int]
) -> dict[int, list[Fact[Any]]]:
    facts: dict[int, list[Fact[Any]]] = defaultdict(list)
    rows = records.filter(household_id__in=household_ids).values_list(
        "household_id", column, "from_on", "until_on"
    )
    for household_id, value, start, until in rows:
        facts[household_id].append(Fact(value, start, until))
    return facts

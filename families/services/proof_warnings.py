"""Families are told of what expires: 30 days ahead, 7 days ahead, once each.

One message for a household lists all that ends. A proof whose replacement already
waits is left out: the family did what is asked. The reads and the marks are made for
the whole town at once, whatever the number of families.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from families.enums import ProofStatus, Proves
from families.models import Proof
from families.models.proofs import ProofQuerySet
from families.services.household_letters import send_proofs_ending

#: Days before the end at which a family is told.
FIRST, LAST = 30, 7


def proofs_to_warn(*, today: date) -> ProofQuerySet:
    """Return the accepted proofs whose family was not told yet that they end."""
    never = Q(warned_before=None, valid_until__lte=today + timedelta(days=FIRST))
    once = Q(warned_before__gt=LAST, valid_until__lte=today + timedelta(days=LAST))
    return (
        Proof.objects.filter(
            never | once,
            status=ProofStatus.ACCEPTED,
            valid_from__lte=today,
            valid_until__gt=today,
            household__merged_into=None,
            household__erased_at=None,
        )
        .exclude(proof_type__proves=Proves.ABSENCE)
        .exclude(Exists(_replacements()))
    )


def _replacements() -> ProofQuerySet:
    """Return what follows a proof already: waiting, or accepted from its end on."""
    follows = Q(status=ProofStatus.SUBMITTED) | Q(
        status=ProofStatus.ACCEPTED, valid_from__gte=OuterRef("valid_until")
    )
    about = (
        Q(child=OuterRef("child"))
        | Q(person=OuterRef("person"))
        | Q(child=None, person=None)
    )
    return Proof.objects.filter(
        follows,
        about,
        household=OuterRef("household"),
        proof_type=OuterRef("proof_type"),
    )


def warning_is_due(*, today: date) -> bool:
    """Tell whether a family of the town has to be told something: one query."""
    return proofs_to_warn(today=today).exists()


@transaction.atomic
def warn_of_endings(*, today: date) -> int:
    """Write to each household once, of all that ends; return how many households.

    What was warned of is marked in the same transaction: two jobs at once write once.
    """
    due = list(
        proofs_to_warn(today=today)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("proof_type", "child", "person")
        .order_by("valid_until", "id")
    )
    by_household: dict[int, list[Proof]] = defaultdict(list)
    for proof in due:
        by_household[proof.household_id].append(proof)
        left = (proof.valid_until or today) - today
        proof.warned_before = LAST if left <= timedelta(days=LAST) else FIRST
    Proof.objects.bulk_update(due, ["warned_before"], batch_size=500)
    send_proofs_ending(by_household)
    return len(by_household)

"""What guardians allow, and take back: each answer is added, dated and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from families.domain.children import age_on
from families.models import Authorisation, AuthorisationKind, Child, Household
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record


class TooYoungForThisError(DomainError):
    """The town asks for an older child."""

    def __init__(self, kind: str, age: int) -> None:
        super().__init__(
            _("“%(kind)s” is possible from %(age)s years of age.")
            % {"kind": kind, "age": age}
        )


@dataclass(frozen=True, slots=True)
class Given:
    """An authorisation asked by the town, and the answer that counts, if any."""

    kind: AuthorisationKind
    answer: Authorisation | None

    @property
    def is_allowed(self) -> bool | None:
        """Yes, no, or None when nobody answered."""
        return self.answer.is_allowed if self.answer else None


def authorisations_of(child: Child) -> list[Given]:
    """Return what the town asks about a child with the last answers: two queries."""
    answers = {
        each.kind_id: each
        for each in Authorisation.objects.filter(child=child)
        .in_force()
        .select_related("given_by")
    }
    kinds = AuthorisationKind.objects.filter(is_asked=True).order_by("position", "name")
    return [Given(kind, answers.get(kind.pk)) for kind in kinds]


def is_old_enough(kind: AuthorisationKind, child: Child, today: date) -> bool:
    """Tell whether the town accepts a yes for this child."""
    return kind.minimum_age is None or (
        age_on(child.birth_date, today) >= kind.minimum_age
    )


@transaction.atomic
def answer_authorisations(
    *,
    child: Child,
    household: Household | None,
    answers: Mapping[str, bool | None],
    today: date,
    now: datetime,
    actor: Account | None,
) -> None:
    """Add the answers that differ from those that count, by code of the kind.

    None leaves a question as it is: an answer is taken back by the opposite one.
    Raises TooYoungForThisError.
    """
    # Two guardians who answer at once wait for each other here.
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    for given in authorisations_of(child):
        wanted = answers.get(given.kind.code)
        if wanted is None or wanted == given.is_allowed:
            continue
        if wanted and not is_old_enough(given.kind, child, today):
            raise TooYoungForThisError(given.kind.name, given.kind.minimum_age or 0)
        _add_answer(given, child, household, now=now, actor=actor, is_allowed=wanted)


def _add_answer(
    given: Given,
    child: Child,
    household: Household | None,
    *,
    now: datetime,
    actor: Account | None,
    is_allowed: bool,
) -> None:
    Authorisation.objects.create(
        child=child,
        kind=given.kind,
        text=given.kind.text,
        is_allowed=is_allowed,
        household=household,
        given_by=actor,
        given_at=now,
    )
    record(
        actor=actor,
        action="authorisation given" if is_allowed else "authorisation refused",
        target=child,
        old={given.kind.code: given.is_allowed},
        new={given.kind.code: is_allowed},
    )

"""Reads of who in a household signs in, and how."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from families.models import ClaimCode, Guardian, Household, Person
from families.queries.households import adults_of


@dataclass(frozen=True, slots=True)
class SigningIn:
    """How one adult signs in: `state` is none, unreachable, waiting, temporary, own."""

    person: Person
    state: str

    @property
    def can_be_sent(self) -> bool:
        """Whether credentials can be sent, for the first time or again."""
        return self.state in {"none", "waiting", "temporary"}


@dataclass(frozen=True, slots=True)
class WaysIn:
    """The adults of a household, and its standing code if any."""

    household: Household
    adults: tuple[SigningIn, ...]
    code: ClaimCode | None

    @property
    def has_account(self) -> bool:
        """Whether somebody of the household has an account already."""
        return any(each.person.account_id for each in self.adults)


def households_without_account(
    households: QuerySet[Household],
) -> QuerySet[Household]:
    """Return the households where nobody has an account; files merged are left out."""
    signed = Guardian.objects.filter(
        household=OuterRef("pk"), person__account__isnull=False
    )
    adults = Guardian.objects.filter(household=OuterRef("pk"))
    return households.filter(~Exists(signed), Exists(adults), merged_into=None)


def ways_in_of(household: Household, *, at: datetime) -> WaysIn:
    """Return who signs in and what code stands, in three queries."""
    places = list(adults_of(household))
    accounts = [place.person.account_id for place in places]
    confirmed = set(
        EmailAddress.objects.filter(user__in=filter(None, accounts), verified=True)
        .values_list("user_id", flat=True)
        .distinct()
    )
    return WaysIn(
        household=household,
        adults=tuple(
            SigningIn(place.person, _state(place.person, confirmed)) for place in places
        ),
        code=ClaimCode.objects.valid(at=at).filter(household=household).first(),
    )


def _state(person: Person, confirmed: set[int]) -> str:
    account = person.account
    if account is None:
        return "none" if person.email else "unreachable"
    if not account.must_choose_password:
        return "own"
    return "temporary" if account.pk in confirmed else "waiting"

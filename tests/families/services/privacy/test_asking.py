"""A family asks to be erased; the town answers in time, and everybody is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from families.domain.retention import answer_due
from families.enums import GuardianRole
from families.enums.privacy import ErasureStatus
from families.models import Child, ErasureRequest, Guardian
from families.services.privacy.asking import (
    AlreadyAskedError,
    AlreadyDecidedError,
    NotTheirsToAskError,
    ReasonNeededError,
    StillInTheWayError,
    accept_erasure,
    ask_erasure,
    erase_accepted,
    refuse_erasure,
    warn_of_due,
    withdraw_erasure,
)
from families.signals import account_closing
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.families.builders import NOW, TODAY, Family, make_family, make_person
from tests.families.sharing_builders import separated

pytestmark = pytest.mark.usefixtures("rochebelle")


@pytest.fixture
def chief() -> Account:
    return Account.objects.create_superuser("chief@example.com")


def ask(family: Family) -> ErasureRequest:
    return ask_erasure(
        household=family.household, actor=family.account, today=TODAY, now=NOW
    )


def accept(request: ErasureRequest, chief: Account) -> None:
    accept_erasure(
        request=request, reason="As asked", actor=chief, today=TODAY, now=NOW
    )


def owes(**_kwargs: Any) -> list[str]:
    return ["You have 12 euros to pay."]


def test_the_family_and_the_administrators_are_told(
    chief: Account, mailoutbox: Any
) -> None:
    family = make_family()

    request = ask(family)

    assert request.due_on == date(2026, 12, 21)
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "before the end of 21" in told["claire@example.com"]
    assert str(request.public_id) in told["chief@example.com"]
    assert family.household.file_number not in told["chief@example.com"]


@pytest.mark.parametrize(
    ("asked_on", "country", "due_on"),
    [
        (date(2027, 1, 31), "FR", date(2027, 2, 28)),
        (date(2026, 11, 21), "FR", date(2026, 12, 21)),
        (date(2026, 11, 21), "CA", date(2026, 12, 11)),
    ],
)
def test_the_law_gives_a_month_in_france_and_twenty_days_in_quebec(
    asked_on: date, country: str, due_on: date
) -> None:
    assert answer_due(asked_on=asked_on, country=country) == due_on


def test_it_is_asked_once_and_by_the_responsible_only() -> None:
    family = make_family()
    other = make_person("paul@example.com", "Paul")
    Guardian.objects.create(
        household=family.household, person=other, role=GuardianRole.CO_RESPONSIBLE
    )
    ask(family)

    with pytest.raises(AlreadyAskedError):
        ask(family)
    assert other.account is not None
    with pytest.raises(NotTheirsToAskError):
        ask_erasure(
            household=family.household, actor=other.account, today=TODAY, now=NOW
        )


def test_an_accepted_family_is_erased_and_its_last_message_leaves_nothing(
    chief: Account, mailoutbox: Any
) -> None:
    family = make_family("claire@example.com", "Zoé")
    request = ask(family)
    accept(request, chief)
    mailoutbox.clear()

    erased = erase_accepted(request_id=request.pk, today=TODAY, now=NOW)

    request.refresh_from_db()
    family.household.refresh_from_db()
    assert erased
    assert family.household.erased_at == NOW
    assert (request.status, request.erased_at) == (ErasureStatus.DONE, NOW)
    assert "As asked" not in request.reason
    assert [mail.to for mail in mailoutbox] == [["claire@example.com"]]
    assert "X-Preau-Leaves-Nothing" in mailoutbox[0].extra_headers
    assert not erase_accepted(request_id=request.pk, today=TODAY, now=NOW)


def test_the_child_of_a_separated_parent_stays_with_the_other_household(
    chief: Account,
) -> None:
    mother, father = separated("Zoé")
    request = ask(mother)
    accept(request, chief)

    erase_accepted(request_id=request.pk, today=TODAY, now=NOW)

    child = Child.objects.get(pk=mother.children[0].pk)
    assert child.first_name == "Zoé"
    assert list(child.households.all()) == [father.household]


def test_who_owes_is_erased_neither_at_the_answer_nor_by_the_job(
    chief: Account,
) -> None:
    first, second = make_family("a@example.com"), make_family("b@example.com")
    refused, accepted = ask(first), ask(second)
    accept(accepted, chief)
    account_closing.connect(owes)
    try:
        with pytest.raises(StillInTheWayError) as error:
            accept(refused, chief)
        erased = erase_accepted(request_id=accepted.pk, today=TODAY, now=NOW)
    finally:
        account_closing.disconnect(owes)

    accepted.refresh_from_db()
    assert error.value.reasons == ["You have 12 euros to pay."]
    assert not erased
    assert accepted.status == ErasureStatus.ASKED


def test_a_refusal_says_why_and_the_family_may_ask_again(
    chief: Account, mailoutbox: Any
) -> None:
    family = make_family()
    request = ask(family)
    mailoutbox.clear()
    with pytest.raises(ReasonNeededError):
        refuse_erasure(request=request, reason=" ", actor=chief, now=NOW)

    refuse_erasure(request=request, reason="A case is open.", actor=chief, now=NOW)

    assert "A case is open." in mailoutbox[0].body
    assert Entry.objects.get(action="erasure refused").actor == chief
    with pytest.raises(AlreadyDecidedError):
        accept(request, chief)
    assert ask(family).status == ErasureStatus.ASKED


def test_a_family_takes_its_request_back(mailoutbox: Any) -> None:
    family = make_family()
    request = ask(family)
    mailoutbox.clear()

    withdraw_erasure(household=family.household, actor=family.account, now=NOW)

    request.refresh_from_db()
    assert request.status == ErasureStatus.WITHDRAWN
    assert len(mailoutbox) == 1
    with pytest.raises(AlreadyDecidedError):
        withdraw_erasure(household=family.household, actor=family.account, now=NOW)


def test_administrators_are_warned_once_a_week_before_the_last_day(
    chief: Account, mailoutbox: Any
) -> None:
    request = ask(make_family())
    mailoutbox.clear()

    early = warn_of_due(today=request.due_on - timedelta(days=8), now=NOW)
    near = warn_of_due(today=request.due_on - timedelta(days=7), now=NOW)
    again = warn_of_due(today=request.due_on, now=NOW)

    assert (early, near, again) == (0, 1, 0)
    assert [mail.to for mail in mailoutbox].count(["chief@example.com"]) == 1

"""What is erased by itself of requests, and what a place keeps alive."""

from datetime import date, timedelta

import pytest

from enrolment.models import Access, AccessRequest
from families.models import HealthSheet
from families.services.privacy.erasing import erase_households
from families.services.privacy.outlook import outlook_of
from families.services.privacy.runs import count_monthly, set_period
from foundation.accounts.models import Account
from tests.enrolment.booking_builders import accepted_family
from tests.enrolment.request_builders import draft, hand_in, sent
from tests.families.builders import NOW, TODAY, make_family

LONG_AGO = NOW - timedelta(days=4 * 365)

pytestmark = pytest.mark.usefixtures("rochebelle")


@pytest.fixture
def chief() -> Account:
    return Account.objects.create_superuser("chief@example.com")


def erase_by(rule: str, *, number: int, chief: Account) -> int:
    """Let a rule erase by itself, as on the first of the month; return how many."""
    set_period(rule=rule, number=number, is_automatic=True, actor=chief)
    return int(count_monthly(now=NOW).report[rule]["count"])


def test_a_request_begun_long_ago_and_never_sent_goes_and_a_sent_one_stays(
    chief: Account,
) -> None:
    forgotten = draft(make_family("a@example.com", "Ana"))
    needed = forgotten.service.requirements.filter(is_mandatory=True)
    hand_in(forgotten, needed[0].proof_type.code)
    lately = draft(make_family("b@example.com", "Bob"))
    waiting = sent(make_family("c@example.com", "Cid"))
    AccessRequest.objects.filter(pk__in=[forgotten.pk, waiting.pk]).update(
        created_at=LONG_AGO
    )

    count = erase_by("drafts", number=3, chief=chief)

    assert count == 1
    assert set(AccessRequest.objects.all()) == {lately, waiting}


def test_the_health_sheet_of_a_child_who_is_accepted_somewhere_stays(
    chief: Account,
) -> None:
    accepted = accepted_family("a@example.com", "Ana")
    over = accepted_family("b@example.com", "Bob")
    for family in (accepted, over):
        HealthSheet.objects.create(child=family.children[0], updated_at=LONG_AGO)
    Access.objects.filter(household=over.household).update(
        from_on=date(2022, 9, 1), until_on=date(2023, 7, 4)
    )

    count = erase_by("health", number=2, chief=chief)

    assert count == 1
    assert HealthSheet.objects.get().child == accepted.children[0]


def test_an_accepted_service_without_a_day_booked_is_told_and_ends_with_the_file() -> (
    None
):
    family = accepted_family("a@example.com", "Ana")
    Access.objects.update(until_on=None)
    service = Access.objects.get().service

    outlook = outlook_of(family.household, today=TODAY)
    erase_households(households=[family.household.pk], actor=None, now=NOW)

    assert outlook.obstacles == ()
    assert len(outlook.ending) == 1
    assert outlook.ending[0] == f"Ana's place in {service.name} ends with the file."
    assert not Access.objects.exists()

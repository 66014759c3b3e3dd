"""Closing an account."""

import pytest

from families.services.closing import (
    AlreadyClosedError,
    StillNeededError,
    close_account,
    close_own_account,
    reasons_to_keep,
    reopen_account,
)
from families.signals import account_closing
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.families.builders import NOW, TODAY, make_family

pytestmark = pytest.mark.usefixtures("rochebelle")


def test_who_owes_nothing_closes_the_account(mailoutbox):
    family = make_family()

    close_own_account(account=family.account, today=TODAY, now=NOW)

    family.account.refresh_from_db()
    assert not family.account.is_active
    assert [mail.to for mail in mailoutbox] == [["claire@example.com"]]
    entry = Entry.objects.get(action="account closed on request")
    assert entry.actor == family.account


def test_what_is_owed_or_booked_comes_first():
    family = make_family()

    def owes(**_kwargs):
        return ["You have 12 euros to pay."]

    account_closing.connect(owes)
    try:
        with pytest.raises(StillNeededError) as refused:
            close_own_account(account=family.account, today=TODAY, now=NOW)
    finally:
        account_closing.disconnect(owes)

    family.account.refresh_from_db()
    assert refused.value.reasons == ["You have 12 euros to pay."]
    assert family.account.is_active


def test_a_family_without_bill_nor_booking_has_no_reason_to_wait():
    assert reasons_to_keep(account=make_family().account, today=TODAY) == []


def test_the_town_closes_with_a_reason_that_the_person_reads(mailoutbox):
    family = make_family()
    clerk = Account.objects.create_user("agent@example.com", is_staff=True)

    close_account(
        account=family.account, reason="The age was wrong.", actor=clerk, now=NOW
    )

    family.account.refresh_from_db()
    assert not family.account.is_active
    assert "The age was wrong." in mailoutbox[0].body
    assert Entry.objects.get(action="account closed").reason == "The age was wrong."


def test_an_account_is_closed_once():
    family = make_family()
    clerk = Account.objects.create_user("agent@example.com", is_staff=True)
    close_account(account=family.account, reason="x", actor=clerk, now=NOW)

    with pytest.raises(AlreadyClosedError):
        close_account(account=family.account, reason="y", actor=clerk, now=NOW)


def test_the_town_reopens():
    family = make_family()
    clerk = Account.objects.create_user("agent@example.com", is_staff=True)
    close_account(account=family.account, reason="x", actor=clerk, now=NOW)

    reopen_account(account=family.account, reason="A mistake.", actor=clerk)

    family.account.refresh_from_db()
    assert family.account.is_active
    assert Entry.objects.get(action="account reopened").actor == clerk

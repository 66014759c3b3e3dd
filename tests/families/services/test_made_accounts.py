import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.core.mail import EmailMessage

from families.enums import Civility
from families.models import Person
from families.services.made_account_errors import (
    AccountInUseError,
    AddressTakenError,
    NoAddressError,
)
from families.services.made_accounts import open_account, openable
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.families.builders import NOW, make_person

pytestmark = pytest.mark.django_db


def on_file(email: str = "jean@example.com", **more: str) -> Person:
    names = {"first_name": "Jean", "last_name": "Testeur"} | more
    return Person.objects.create(civility=Civility.SIR, email=email, **names)


def password_in(letter: EmailMessage) -> str:
    found = re.search(r"(?:password|provisoire|temporaire) ?: (\S+)", str(letter.body))
    assert found, letter.body
    return found.group(1)


def test_the_message_holds_user_name_password_and_link(rochebelle, mailoutbox):
    account = open_account(person=on_file(), actor=None, now=NOW)

    (mail,) = mailoutbox
    assert mail.to == ["jean@example.com"]
    assert account.user_name == "jean.testeur"
    assert "jean.testeur" in mail.body
    assert account.check_password(password_in(mail))
    confirmation = EmailConfirmation.objects.get()
    assert f"/accounts/confirm-email/{confirmation.key}/" in mail.body
    assert confirmation.sent == NOW
    assert account.temporary_until == NOW + timedelta(days=30)


def test_the_account_waits_for_its_activation(rochebelle):
    account = open_account(person=on_file(), actor=None, now=NOW)

    assert not EmailAddress.objects.get(user=account).verified
    assert Person.objects.get().account == account
    assert account.must_choose_password


def test_the_password_stands_in_the_message_only(rochebelle, mailoutbox):
    account = open_account(person=on_file(), actor=None, now=NOW)

    password = password_in(mailoutbox[-1])
    assert password not in account.password
    assert not [row for row in Entry.objects.values() if password in str(row)]
    assert not set("01ilo") & set(password)


def test_two_people_of_one_name_have_two_user_names(rochebelle):
    first = open_account(person=on_file(), actor=None, now=NOW)
    second = open_account(person=on_file("j2@example.com"), actor=None, now=NOW)

    assert (first.user_name, second.user_name) == ("jean.testeur", "jean.testeur2")


def test_sending_again_makes_the_former_password_and_link_useless(
    rochebelle, mailoutbox
):
    person = on_file()
    open_account(person=person, actor=None, now=NOW)
    former = password_in(mailoutbox[-1])
    link = EmailConfirmation.objects.get().key
    person.refresh_from_db()

    account = open_account(person=person, actor=None, now=NOW)

    assert Account.objects.count() == 2  # The administrator, and Jean.
    assert not account.check_password(former)
    assert not EmailConfirmation.objects.filter(key=link).exists()


def test_once_activated_the_new_message_has_no_link(rochebelle, mailoutbox):
    person = on_file()
    open_account(person=person, actor=None, now=NOW)
    EmailAddress.objects.filter(email=person.email).update(verified=True)
    person.refresh_from_db()

    open_account(person=person, actor=None, now=NOW)

    assert "confirm-email" not in mailoutbox[-1].body


def test_nobody_without_address_has_an_account(rochebelle):
    with pytest.raises(NoAddressError):
        open_account(person=on_file(""), actor=None, now=NOW)


def test_an_address_that_signs_in_already_is_refused(rochebelle):
    make_person("jean@example.com")

    with pytest.raises(AddressTakenError):
        open_account(person=on_file("Jean@Example.com"), actor=None, now=NOW)


def test_somebody_who_chose_a_password_keeps_it(rochebelle):
    person = make_person()

    with pytest.raises(AccountInUseError):
        open_account(person=person, actor=None, now=NOW)

    assert openable([person]) == []


def test_a_password_of_ones_own_ends_the_temporary_one(rochebelle):
    account = open_account(person=on_file(), actor=None, now=NOW)

    account.set_password("un-long-secret-a-moi")

    assert not account.must_choose_password

"""The person behind an account."""

from allauth.account.models import EmailAddress

from families.models import Person
from families.services.people import discard_unconfirmed, keep_address
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.families.builders import NOW, account_of, make_family, make_person


def test_signing_up_dates_the_declarations_and_names_no_actor(rochebelle):
    person = make_person()

    assert person.of_age_declared_at == person.notice_seen_at == NOW
    entry = Entry.objects.get(action="person signed up")
    assert entry.actor is None
    assert entry.record == person.public_id


def test_an_account_never_confirmed_is_discarded(rochebelle):
    person = make_person()
    EmailAddress.objects.update(verified=False)

    assert discard_unconfirmed(account=account_of(person))

    assert not Account.objects.filter(email="claire@example.com").exists()
    assert not Person.objects.exists()


def test_a_confirmed_account_or_a_family_is_kept(rochebelle):
    person = make_person()
    family = make_family("paul@example.com")
    EmailAddress.objects.filter(user=family.account).update(verified=False)

    assert not discard_unconfirmed(account=account_of(person))
    assert not discard_unconfirmed(account=family.account)


def test_the_person_follows_the_address_of_the_account(rochebelle):
    person = make_person()

    keep_address(account=account_of(person), email="new@example.com")

    person.refresh_from_db()
    assert person.email == "new@example.com"

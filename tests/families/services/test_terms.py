"""Versions of the terms, and who accepted them."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from families.models import Terms, TermsAcceptance
from families.queries import find_guardian, find_person
from families.services.terms import (
    NothingToPublishError,
    TermsOverError,
    accept_terms,
    publish_terms,
    write_draft,
)
from foundation.journal.models import Entry
from tests.families.builders import NOW, make_family

pytestmark = pytest.mark.usefixtures("rochebelle")


def published(body="Be kind."):
    write_draft(body=body, actor=None)
    return publish_terms(actor=None, now=NOW)


def accept(family, terms, address="192.0.2.7"):
    return accept_terms(
        account=family.account, version=terms.public_id, address=address, now=NOW
    )


def must_accept(who):
    """Return what was read with a person or a guardian."""
    return who.terms_due


def test_versions_are_numbered_in_the_order_of_publication():
    numbers = [published("One.").number, published("Two.").number]

    assert numbers == [1, 2]
    assert Entry.objects.filter(action="terms published").count() == 2


def test_a_draft_is_written_over_and_asks_nobody():
    family = make_family()
    write_draft(body="One.", actor=None)

    again = write_draft(body="Two.", actor=None)

    assert Terms.objects.get() == again
    assert again.body == "Two."
    assert must_accept(find_person(family.account)) is False


def test_the_second_of_two_clerks_publishes_nothing():
    published()

    with pytest.raises(NothingToPublishError):
        publish_terms(actor=None, now=NOW)


def test_the_version_in_force_is_due_until_it_is_accepted():
    family, other = make_family(), make_family("other@example.com")
    terms = published()
    before = must_accept(find_guardian(family.account))

    accept(family, terms)

    assert before is True
    assert must_accept(find_guardian(family.account)) is False
    assert must_accept(find_person(family.account)) is False
    assert must_accept(find_person(other.account)) is True


def test_a_new_version_is_asked_for_again():
    family = make_family()
    accept(family, published())

    published("Be kinder.")

    assert must_accept(find_person(family.account)) is True


def test_who_when_which_and_from_where_are_kept_once():
    family = make_family()
    terms = published()

    accept(family, terms)
    accept(family, terms, address="192.0.2.8")

    kept = TermsAcceptance.objects.get()
    assert (kept.account, kept.terms, kept.accepted_at, kept.address) == (
        family.account,
        terms,
        NOW,
        "192.0.2.7",
    )


def test_a_version_that_is_over_is_not_accepted():
    family = make_family()
    former = published()
    published("Two.")

    for version in (former.public_id, uuid4()):
        with pytest.raises(TermsOverError):
            accept_terms(account=family.account, version=version, address=None, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE families_terms SET body = 'Other.'",
        "DELETE FROM families_termsacceptance",
        "UPDATE families_termsacceptance SET accepted_at = now()",
        "UPDATE families_termsacceptance SET address = '192.0.2.9'",
        "UPDATE families_termsacceptance SET address = NULL, accepted_at = now()",
    ],
)
def test_what_was_accepted_is_never_rewritten(change):
    accept(make_family(), published())

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_the_network_address_may_be_emptied_later():
    accept(make_family(), published())

    TermsAcceptance.objects.update(address=None)

    assert TermsAcceptance.objects.get().address is None
    assert TermsAcceptance.objects.get().accepted_at == NOW

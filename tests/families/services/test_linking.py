"""An account takes its place in a file that the town had before."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from billing.models import Invoice
from billing.services.runs import draft_run, issue_run
from families.domain.invoices import InvoiceFacts
from families.models import FileLink, Guardian, Household, Person
from families.queries import find_guardian
from families.services.claim_codes import issue_code
from families.services.finding_files import NumberAndBirth, PaperInvoice, PostedCode
from families.services.linking import link_file, unlink_file
from families.services.linking_errors import AlreadyUndoneError, NoSuchFileError
from families.services.merging import merge_children, merge_households
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.billing.builders import (
    NOVEMBER,
    NOW as BILLED_AT,
    Family as Billed,
    a_regie,
    book,
    lunches,
    november,
)
from tests.enrolment.request_builders import make_clerk
from tests.families.builders import NOW, account_of, make_family, make_person
from tests.families.known_files import BORN, add_adult, known_file

WRONG_DAY = date(1984, 3, 28)


def link(person, knows):
    return link_file(account=account_of(person), knows=knows, now=NOW)


def by_number(number, born_on=BORN):
    return NumberAndBirth(number, born_on)


@pytest.fixture
def outbox(monkeypatch):
    monkeypatch.setattr(
        "django.conf.settings.EMAIL_BACKEND",
        "django.core.mail.backends.locmem.EmailBackend",
    )
    mail.outbox = []
    return mail.outbox


def test_the_account_becomes_the_person_of_the_file_at_once(rochebelle):
    known, fresh = known_file(), make_person()

    link(fresh, by_number("f 1000 0008"))

    guardian = find_guardian(account_of(fresh))
    assert guardian is not None
    assert guardian.household == known.household
    assert guardian.person.first_name == "Luc"
    assert not Person.objects.filter(pk=fresh.pk).exists()


def test_the_names_typed_stay_in_the_journal_and_in_the_link(rochebelle):
    known, fresh = known_file(), make_person()

    made = link(fresh, by_number(known.household.file_number))

    assert made.typed["first_name"] == "Claire"
    entry = Entry.objects.get(action="account linked")
    assert entry.actor == account_of(fresh)
    assert entry.record == known.household.public_id
    assert entry.old["last_name"] == "Martin"
    merged = Entry.objects.get(action="person merged")
    assert merged.record == fresh.public_id


def test_the_address_the_file_had_is_told_and_shows_no_secret(rochebelle, outbox):
    known, fresh = known_file(), make_person()
    add_adult(known.household, first_name="Anne", last_name="Roy", email="anne@b.ex")

    link(fresh, by_number(known.household.file_number))

    assert sorted(message.to[0] for message in outbox) == [
        "anne@b.ex",
        "luc.bergeron@old.example",
    ]
    for message in outbox:
        assert known.household.file_number not in message.body
        assert "claire@example.com" not in message.body
        assert "c•••@example.com" in message.body


def test_what_the_file_knows_stays_and_what_it_lacks_is_filled(rochebelle):
    known = known_file(email="")
    fresh = make_person()
    Person.objects.filter(pk=fresh.pk).update(phone="06 00 00 00 00")

    made = link(fresh, by_number(known.household.file_number))

    known.person.refresh_from_db()
    assert known.person.birth_date == BORN
    assert known.person.phone == "06 00 00 00 00"
    assert known.person.email == "claire@example.com"
    assert known.person.of_age_declared_at == NOW
    assert set(made.filled) == {
        "email",
        "phone",
        "notice_seen_at",
        "of_age_declared_at",
    }


def test_the_code_of_a_person_or_of_a_child_works_too(rochebelle):
    known = known_file(first_name="Claire", last_name="Martin")
    child = known.household.children.get()

    made = link(make_person(), by_number(child.person_code, child.birth_date))

    assert made.person == known.person
    other = known_file("F-20000001")
    again = link(make_person("b@example.com"), by_number(other.person.person_code))
    assert again.person == other.person


def test_the_household_opened_before_comes_along(rochebelle):
    known, family = known_file(), make_family("claire@example.com", "Lina")

    made = link(family.person, by_number(known.household.file_number))

    mine = Guardian.objects.filter(person=known.person)
    assert {each.household for each in mine} == {known.household, family.household}
    assert len(made.moved) == 1


def test_a_code_of_a_letter_opens_the_file_once(rochebelle):
    known = known_file()
    code = issue_code(household=known.household, actor=None, now=NOW)

    made = link(make_person(), PostedCode(code.lower()))

    assert made.person == known.person
    other = make_person("b@example.com")
    with pytest.raises(NoSuchFileError):
        link(other, PostedCode(code))


def test_a_code_that_leads_to_nobody_is_not_used_up(rochebelle):
    known = known_file()
    add_adult(known.household, first_name="Anne", last_name="Roy")
    code = issue_code(household=known.household, actor=None, now=NOW)

    with pytest.raises(NoSuchFileError):
        link(make_person(), PostedCode(code))

    anne = make_person("anne@example.com", "Anne")
    Person.objects.filter(pk=anne.pk).update(last_name="Roy")
    anne.refresh_from_db()
    assert link(anne, PostedCode(code)).person.last_name == "Roy"


@pytest.fixture
def invoice(rochebelle):
    """An issued invoice of a file without account, whose adult signed in before."""
    family = make_family("former@example.com", "Lina")
    regie = a_regie()
    for session in lunches(november(3)):
        book_for(family, session)
    run = draft_run(regie=regie, period=NOVEMBER, actor=family.account, now=BILLED_AT)
    issue_run(run=run, actor=family.account, now=BILLED_AT)
    Person.objects.filter(pk=family.person.pk).update(account=None)
    return Invoice.objects.get(household=family.household)


def book_for(family, session):
    child = family.children[0]
    book(Billed(family.household, family.account, family.person, child), session)


def facts_of(invoice, **changes):
    facts = {
        "emission_code": invoice.emission_code,
        "reference": invoice.reference,
        "amount": Decimal(invoice.total_minor) / 100,
        "person_code": invoice.addressee["person_code"],
    }
    return PaperInvoice(InvoiceFacts(**(facts | changes)))


def test_the_four_facts_of_an_invoice_open_the_file_of_its_addressee(invoice):
    made = link(make_person(), facts_of(invoice))

    assert made.household == invoice.household
    assert made.person.person_code == invoice.addressee["person_code"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"emission_code": "AAAAAAAA"},
        {"reference": "XX-2026-1"},
        {"amount": Decimal("0.01")},
        {"person_code": "AAAAAAAA"},
        {"person_code": ""},
    ],
)
def test_three_facts_out_of_four_open_nothing(invoice, wrong):
    person = make_person()

    with pytest.raises(NoSuchFileError):
        link(person, facts_of(invoice, **wrong))


def test_the_facts_of_two_invoices_do_not_mix(invoice):
    """The code of one family and the reference of another open neither file."""
    other = known_file()

    with pytest.raises(NoSuchFileError):
        link(make_person(), facts_of(invoice, person_code=other.person.person_code))


def refused_with(person, knows):
    """Return the words of a refusal and how many reads it cost."""
    account = Account.objects.get(person=person)
    with (
        CaptureQueriesContext(connection) as reads,
        pytest.raises(NoSuchFileError) as refusal,
    ):
        link_file(account=account, knows=knows, now=NOW)
    return str(refusal.value), len(reads)


def test_every_refusal_has_the_same_words_and_the_same_cost(invoice):
    person = make_person()
    known = known_file()
    taken = known_file(
        "F-20000001", account=Account.objects.create_user("x@example.com")
    )
    code = issue_code(household=taken.household, actor=None, now=NOW)
    number = [
        by_number("F-99999999"),
        by_number("nonsense"),
        by_number(known.household.file_number, WRONG_DAY),
        by_number(taken.household.file_number),
    ]
    codes = [PostedCode("ABCD-EFGH"), PostedCode(""), PostedCode(code)]
    Person.objects.filter(person_code=invoice.addressee["person_code"]).update(
        account=Account.objects.create_user("y@example.com")
    )
    papers = [
        facts_of(invoice),
        facts_of(invoice, reference="XX-1"),
        facts_of(invoice, amount=Decimal(1)),
    ]

    answers = [
        {refused_with(person, knows) for knows in way}
        for way in (number, codes, papers)
    ]

    assert [len(each) for each in answers] == [1, 1, 1]
    assert len({words for each in answers for words, _cost in each}) == 1


def test_a_clerk_undoes_a_link_and_everything_is_as_before(rochebelle, outbox):
    known, family = known_file(phone=""), make_family("claire@example.com", "Lina")
    Person.objects.filter(pk=family.person.pk).update(phone="06 00 00 00 00")
    made = link(family.person, by_number(known.household.file_number))
    clerk = Account.objects.create_user("clerk@example.com", is_staff=True)

    unlink_file(link=made, reason="Not the mother.", actor=clerk, now=NOW)

    known.person.refresh_from_db()
    assert known.person.account is None
    assert known.person.phone == ""
    back = find_guardian(family.account)
    assert back is not None
    assert back.household == family.household
    assert (back.person.first_name, back.person.phone) == ("Claire", "06 00 00 00 00")
    assert back.person.notice_seen_at == NOW
    assert Entry.objects.get(action="account unlinked").reason == "Not the mother."
    assert outbox[-1].to == ["claire@example.com"]
    assert "Not the mother." in outbox[-1].body


def test_a_link_is_undone_once_and_may_be_made_again(rochebelle):
    known, fresh = known_file(), make_person()
    account = account_of(fresh)
    made = link(fresh, by_number(known.household.file_number))
    unlink_file(link=made, reason="A mistake.", actor=account, now=NOW)

    with pytest.raises(AlreadyUndoneError):
        unlink_file(link=made, reason="Again.", actor=account, now=NOW)

    account.refresh_from_db()
    link_file(account=account, knows=by_number(known.household.file_number), now=NOW)
    assert FileLink.objects.standing().count() == 1


def test_a_number_of_another_town_opens_nothing(rochebelle, etangs):
    with tenant_context(etangs):
        there = known_file()
        number = there.household.file_number
    with tenant_context(rochebelle):
        person = make_person()

        with pytest.raises(NoSuchFileError):
            link(person, by_number(number))

        assert not Household.objects.filter(file_number=number).exists()


def test_the_number_of_a_merged_file_leads_to_the_one_that_took_over(rochebelle):
    kept = known_file()
    lost = Household.objects.create(
        file_number="F-20000005", street="1", postal_code="59223", city="Ici"
    )
    last = Household.objects.create(
        file_number="F-30000001", street="1", postal_code="59223", city="Ici"
    )
    clerk = make_clerk()
    merge_households(kept=lost, lost=last, actor=clerk, reason="Twice.")
    merge_households(kept=kept.household, lost=lost, actor=clerk, reason="Twice.")

    made = link(make_person(), by_number("F-30000001"))

    assert made.household == kept.household


def test_the_code_of_a_merged_child_still_leads_to_the_file(rochebelle):
    kept = known_file(first_name="Claire", last_name="Martin")
    other = make_family("old@example.com", "Mathys")
    Person.objects.filter(pk=other.person.pk).update(first_name="Odile")
    lost = other.children[0]
    child = kept.household.children.get()
    merge_children(kept=child, lost=lost, actor=make_clerk(), reason="Twice.")
    fresh = make_person()

    made = link(fresh, by_number(lost.person_code, child.birth_date))

    assert made.person == kept.person

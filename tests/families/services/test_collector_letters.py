"""Who is told that somebody new may collect a child."""

from dataclasses import replace
from uuid import uuid4

from django.core import mail

from families.services.contacts import ContactDetails, set_contacts
from tenants.models import Town
from tests.families.builders import NOW
from tests.families.sharing_builders import separated

GRANNY = ContactDetails(
    name="Odile Martin",
    phone="06 12 34 56 78",
    relation="Grand-mère",
    may_collect=True,
    is_emergency=False,
    is_of_age=True,
)


def test_the_other_guardian_is_told_once_and_reads_no_name(rochebelle: Town) -> None:
    mother, father = separated()
    granny = uuid4()
    mail.outbox.clear()

    for details in (GRANNY, replace(GRANNY, phone="06 00 00 00 00")):
        set_contacts(
            child=mother.children[0],
            household=mother.household,
            people=[(granny, details)],
            now=NOW,
            actor=mother.account,
        )

    (message,) = mail.outbox
    assert message.to == [father.account.email]
    assert "Lina" in message.subject
    assert str(mother.children[0].public_id) in str(message.body)
    assert not any(said in str(message.body) for said in ("Odile", "06 12", "Claire"))


def test_a_person_only_to_call_is_told_to_nobody(rochebelle: Town) -> None:
    mother, _father = separated()
    mail.outbox.clear()

    set_contacts(
        child=mother.children[0],
        household=mother.household,
        people=[(uuid4(), replace(GRANNY, may_collect=False, is_emergency=True))],
        now=NOW,
        actor=mother.account,
    )

    assert mail.outbox == []

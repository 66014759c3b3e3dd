"""Invitations by mail: sent, opened, answered once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from families.domain.invitations import INVITATIONS_A_DAY, LINKS_A_DAY
from families.enums import GuardianRole, InvitationKind, InvitationStatus
from families.models import Child, Guardian, Invitation, InvitationLink
from families.queries.invitations import find_link, invitations_to
from families.services.guardians import (
    leave_household,
    name_responsible,
    remove_guardian,
)
from families.services.household_errors import (
    AlreadyInHouseholdError,
    InvitationOverError,
    NoChildChosenError,
    NotResponsibleError,
    OtherHouseholdNeededError,
    ReasonNeededError,
    ResponsibleStaysError,
    TooManyInvitationsError,
)
from families.services.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    renew_link,
    withdraw_invitation,
)
from foundation.journal.models import Entry
from foundation.post.models import OutgoingMail
from tests.families.builders import NOW, account_of, make_family, make_person

pytestmark = pytest.mark.usefixtures("rochebelle")
TOGETHER = InvitationKind.CO_RESPONSIBLE
SHARING = InvitationKind.OTHER_PARENT


def invited(family, email="paul@example.com", kind=TOGETHER, children=(), now=NOW):
    return invite(
        household=family.household,
        kind=kind,
        email=email,
        children=children,
        actor=family.account,
        now=now,
    )


def accepted(invitation, person, household=None):
    accept_invitation(
        invitation=invitation,
        person=person,
        household=household,
        actor=account_of(person),
        now=NOW,
    )


def letters():
    """Return what was sent, as (addresses, subject, text)."""
    if mail.outbox:
        return [(each.to, each.subject, each.body) for each in mail.outbox]
    return [
        (each.recipients, each.subject, each.text)
        for each in OutgoingMail.objects.order_by("pk")
    ]


def test_the_message_names_who_invites_and_nothing_of_the_household():
    family = make_family("claire@example.com", "Lina")

    invited(family, kind=SHARING, children=family.children)

    [(recipients, subject, text)] = letters()
    assert recipients == ["paul@example.com"]
    assert "Claire Martin" in subject + text
    hidden = ["Lina", family.household.file_number, family.household.street]
    assert not [word for word in hidden if word in subject + text]


def test_the_secret_of_a_link_is_not_kept():
    invited(make_family())

    token = re.search(r"/my/invitations/([\w-]+)/", letters()[0][2])
    assert token is not None
    link = find_link(token[1])

    assert link is not None
    assert token[1] not in str(InvitationLink.objects.values())
    assert link.expires_at == NOW + timedelta(hours=24)


def test_a_co_responsible_joins_the_household_and_both_are_told():
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    invitation = invited(family)

    accepted(invitation, paul)

    place = Guardian.objects.get(person=paul)
    assert place.household == family.household
    assert place.role == GuardianRole.CO_RESPONSIBLE
    told = {tuple(to) for to, _subject, _text in letters()[1:]}
    assert told == {("claire@example.com",), ("paul@example.com",)}
    assert Entry.objects.filter(action="invitation accepted").exists()


def test_an_invitation_is_answered_once():
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    invitation = invited(family)
    accepted(invitation, paul)

    with pytest.raises(InvitationOverError):
        accepted(invitation, make_person("eve@example.com", "Eve"))
    with pytest.raises(InvitationOverError):
        renew_link(invitation=invitation, now=NOW)

    assert Guardian.objects.filter(household=family.household).count() == 2


def test_a_child_is_shared_with_the_other_parents_own_household():
    mother = make_family("claire@example.com", "Lina", "Noé")
    father = make_family("paul@example.com")
    invitation = invited(mother, kind=SHARING, children=mother.children[:1])

    accepted(invitation, father.person, father.household)

    assert list(Child.objects.of(father.household)) == mother.children[:1]
    assert not Guardian.objects.filter(
        household=mother.household, person=father.person
    ).exists()


def test_sharing_needs_a_household_of_ones_own():
    mother = make_family("claire@example.com", "Lina")
    paul = make_person("paul@example.com", "Paul")
    invitation = invited(mother, kind=SHARING, children=mother.children)

    for household in (None, mother.household):
        with pytest.raises(OtherHouseholdNeededError):
            accepted(invitation, paul, household)

    assert Invitation.objects.get().status == InvitationStatus.WAITING


def test_who_answers_already_is_not_invited():
    family = make_family()

    with pytest.raises(AlreadyInHouseholdError):
        invited(family, "CLAIRE@example.com")


def test_only_the_responsible_invites_and_takes_back():
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    accepted(invited(family), paul)
    other = invited(family, "mamie@example.com")

    with pytest.raises(NotResponsibleError):
        invite(
            household=family.household,
            kind=TOGETHER,
            email="eve@example.com",
            actor=account_of(paul),
            now=NOW,
        )
    with pytest.raises(NotResponsibleError):
        withdraw_invitation(invitation=other, actor=account_of(paul), now=NOW)


def test_sharing_names_a_child():
    with pytest.raises(NoChildChosenError):
        invited(make_family("claire@example.com", "Lina"), kind=SHARING)


def test_the_same_address_invited_again_gets_a_new_link_only():
    family = make_family()

    first, second = invited(family), invited(family, " Paul@Example.com ")

    assert first == second
    assert InvitationLink.objects.count() == 2


def test_messages_are_counted():
    family = make_family()
    invitation = invited(family)

    for number in range(INVITATIONS_A_DAY - 1):
        invited(family, f"p{number}@example.com")
    with pytest.raises(TooManyInvitationsError):
        invited(family, "one.more@example.com")
    for _time in range(LINKS_A_DAY):
        renew_link(invitation=invitation, now=NOW)
    with pytest.raises(TooManyInvitationsError):
        renew_link(invitation=invitation, now=NOW)


def test_a_declined_or_withdrawn_invitation_lets_nobody_in():
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    declined, withdrawn = invited(family), invited(family, "p@example.com")

    decline_invitation(invitation=declined, person=paul, now=NOW)
    withdraw_invitation(invitation=withdrawn, actor=family.account, now=NOW)

    for each in (declined, withdrawn):
        with pytest.raises(InvitationOverError):
            accepted(each, paul)


def test_a_confirmed_address_finds_its_invitations():
    family = make_family()
    paul, eve = make_person("paul@example.com"), make_person("eve@example.com")

    invitation = invited(family, "PAUL@example.com")

    assert list(invitations_to(account_of(paul))) == [invitation]
    assert not invitations_to(account_of(eve)).exists()


def test_a_co_responsible_leaves_but_the_responsible_stays():
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    accepted(invited(family), paul)
    before = len(letters())

    leave_household(household=family.household, person=paul, actor=account_of(paul))
    with pytest.raises(ResponsibleStaysError):
        leave_household(
            household=family.household, person=family.person, actor=family.account
        )

    assert Guardian.objects.get(household=family.household).person == family.person
    told = [tuple(to) for to, _subject, _text in letters()[before:]]
    assert sorted(told) == [("claire@example.com",), ("paul@example.com",)]


def test_the_responsible_takes_out_with_a_reason_that_both_read():
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    accepted(invited(family), paul)
    before = len(letters())

    def take_out(reason, actor=family.account):
        remove_guardian(
            household=family.household, person=paul, reason=reason, actor=actor
        )

    with pytest.raises(ReasonNeededError):
        take_out(" ")
    with pytest.raises(NotResponsibleError):
        take_out("No", make_family("eve@example.com").account)
    take_out("We live apart now.")

    assert not Guardian.objects.filter(person=paul).exists()
    assert all("We live apart now." in text for _to, _s, text in letters()[before:])
    assert Entry.objects.get(action="adult removed").reason == "We live apart now."


def test_a_clerk_names_another_responsible():
    family, paul = make_family(), make_person("paul@example.com", "Paul")
    accepted(invited(family), paul)

    name_responsible(
        household=family.household,
        person=paul,
        reason="Asked at the counter.",
        actor=family.account,
    )

    roles = dict(Guardian.objects.values_list("person__first_name", "role"))
    assert roles["Paul"] == GuardianRole.RESPONSIBLE
    assert roles["Claire"] == GuardianRole.CO_RESPONSIBLE


def test_a_child_who_left_since_is_not_shared():
    mother = make_family("claire@example.com", "Lina")
    father = make_family("paul@example.com")
    invitation = invited(mother, kind=SHARING, children=mother.children)
    mother.children[0].memberships.update(
        until_on=timezone.localdate() - timedelta(days=1)
    )

    with pytest.raises(NoChildChosenError):
        accepted(invitation, father.person, father.household)

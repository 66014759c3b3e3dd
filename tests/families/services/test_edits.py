"""What a family changes: at once, or after the town's check."""

from dataclasses import replace

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from families.domain.editable import Editable
from families.enums import ChangeStatus
from families.models import ChangeRequest, FileRules, ProposedValue
from families.services.children import ChildDetails, ImplausibleBirthError
from families.services.editables.child import child_values
from families.services.editables.household import address_value
from families.services.edits import Edit, NotYoursError, submit_edit, submit_edits
from foundation.journal.models import Entry
from tests.families.builders import HOME, make_family
from tests.families.changes import (
    FRIDAY,
    MONDAY,
    check_first,
    move_next_door,
    rename,
    request_of,
    value_of,
)


def test_a_town_that_checks_nothing_applies_at_once(rochebelle):
    family = make_family("claire@example.com", "Lina")

    outcome = rename(family, "Léna")

    family.children[0].refresh_from_db()
    assert (outcome.applied, outcome.waiting) == (True, None)
    assert family.children[0].first_name == "Léna"
    assert not ChangeRequest.objects.exists()


def test_a_checked_field_waits_with_a_number_and_the_file_stays(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.IDENTITY)

    outcome = rename(family, "Léna")

    family.children[0].refresh_from_db()
    request = request_of(outcome)
    assert outcome.applied is False
    assert family.children[0].first_name == "Lina"
    value = value_of(request)
    assert (value.old, value.new) == ('"Lina"', '"L\\u00e9na"')
    assert request.tracking_number.count("-") == 1
    assert (request.due_at - request.submitted_at).days == 5  # Over a weekend.
    entry = Entry.objects.get(action="changes asked")
    assert entry.new == {"child.identity.first_name": "Léna"}


def test_one_form_applies_a_part_and_leaves_the_other_waiting(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.IDENTITY)
    child = family.children[0]
    details = ChildDetails("Léna", "Durand", child.birth_date, None, "cp", "Autre")

    outcome = submit_edit(
        target=child,
        values=child_values(details),
        household=family.household,
        actor=family.account,
        now=FRIDAY,
    )

    child.refresh_from_db()
    assert outcome.applied is True
    assert (child.school_class, child.other_school) == ("cp", "Autre")
    assert (child.first_name, child.last_name) == ("Lina", "Martin")
    fields = request_of(outcome).values.order_by("id").values_list("field", flat=True)
    assert list(fields) == ["first_name", "last_name"]


def test_two_parts_of_one_child_do_not_undo_each_other(rochebelle):
    family = make_family("claire@example.com", "Lina")
    child = family.children[0]
    details = ChildDetails("Léna", "Durand", child.birth_date, None, "cp", "")

    submit_edit(
        target=child,
        values=child_values(details),
        household=family.household,
        actor=family.account,
        now=FRIDAY,
    )

    child.refresh_from_db()
    assert (child.first_name, child.school_class) == ("Léna", "cp")


def test_a_form_about_two_records_leaves_one_request(rochebelle):
    family = make_family()
    check_first(Editable.ADDRESS, Editable.PHONE)
    moved = address_value(replace(HOME, street="9 rue Neuve"))
    edits = [
        Edit(family.person, Editable.PHONE, {"phone": "06 01 02 03 04"}),
        Edit(family.household, Editable.ADDRESS, {"address": moved}),
    ]

    outcome = submit_edits(
        edits=edits, household=family.household, actor=family.account, now=FRIDAY
    )

    values = request_of(outcome).values.order_by("id")
    assert [value.target for value in values] == [family.person, family.household]
    assert ChangeRequest.objects.count() == 1


def test_a_later_value_takes_the_place_of_the_one_that_waits(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.IDENTITY)
    first = request_of(rename(family, "Léna"))

    second = request_of(rename(family, "Hélène", now=MONDAY))

    first.refresh_from_db()
    assert value_of(first).status == ChangeStatus.SUPERSEDED
    assert first.closed_at == MONDAY
    assert value_of(second).status == ChangeStatus.WAITING
    assert ProposedValue.objects.waiting().count() == 1


def test_sending_the_same_change_again_keeps_its_place_and_its_number(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.IDENTITY)
    first = request_of(rename(family, "Léna"))

    second = request_of(rename(family, "Léna", now=MONDAY))

    assert second == first
    assert ChangeRequest.objects.count() == 1


def test_the_database_keeps_one_waiting_value_of_a_field(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.ADDRESS)
    value = value_of(request_of(move_next_door(family)))

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedValue.objects.create(
            request=value.request,
            household=family.household,
            part=value.part,
            field=value.field,
            old="1",
            new="2",
        )


def test_what_a_rule_refuses_never_waits(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.IDENTITY)

    with pytest.raises(ImplausibleBirthError):
        submit_edit(
            target=family.children[0],
            values={Editable.IDENTITY: {"birth_date": "2031-01-01"}},
            household=family.household,
            actor=family.account,
            now=FRIDAY,
        )

    assert not ChangeRequest.objects.exists()


def test_a_trial_leaves_no_trace(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.IDENTITY)

    rename(family, "Léna")

    assert not Entry.objects.filter(action="child changed").exists()


def test_nobody_edits_another_family(rochebelle):
    family = make_family("claire@example.com", "Lina")
    other = make_family("paul@example.com", "Zoé")
    attempts = [
        Edit(other.children[0], Editable.IDENTITY, {"first_name": "X"}),
        Edit(other.person, Editable.PHONE, {"phone": "1"}),
        Edit(other.household, Editable.ADDRESS, {"address": address_value(HOME)}),
    ]

    for attempt in attempts:
        with pytest.raises(NotYoursError):
            submit_edits(
                edits=[attempt],
                household=family.household,
                actor=family.account,
                now=FRIDAY,
            )


def test_values_are_kept_encrypted(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.IDENTITY)
    rename(family, "Tracemoi")

    with connection.cursor() as cursor:
        cursor.execute("SELECT old, new FROM families_proposedvalue")
        raw = b"".join(bytes(cell) for row in cursor.fetchall() for cell in row)

    assert b"Lina" not in raw
    assert b"Tracemoi" not in raw


def test_the_family_is_written_to_without_the_values(rochebelle):
    family = make_family("claire@example.com", "Lina")
    check_first(Editable.IDENTITY)

    request = request_of(rename(family, "Tracemoi"))

    letter = mail.outbox[-1]
    assert letter.to == ["claire@example.com"]
    assert request.tracking_number in letter.subject
    assert "Tracemoi" not in letter.body
    assert "/my/changes/" in letter.body


def test_the_rules_are_one_row(rochebelle):
    FileRules.objects.get_or_create(id=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        FileRules.objects.create(id=2)

"""Deciding on a family's changes: each value once, and never blindly."""

from dataclasses import replace

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from families.domain.editable import Editable
from families.enums import ChangeStatus
from families.models import ChildMembership, ProposedValue, ResidenceRecord
from families.services.change_decisions import (
    Decision,
    decide_changes,
    withdraw_value,
)
from families.services.change_errors import (
    AlreadyDecidedError,
    ChangedMeanwhileError,
    NoLongerTheirsError,
    ReasonNeededError,
)
from families.services.change_lines import review_line
from families.services.children import (
    ChildAlreadyThereError,
    ChildDetails,
    add_child,
    change_child,
)
from families.services.editables.household import address_value
from families.services.edits import submit_edit
from foundation.journal.models import Entry
from tests.families.builders import HOME, TODAY, make_family
from tests.families.changes import (
    FRIDAY,
    MONDAY,
    accept,
    check_first,
    make_clerk,
    move_next_door,
    refuse,
    rename,
    request_of,
    value_of,
)


def test_what_is_accepted_is_written_and_the_family_is_told(rochebelle):
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    check_first(Editable.IDENTITY)
    request = request_of(rename(family, "Léna"))

    decided = decide_changes(
        request=request, decisions=accept(request), reviewer=clerk, now=MONDAY
    )

    family.children[0].refresh_from_db()
    assert family.children[0].first_name == "Léna"
    assert decided.closed_at == MONDAY
    value = value_of(request)
    assert (value.status, value.closed_by) == (ChangeStatus.ACCEPTED, clerk)
    assert "First name" in mail.outbox[-1].body or "Prénom" in mail.outbox[-1].body
    assert Entry.objects.get(action="child changed").actor == clerk
    assert Entry.objects.get(action="change accepted").actor == clerk


def test_a_refusal_needs_its_reason_and_the_family_reads_it(rochebelle):
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    check_first(Editable.IDENTITY)
    request = request_of(rename(family, "Léna"))

    with pytest.raises(ReasonNeededError):
        decide_changes(
            request=request, decisions=refuse(request, " "), reviewer=clerk, now=MONDAY
        )
    decide_changes(
        request=request,
        decisions=refuse(request, "Envoyez le livret de famille."),
        reviewer=clerk,
        now=MONDAY,
    )

    family.children[0].refresh_from_db()
    assert family.children[0].first_name == "Lina"
    assert "Envoyez le livret de famille." in mail.outbox[-1].body
    entry = Entry.objects.get(action="change refused")
    assert entry.reason == "Envoyez le livret de famille."


def test_one_value_accepted_and_another_refused_close_the_request_once(rochebelle):
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    check_first(Editable.IDENTITY)
    values = {"first_name": "Léna", "last_name": "Durand"}
    outcome = submit_edit(
        target=family.children[0],
        values={Editable.IDENTITY: values},
        household=family.household,
        actor=family.account,
        now=FRIDAY,
    )
    request = request_of(outcome)
    first, last = request.values.order_by("id")
    letters = len(mail.outbox)

    partly = decide_changes(
        request=request,
        decisions={first.public_id: accept(request)[first.public_id]},
        reviewer=clerk,
        now=MONDAY,
    )
    wholly = decide_changes(
        request=request,
        decisions={last.public_id: Decision(is_accepted=False, reason="Non.")},
        reviewer=clerk,
        now=MONDAY,
    )

    family.children[0].refresh_from_db()
    assert str(family.children[0]) == "Léna Martin"
    assert (partly.closed_at, wholly.closed_at) == (None, MONDAY)
    assert len(mail.outbox) == letters + 1


def test_the_same_clerk_clicking_twice_changes_nothing_more(rochebelle):
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    check_first(Editable.IDENTITY)
    request = request_of(rename(family, "Léna"))
    decisions = accept(request)
    decide_changes(request=request, decisions=decisions, reviewer=clerk, now=MONDAY)
    letters = len(mail.outbox)

    decide_changes(request=request, decisions=decisions, reviewer=clerk, now=MONDAY)

    assert Entry.objects.filter(action="change accepted").count() == 1
    assert len(mail.outbox) == letters


def test_another_clerk_is_told_who_decided(rochebelle):
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    check_first(Editable.IDENTITY)
    request = request_of(rename(family, "Léna"))
    decisions = accept(request)
    decide_changes(request=request, decisions=decisions, reviewer=clerk, now=MONDAY)
    second = make_clerk("autre@example.com")

    with pytest.raises(AlreadyDecidedError, match=r"agent@example\.com"):
        decide_changes(
            request=request, decisions=decisions, reviewer=second, now=MONDAY
        )


def test_a_file_that_changed_since_is_shown_and_never_overwritten_blindly(rochebelle):
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    check_first(Editable.IDENTITY)
    request = request_of(rename(family, "Léna"))
    seen_before = accept(request)
    child = family.children[0]
    change_child(
        household=family.household,
        child=child,
        details=ChildDetails("Lina-Rose", "Martin", child.birth_date),
        today=TODAY,
        actor=clerk,
    )

    with pytest.raises(ChangedMeanwhileError):
        decide_changes(
            request=request, decisions=seen_before, reviewer=clerk, now=MONDAY
        )
    line = review_line(value_of(request), family.household)
    assert line.is_conflict
    assert line.present == "Lina-Rose"
    decide_changes(
        request=request, decisions=accept(request), reviewer=clerk, now=MONDAY
    )

    child.refresh_from_db()
    assert child.first_name == "Léna"


def test_a_child_who_left_the_household_is_not_changed(rochebelle):
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    check_first(Editable.IDENTITY)
    request = request_of(rename(family, "Léna"))
    decisions = accept(request)
    ChildMembership.objects.filter(child=family.children[0]).delete()

    with pytest.raises(NoLongerTheirsError):
        decide_changes(request=request, decisions=decisions, reviewer=clerk, now=MONDAY)
    assert review_line(value_of(request), family.household).is_gone
    decide_changes(
        request=request, decisions=refuse(request, "Parti."), reviewer=clerk, now=MONDAY
    )

    assert value_of(request).status == ChangeStatus.REFUSED


def test_a_rule_broken_since_keeps_everything_waiting(rochebelle):
    family, clerk = make_family("claire@example.com", "Lina"), make_clerk()
    check_first(Editable.IDENTITY)
    request = request_of(rename(family, "Léna"))
    twin = ChildDetails("Léna", "Martin", family.children[0].birth_date)
    add_child(household=family.household, details=twin, today=TODAY, actor=None)

    with pytest.raises(ChildAlreadyThereError):
        decide_changes(
            request=request, decisions=accept(request), reviewer=clerk, now=MONDAY
        )

    assert value_of(request).status == ChangeStatus.WAITING


def test_an_accepted_move_ends_the_residence_and_says_what_to_send(rochebelle):
    family, clerk = make_family(), make_clerk()
    ResidenceRecord.objects.create(
        household=family.household, status="resident", from_on="2026-01-01"
    )
    check_first(Editable.ADDRESS)
    away = replace(HOME, postal_code="59800", city="Lille")
    outcome = submit_edit(
        target=family.household,
        values={Editable.ADDRESS: {"address": address_value(away)}},
        household=family.household,
        actor=family.account,
        now=FRIDAY,
    )
    request = request_of(outcome)
    assert outcome.notices == ()

    decide_changes(
        request=request, decisions=accept(request), reviewer=clerk, now=MONDAY
    )

    family.household.refresh_from_db()
    assert family.household.city == "Lille"
    assert ResidenceRecord.objects.get().until_on == MONDAY.date()
    assert "justificatif" in mail.outbox[-1].body or "proof" in mail.outbox[-1].body


def test_a_family_takes_back_what_waits_and_only_that(rochebelle):
    family, clerk = make_family(), make_clerk()
    check_first(Editable.ADDRESS)
    value = value_of(request_of(move_next_door(family)))

    withdraw_value(value=value, actor=family.account, now=MONDAY)
    withdraw_value(value=value, actor=family.account, now=MONDAY)

    value.refresh_from_db()
    value.request.refresh_from_db()
    assert value.status == ChangeStatus.WITHDRAWN
    assert value.request.closed_at == MONDAY
    assert Entry.objects.filter(action="change withdrawn").count() == 1
    with pytest.raises(AlreadyDecidedError):
        decide_changes(
            request=value.request,
            decisions=accept(value.request),
            reviewer=clerk,
            now=MONDAY,
        )


def test_the_database_wants_a_reason_with_a_refusal(rochebelle):
    family = make_family()
    check_first(Editable.ADDRESS)
    value = value_of(request_of(move_next_door(family)))

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedValue.objects.filter(pk=value.pk).update(
            status=ChangeStatus.REFUSED, closed_by=family.account, closed_at=MONDAY
        )

"""A family asks for a service."""

from datetime import timedelta

import pytest
from django.core import mail

from catalog.models import Service, Situation
from enrolment.enums import NeedState, RequestStatus
from enrolment.models import Access, AccessRequest
from enrolment.queries.needs import needs_of
from enrolment.services import request_errors as errors
from enrolment.services.requests import (
    choose_situation,
    open_request,
    submit_request,
    withdraw_request,
)
from families.enums import ProofStatus
from families.models import Proof
from families.services.documents import remove_document
from families.services.proof_errors import AlreadyReviewedError
from families.services.proofs import accept_proof, refuse_proof
from foundation.journal.models import Entry
from tests.enrolment.request_builders import (
    accept_all,
    clean_file,
    draft,
    hand_in,
    make_clerk,
    requirement,
    send,
    sent,
)
from tests.families.builders import NOW, TODAY, make_family


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


def states(request):
    return {need.proof_type.code: need.state for need in needs_of(request, on=TODAY)}


def ask(family, **changes):
    facts = {
        "household": family.household,
        "child": family.children[0],
        "service": Service.objects.get(code="cantine"),
        "actor": family.account,
        "now": NOW,
        "today": TODAY,
    }
    return open_request(**{**facts, **changes})


def test_a_draft_is_found_again_where_it_was_left(family):
    first = draft(family)
    hand_in(first, "domicile")

    again = ask(family)

    assert again.pk == first.pk
    assert again.situation.code == "ecole"
    assert states(again)["domicile"] == NeedState.WAITING


def test_each_child_has_its_own_request(family):
    assert draft(family, child=0).pk != draft(family, child=1).pk


def test_a_request_cannot_be_made_for_somebody_elses_child(family):
    other = make_family("ines@example.com", "Sami")

    with pytest.raises(errors.NotYourChildError):
        ask(family, child=other.children[0])


def test_a_service_booked_without_asking_takes_no_request(family):
    with pytest.raises(errors.NotAskedForError):
        ask(family, service=Service.objects.get(code="stages"))


def test_a_hidden_service_takes_no_request(family):
    Service.objects.filter(code="cantine").update(is_published=False)

    with pytest.raises(errors.NotAskedForError):
        ask(family)


def test_requests_that_open_later_say_when(family):
    opens_at = NOW + timedelta(days=10)
    Service.objects.filter(code="cantine").update(requests_open_at=opens_at)

    with pytest.raises(errors.RequestsNotOpenError) as refusal:
        ask(family)

    assert "2026" in str(refusal.value)
    assert ask(family, now=opens_at).status == RequestStatus.DRAFT


def test_a_request_that_waits_is_shown_instead_of_a_second_one(family):
    waiting = sent(family)

    with pytest.raises(errors.AlreadyAskedError) as refusal:
        ask(family)

    assert refusal.value.request == waiting


def test_a_child_already_accepted_is_not_asked_for_again(family):
    request = ask(family)
    access = Access.objects.create(
        household=family.household,
        child=family.children[0],
        service=request.service,
        from_on=TODAY,
        until_on=TODAY + timedelta(days=61),
    )
    request.delete()

    with pytest.raises(errors.AlreadyAcceptedError):
        ask(family)
    access.until_on = TODAY + timedelta(days=60)
    access.save()
    assert ask(family).status == RequestStatus.DRAFT


def test_only_a_situation_of_the_service_is_taken(family, etangs):
    request = draft(family)
    service = Service.objects.get(code="stages")
    stranger = Situation.objects.create(service=service, code="x", name="Autre")

    with pytest.raises(errors.WrongSituationError):
        choose_situation(request=request, situation=stranger, actor=family.account)


def test_proofs_of_a_situation_are_asked_in_it_alone(family):
    request = draft(family)
    own = requirement(request.service, "pai")
    own.situation = request.service.situations.get(code="exterieur")
    own.save()

    assert "pai" not in states(request)
    choose_situation(request=request, situation=own.situation, actor=family.account)
    request.refresh_from_db()
    assert states(request)["pai"] == NeedState.MISSING


def test_a_proof_given_once_serves_every_child_and_service(family):
    clerk = make_clerk()
    accept_all(sent(family), clerk)

    other = draft(family, child=1)

    assert states(other) == {
        "domicile": NeedState.VALID,
        "assurance": NeedState.MISSING,
        "quotient": NeedState.MISSING,
        "pai": NeedState.MISSING,
    }


def test_a_proof_out_of_date_is_asked_again(family):
    request = draft(family)
    proof = hand_in(request, "assurance")
    accept_proof(proof=proof, reviewer=make_clerk(), valid_from=TODAY, now=NOW)
    Proof.objects.filter(pk=proof.pk).update(valid_until=TODAY + timedelta(days=1))

    assert states(request)["assurance"] == NeedState.VALID
    late = {
        need.proof_type.code: need
        for need in needs_of(request, on=TODAY + timedelta(days=1))
    }
    assert late["assurance"].state == NeedState.EXPIRED
    assert late["assurance"].blocks


def test_a_refused_proof_is_asked_again(family):
    request = draft(family)
    refuse_proof(
        proof=hand_in(request, "domicile"),
        reviewer=make_clerk(),
        reason="Illisible",
        now=NOW,
    )

    assert states(request)["domicile"] == NeedState.REFUSED
    hand_in(request, "domicile")
    assert states(request)["domicile"] == NeedState.WAITING


def test_a_second_photo_completes_the_proof_that_waits(family):
    request = draft(family)
    proof = hand_in(request, "domicile", clean_file("recto.jpg", b"1"))

    again = hand_in(request, "domicile", clean_file("verso.jpg", b"2"))
    hand_in(request, "domicile", clean_file("verso.jpg", b"2"))

    assert again == proof
    names = proof.documents.order_by("id").values_list("original_name", flat=True)
    assert list(names) == ["recto.jpg", "verso.jpg"]


def test_the_last_page_taken_away_takes_the_proof_away(family):
    request = draft(family)
    proof = hand_in(request, "domicile")

    remove_document(document=proof.documents.get(), actor=family.account)

    proof.refresh_from_db()
    assert proof.status == ProofStatus.WITHDRAWN
    assert states(request)["domicile"] == NeedState.MISSING


def test_a_page_of_a_reviewed_proof_cannot_be_taken_away(family):
    request = draft(family)
    proof = hand_in(request, "assurance")
    accept_proof(proof=proof, reviewer=make_clerk(), valid_from=TODAY, now=NOW)

    with pytest.raises(AlreadyReviewedError):
        remove_document(document=proof.documents.get(), actor=family.account)


def test_a_request_is_not_sent_without_its_compulsory_proofs(family):
    request = draft(family)
    hand_in(request, "domicile")

    with pytest.raises(errors.MissingProofsError) as refusal:
        send(request)

    assert refusal.value.names == ["Assurance scolaire"]
    assert not mail.outbox


def test_a_request_is_not_sent_without_its_situation(family):
    request = ask(family)

    with pytest.raises(errors.WrongSituationError):
        send(request)


def test_a_request_is_not_sent_without_certifying(family):
    request = draft(family)
    hand_in(request, "domicile")
    hand_in(request, "assurance")

    with pytest.raises(errors.NotCertifiedError):
        submit_request(
            request=request,
            is_certified=False,
            actor=family.account,
            now=NOW,
            today=TODAY,
        )


def test_a_request_sent_twice_is_sent_once(family):
    request = sent(family)

    send(request)

    assert len(mail.outbox) == 1
    assert Entry.objects.filter(action="request submitted").count() == 1


def test_the_message_gives_the_number_the_date_and_a_link_on_the_towns_host(family):
    request = sent(family)

    (message,) = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    html = str(message.alternatives[0][0])

    assert message.to == ["claire@example.com"]
    assert message.reply_to == ["education@rochebelle.localhost"]
    assert request.tracking_number in message.body
    assert "21 janvier 2027" in message.body
    path = f"rochebelle.localhost/my/requests/{request.public_id}/"
    assert path in message.body
    assert "etangs" not in f"{message.body}{html}"


def test_a_draft_given_up_leaves_nothing_but_the_journal(family):
    request = draft(family)
    proof = hand_in(request, "domicile")

    withdraw_request(request=request, actor=family.account, now=NOW)

    proof.refresh_from_db()
    assert not AccessRequest.objects.exists()
    assert proof.status == ProofStatus.WITHDRAWN
    assert Entry.objects.filter(action="request withdrawn").exists()


def test_taking_a_request_back_keeps_proofs_that_another_one_needs(family):
    first = sent(family)
    second = draft(family, child=1)
    hand_in(second, "assurance")
    send(second)

    withdraw_request(request=first, actor=family.account, now=NOW)
    withdraw_request(request=first, actor=family.account, now=NOW)

    first.refresh_from_db()
    assert first.status == RequestStatus.WITHDRAWN
    assert states(second)["domicile"] == NeedState.WAITING


def test_a_request_taken_back_can_be_made_again(family):
    withdraw_request(request=sent(family), actor=family.account, now=NOW)

    assert ask(family).status == RequestStatus.DRAFT


def test_pages_taken_away_leave_the_store(family, django_capture_on_commit_callbacks):
    request = draft(family)
    document = hand_in(request, "domicile").documents.get()
    store, name = document.file.storage, str(document.file.name)

    with django_capture_on_commit_callbacks(execute=True):
        remove_document(document=document, actor=family.account)

    assert not store.exists(name)

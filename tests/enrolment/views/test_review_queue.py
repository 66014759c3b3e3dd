"""The queue as a clerk uses it: filters, position, many at once, figures."""

from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django_tenants.utils import tenant_context

from enrolment.enums import RequestStatus, SentenceUse
from enrolment.models import BulkDecision, ReadySentence
from families.services.seals import read_seals
from foundation.uploads.cleaning import clean_upload
from tenants.models import Town
from tests.enrolment.request_builders import (
    accept_all,
    draft,
    hand_in,
    make_clerk,
    send,
    sent,
    sign_in,
)
from tests.families.builders import NOW, make_family
from tests.foundation.twod_doc.builders import Issuer, paper

QUEUE = "enrolment_review:queue"
BULK = "enrolment_review:bulk"


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina", "Tom")


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


@pytest.fixture
def desk(clerk):
    return sign_in(clerk)


@pytest.fixture
def inside():
    def enter():
        return tenant_context(Town.objects.get(name="Rochebelle"))

    return enter


def review(request):
    return reverse("enrolment_review:review", args=[request.public_id])


def decision(request, name):
    return reverse(f"enrolment_review:{name}", args=[request.public_id])


def bulk_answers(action, requests, **more):
    return {
        "action": action,
        "chosen": [str(each.public_id) for each in requests],
        "form_key": str(uuid4()),
        **more,
    }


def test_filters_show_how_many_each_choice_holds(family, desk):
    sent(family)
    sent(family, child=1)

    page = desk.get(reverse(QUEUE)).content.decode()

    assert "Cantine scolaire (2)" in page or "(2)</option>" in page


def test_wrong_filters_filter_nothing(family, desk):
    request = sent(family)
    wrong = "?status=x&service=%00&school=1&proof=&age=abc&due=never&page=99"

    page = desk.get(reverse(QUEUE) + wrong)

    assert page.status_code == 200
    assert request.tracking_number in page.content.decode()


def test_the_position_in_the_queue_is_kept_for_the_way_back_and_the_next(family, desk):
    lina, _tom = sent(family), sent(family, child=1)
    sami = sent(make_family("ines@example.com", "Sami"))
    desk.get(reverse(QUEUE) + "?text=martin&age=")

    page = desk.get(review(lina)).content.decode()
    desk.get(reverse(QUEUE) + "?text=sami")
    answer = desk.post(decision(lina, "refuse"), {"no-reason": "Complet"})

    assert "?text=martin" in page
    assert answer.url == review(sami)


def test_the_last_decision_leads_back_to_the_queue_as_it_was(family, desk):
    request = sent(family)
    desk.get(reverse(QUEUE) + "?text=lina")

    answer = desk.post(decision(request, "refuse"), {"no-reason": "Complet"})

    assert answer.url == reverse(QUEUE) + "?text=lina"


def test_the_page_of_a_request_tells_its_keys_and_its_neighbours(family, desk):
    first, second = sent(family), sent(family, child=1)

    page = desk.get(review(first)).content.decode()

    assert "review.js" in page
    assert 'id="review-keys"' in page
    assert f'id="review-next" rel="next" href="{review(second)}"' in page
    assert "1 of 2" in page


def test_a_ready_sentence_stands_for_a_reason(family, desk, inside):
    with inside():
        request = sent(family)
        ready = ReadySentence.objects.create(
            use=SentenceUse.REFUSE_REQUEST, title="Complet", sentence="Plus de place."
        )

    empty = desk.post(decision(request, "refuse"), {"no-reason": ""})
    desk.post(
        decision(request, "refuse"), {"no-reason": "", "no-ready": ready.public_id}
    )

    assert empty.status_code == 200
    assert 'data-sentence="Plus de place."' in empty.content.decode()
    with inside():
        request.refresh_from_db()
        assert request.reason == "Plus de place."


def test_many_requests_are_decided_once_however_often_it_is_sent(family, desk, inside):
    requests = [sent(family), sent(family, child=1)]
    answers = bulk_answers("refuse", requests, **{"why-reason": "Plus de place."})
    before = len(mail.outbox)

    asked = desk.get(reverse(BULK), {k: answers[k] for k in ("action", "chosen")})
    first = desk.post(reverse(BULK), answers)
    second = desk.post(reverse(BULK), answers)
    report = desk.get(first.url).content.decode()

    assert requests[0].tracking_number in asked.content.decode()
    assert first.url == second.url
    assert len(mail.outbox) == before + 2
    assert requests[1].tracking_number in report
    with inside():
        assert BulkDecision.objects.count() == 1
        for request in requests:
            request.refresh_from_db()
            assert request.status == RequestStatus.REFUSED


def test_the_report_says_what_was_not_done_and_why(family, clerk, desk, inside):
    ready, waiting = sent(family), sent(family, child=1)
    with inside():
        accept_all(ready, clerk)

    answer = desk.post(reverse(BULK), bulk_answers("accept", [ready, waiting]))
    report = desk.get(answer.url).content.decode()

    assert "1 request was decided" in report
    assert "1 stays as it was" in report
    assert "Accept these proofs first" in report


def test_many_are_not_refused_without_a_reason(family, desk, inside):
    request = sent(family)

    answer = desk.post(
        reverse(BULK), bulk_answers("refuse", [request], **{"why-reason": " "})
    )

    assert answer.status_code == 200
    with inside():
        assert not BulkDecision.objects.exists()


def test_nothing_chosen_or_nonsense_leads_back_to_the_queue(family, desk):
    for answers in (
        {"action": "accept"},
        {"action": "x", "chosen": [str(uuid4())]},
        {"action": "accept", "chosen": ["x", str(uuid4())]},
    ):
        assert desk.get(reverse(BULK), answers).status_code == 302


def test_a_report_is_read_by_who_decided_only(family, desk):
    answer = desk.post(
        reverse(BULK),
        bulk_answers("refuse", [sent(family)], **{"why-reason": "Complet"}),
    )

    other = sign_in_other()

    assert other.get(answer.url).status_code == 404


def sign_in_other():
    with tenant_context(Town.objects.get(name="Rochebelle")):
        return sign_in(make_clerk("paul@mairie.example"))


def test_figures_are_shown_and_exported(family, desk):
    request = sent(family)
    desk.post(decision(request, "refuse"), {"no-reason": "Complet"})

    page = desk.get(reverse("enrolment_review:figures"))
    table = desk.get(reverse("enrolment_review:figures-file"))

    assert page.status_code == 200
    assert request.service.name in page.content.decode()
    assert request.service.name in table.content.decode("utf-8-sig")
    assert table["Content-Type"].startswith("text/csv")


def test_a_signed_code_is_shown_beside_the_document(family, desk, inside):
    text = Issuer().give().code()
    with inside():
        request = draft(family)
        file = clean_upload(paper(text), declared_name="facture.pdf")
        proof = hand_in(request, "domicile", file)
        hand_in(request, "assurance")
        send(request)
        read_seals(document_id=proof.documents.get().pk, now=NOW)

    page = desk.get(review(request)).content.decode()

    assert "MME MARTIN CLAIRE" in page
    assert "Unknown issuer" in page

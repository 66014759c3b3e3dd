"""Certificates, documents and absences in the browser of a family."""

from datetime import timedelta
from io import BytesIO

import pytest
from django_tenants.utils import tenant_context
from pypdf import PdfReader

from enrolment.models import Access, Booking
from enrolment.services.certificates import attendance_certificate
from families.enums import ProofSubject, ProofValidity, Proves
from families.models import Proof, ProofType
from tests.enrolment.booking_builders import NOW, accepted_family, book, lunch
from tests.enrolment.request_builders import make_clerk, pdf_upload, sign_in


@pytest.fixture
def family(rochebelle):
    return accepted_family()


def text_of(content):
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages).replace("\u200b", "")
    return " ".join(text.split())


def test_a_family_prints_that_its_child_is_registered(family):
    access = Access.objects.get()
    claire = sign_in(family.account)

    listed = claire.get("/my/documents/?kind=certificate")
    answer = claire.get(f"/my/certificates/{access.public_id}/registration/")

    assert f"/my/certificates/{access.public_id}/registration/" in listed.text
    assert answer["Content-Type"] == "application/pdf"
    assert "Lina Martin" in text_of(answer.content)
    assert "septembre 2026" in text_of(answer.content)


def test_attendance_counts_the_days_recorded_as_present(family):
    book(family, lunch("2026-11-30"), lunch("2026-12-01"))
    access = Access.objects.get()
    Booking.objects.filter(session__starts_on="2026-11-30").update(attendance="present")

    content = attendance_certificate(
        access, actor=family.account, now=NOW + timedelta(days=11)
    )

    assert "novembre 2026" in text_of(content)
    assert "1 day" in text_of(content)
    assert "2 days" not in text_of(content)


def test_another_households_certificate_does_not_exist(family):
    access = Access.objects.get()
    stranger = accepted_family("paul@example.com", "Zoé")

    answer = sign_in(stranger.account).get(
        f"/my/certificates/{access.public_id}/registration/"
    )

    assert answer.status_code == 404


def test_an_absence_is_explained_and_justified_over_http(rochebelle, family):
    ProofType.objects.create(
        code="absence",
        name="Justificatif d'absence",
        subject=ProofSubject.CHILD,
        validity=ProofValidity.UNLIMITED,
        proves=Proves.ABSENCE,
    )
    book(family, lunch("2026-11-30"))
    booking = Booking.objects.get()
    claire, desk = sign_in(family.account), sign_in(make_clerk())
    page = f"/my/absences/{family.children[0].public_id}/"

    sent = claire.post(
        page,
        {
            "days": str(booking.public_id),
            "files": pdf_upload(),
            "certified": "on",
        },
    )
    with tenant_context(rochebelle):
        proof = Proof.objects.get(proof_type__code="absence")
    waiting = desk.get("/admin/absences/")
    shown = desk.get(f"/admin/absences/{proof.public_id}/")
    desk.post(f"/admin/absences/{proof.public_id}/accept/")

    assert sent.status_code == 302
    assert "Lina Martin" in waiting.text
    assert "facture.pdf" in shown.text
    with tenant_context(rochebelle):
        booking.refresh_from_db()
        assert booking.attendance == "absent_justified"

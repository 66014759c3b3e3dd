"""How a town shows itself: its two names, its own domain, who signs, what is said."""

from datetime import date
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django_tenants.utils import tenant_context

from catalog.models import Service
from families.domain.validity import Validity, end_of_validity
from families.enums import ProofSubject, ProofValidity
from families.models import ProofType
from tenants.models import Domain, Town
from tenants.townhall.models import Department
from tests.enrolment.request_builders import sent
from tests.families.builders import browser, make_family

FORM = b"%PDF-1.4 blank health sheet"


def test_two_bodies_are_named_on_every_page(etangs: Town) -> None:
    with tenant_context(etangs):
        cache.clear()

    page = browser("etangs.localhost").get("/track/").text

    assert 'class="preau-brand__name">Pays des Étangs<' in page
    assert 'class="preau-brand__partner">Communauté de communes<' in page


def test_a_town_answers_on_its_own_domain_too(rochebelle: Town, etangs: Town) -> None:
    Domain.objects.create(domain="famille.rochebelle.example", tenant=rochebelle)

    page = browser("famille.rochebelle.example").get("/track/").text

    assert 'class="preau-brand__name">Rochebelle<' in page
    assert "Pays des Étangs" not in page


@pytest.mark.parametrize(
    ("department", "sender"),
    [
        ("education", "Service éducation de Rochebelle"),
        ("sports", "Service des sports de Rochebelle"),
    ],
)
def test_each_department_signs_its_own_messages(
    department: str, sender: str, rochebelle: Town
) -> None:
    signing = Department.objects.get(code=department)
    Service.objects.filter(code="cantine").update(department=signing)
    family = make_family("claire@example.com", "Lina")
    mail.outbox.clear()

    sent(family)

    name, _address = parseaddr(mail.outbox[-1].from_email)
    assert str(make_header(decode_header(name))) == sender


def test_who_waits_for_a_message_is_told_of_the_junk_mail(rochebelle: Town) -> None:
    client = browser()
    asked = client.post("/accounts/password/reset/", {"email": "a@example.com"})

    page = client.get(asked["Location"]).text

    assert "junk mail" in page


def test_what_was_done_is_said_in_the_page_and_to_screen_readers(
    rochebelle: Town,
) -> None:
    family = make_family("claire@example.com", "Lina")
    client = browser()
    client.force_login(family.account)
    form = client.get("/my/review/")

    done = client.post(
        "/my/review/", {"form_key": form.context["form_key"]}, follow=True
    ).text

    before = done.split("Your file is certified today.")[0]
    assert 'role="status"' in before or 'role="alert"' in before


def test_a_health_sheet_has_a_blank_form_and_lasts_twelve_months(
    rochebelle: Town, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    sheet = ProofType.objects.create(
        code="fiche",
        name="Fiche sanitaire",
        subject=ProofSubject.CHILD,
        validity=ProofValidity.MONTHS,
        validity_months=12,
        template=ContentFile(FORM, "fiche.pdf"),
    )
    family = make_family("claire@example.com", "Lina")
    client = browser()
    client.force_login(family.account)
    handed_in = date(2026, 11, 21)
    address = sheet.template.url

    page = client.get(f"/my/proofs/new/{sheet.public_id}/").text
    blank = client.get(address)

    assert address in page
    assert blank.getvalue() == FORM
    until = end_of_validity(handed_in, Validity.MONTHS, months=sheet.validity_months)
    assert until is not None
    assert until.isoformat() == "2027-11-21"

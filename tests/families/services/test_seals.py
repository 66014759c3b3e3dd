"""Signed codes of documents, from the upload to what a clerk reads."""

from datetime import date

import pytest
from django.db import connection

from families.enums.seals import SealState
from families.models import Document, DocumentSeal
from families.services.seals import read_seals, seal_lines
from foundation.uploads.cleaning import clean_upload
from tenants.services.certificates import load_certificate
from tests.enrolment.request_builders import clean_file, draft, hand_in
from tests.families.builders import NOW, make_family
from tests.foundation.twod_doc.builders import Issuer, paper


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


@pytest.fixture(scope="module")
def signer():
    return Issuer().give()


@pytest.fixture
def trusted(rochebelle, signer):
    return load_certificate(content=signer.der, authority="FR99", actor=None)


def hand_in_paper(family, *codes):
    file = clean_upload(paper(*codes), declared_name="facture.pdf")
    proof = hand_in(draft(family), "domicile", file)
    return proof.documents.get()


def read(family, *codes):
    document = hand_in_paper(family, *codes)
    read_seals(document_id=document.pk, now=NOW)
    return document


def test_an_upload_queues_the_reading_of_its_code(family):
    document = hand_in_paper(family)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'document_id' FROM public.procrastinate_jobs"
            " WHERE task_name = 'families.tasks.read_seals_of'"
        )
        assert (str(document.pk),) in cursor.fetchall()


def test_an_authentic_paper_of_the_family_shows_no_difference(family, signer, trusted):
    document = read(family, signer.code())

    (line,) = seal_lines(document, family.household)

    seal = DocumentSeal.objects.get()
    assert seal.state == SealState.AUTHENTIC
    assert (seal.issued_on, seal.issuer) == (date(2026, 11, 2), "FR99 TST1")
    assert line.names == ("MME MARTIN CLAIRE",)
    assert line.address == "3 RUE DES TILLEULS, 59223 ROCHEBELLE"
    assert line.differences == ()
    assert line.tone == "success"


def test_a_letter_changed_is_altered(family, signer, trusted):
    read(family, signer.code().replace("MARTIN", "MARTEN"))

    assert DocumentSeal.objects.get().state == SealState.ALTERED


def test_a_code_nobody_vouches_for_has_an_unknown_issuer(family, signer):
    read(family, signer.code())

    assert DocumentSeal.objects.get().state == SealState.UNKNOWN_ISSUER


def test_a_code_whose_signature_is_cut_cannot_be_read(family, signer, trusted):
    read(family, signer.code()[:-30] + "0189")

    assert DocumentSeal.objects.get().state == SealState.UNREADABLE


def test_another_name_and_another_street_are_pointed_out(family, signer, trusted):
    values = {
        "10": "M/DIOP/OMAR",
        "22": "12 RUE HAUTE",
        "24": "59223",
        "25": "ROCHEBELLE",
        "26": "FR",
    }
    document = read(family, signer.code(values))

    (line,) = seal_lines(document, family.household)

    assert len(line.differences) == 2


def test_a_paper_without_a_code_is_read_once(family):
    document = read(family)
    read_seals(document_id=document.pk, now=NOW)

    assert DocumentSeal.objects.get().state == SealState.ABSENT
    assert seal_lines(document, family.household) == []


def test_two_codes_of_a_paper_are_both_shown(family, signer, trusted):
    other = Issuer("FR98").give()
    document = read(family, signer.code(), other.code())

    states = {line.state for line in seal_lines(document, family.household)}

    assert len(states) == 2


def test_a_document_gone_meanwhile_or_broken_breaks_nothing(family):
    proof = hand_in(draft(family), "domicile", clean_file("x.pdf", b"%PDF-1.7 seal"))
    read_seals(document_id=proof.documents.get().pk, now=NOW)
    read_seals(document_id=0, now=NOW)

    assert DocumentSeal.objects.get().state == SealState.ABSENT
    assert Document.objects.count() == 1


def test_names_and_addresses_are_sealed_at_rest(family, signer, trusted):
    read(family, signer.code())

    with connection.cursor() as cursor:
        cursor.execute("SELECT content::text FROM families_documentseal")
        (kept,) = cursor.fetchone()
    assert "MARTIN" not in kept
    assert "TILLEULS" not in kept

"""Certificates in the operators' console."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation.accounts.models import Account
from tenants.models import IssuerCertificate
from tenants.services.operators import create_operator
from tests.foundation.twod_doc.builders import Issuer

PAGE = "/console/certificates/"


@pytest.fixture
def console(db):
    client = Client(headers={"host": "localhost"})
    client.force_login(create_operator(email=f"{uuid4().hex}@preau.example"))
    return client


def upload(content):
    return SimpleUploadedFile("certificate.pem", content)


def test_an_operator_loads_lists_and_removes_a_certificate(console):
    signer = Issuer().give()

    assert console.post(PAGE, {"file": upload(signer.pem)}).status_code == 302
    kept = IssuerCertificate.objects.get()
    assert "FR99 TST1" in console.get(PAGE).content.decode()
    console.post(f"{PAGE}{kept.public_id}/remove/")

    assert not IssuerCertificate.objects.exists()


def test_a_file_that_is_none_is_refused_in_words(console):
    answer = console.post(PAGE, {"file": upload(b"words")})

    assert answer.status_code == 200
    assert "not a certificate" in answer.content.decode()


def test_only_operators_come_in(db):
    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.create_user("someone@preau.example"))

    assert client.get(PAGE).status_code == 403

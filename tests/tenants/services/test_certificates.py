"""Certificates of official papers, as operators load them."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command

from foundation.journal.models import Entry
from tenants.models import IssuerCertificate
from tenants.queries import certificates_named
from tenants.services.certificates import (
    NotACertificateError,
    NotIssuedByError,
    UnknownNameError,
    load_certificate,
)
from tests.foundation.twod_doc.builders import Issuer


@pytest.fixture(scope="module")
def issuer():
    return Issuer()


@pytest.fixture(scope="module")
def signer(issuer):
    return issuer.give()


@pytest.mark.parametrize("form", ["pem", "der"])
def test_a_certificate_is_kept_once_under_the_names_it_carries(db, signer, form):
    content = getattr(signer, form)
    first = load_certificate(content=content, actor=None)
    second = load_certificate(content=content, actor=None)

    assert first == second
    assert (first.authority, first.name) == ("FR99", "TST1")
    assert certificates_named("FR99", "TST1") == [signer.der]
    assert certificates_named("FR99", "TST2") == []
    assert Entry.objects.filter(action="certificate loaded").count() == 1


def test_the_authority_vouches_for_what_it_issued_only(db, issuer, signer):
    authority = issuer.certificate.public_bytes(Encoding.PEM)
    stranger = Issuer().certificate.public_bytes(Encoding.PEM)

    load_certificate(content=signer.pem, issuer=authority, actor=None)
    with pytest.raises(NotIssuedByError):
        load_certificate(content=signer.pem, issuer=stranger, actor=None)


@pytest.mark.parametrize(
    "content", [b"", b"words", b"-----BEGIN CERTIFICATE-----\nAAAA", b"0" * 70_000]
)
def test_what_is_no_certificate_is_refused(db, content):
    with pytest.raises(NotACertificateError):
        load_certificate(content=content, actor=None)


@pytest.mark.parametrize("name", ["ABC", "ABCDE", "AB D", "É123"])
def test_a_name_has_four_letters_or_digits(db, signer, name):
    with pytest.raises(UnknownNameError):
        load_certificate(content=signer.der, name=name, actor=None)


def test_the_command_keeps_a_file_or_says_why_not(db, signer, tmp_path, capsys):
    file = tmp_path / "tst1.pem"
    file.write_bytes(signer.pem)

    call_command("load_certificate", str(file), "--name", "AB12")

    assert IssuerCertificate.objects.get().name == "AB12"
    assert "FR99 AB12" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("load_certificate", str(tmp_path / "absent.pem"))

"""Signatures, among them those of the specification's own specimens."""

import base64
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings, strategies as st

from foundation.twod_doc.codes import UNIT
from foundation.twod_doc.signatures import Verdict, judge
from tests.foundation.twod_doc.builders import SIGNED_ON, Issuer, named, read

# The specimens of the public specification. The key that signed them all was computed
# from their signatures: each leaves two possible keys, and one is common to the three.
HERE = Path(__file__).parent
SPECIMENS = [
    line.replace("<GS>", "\x1d").replace("<US>", "\x1f")
    for line in (HERE / "specimens.txt").read_text(encoding="ascii").splitlines()
]
SPECIMEN_KEY = (
    0xA98F0D7CCD62808893BEC4D436E79D1834A1D6E001D70F1C4CDCCD9D9E2FE229,
    0xF7240514E8DDC0CA98D0C7440C9CC492849A0FBDA73FC392F4DA0AE07F84C23C,
)


@pytest.fixture(scope="module")
def issuer():
    return Issuer()


@pytest.fixture(scope="module")
def signer(issuer):
    return issuer.give()


def certificate_of(public_key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> bytes:
    builder = x509.CertificateBuilder(
        issuer_name=named("FR00"),
        subject_name=named("0001"),
        public_key=public_key,
        serial_number=1,
        not_valid_before=datetime(2012, 1, 1, tzinfo=UTC),
        not_valid_after=datetime(2030, 1, 1, tzinfo=UTC),
    )
    key = ec.generate_private_key(ec.SECP256R1())
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_the_specimens_of_the_specification_are_authentic(specimen):
    numbers = ec.EllipticCurvePublicNumbers(*SPECIMEN_KEY, ec.SECP256R1())
    known = [certificate_of(numbers.public_key())]

    assert judge(read(specimen), known) == Verdict.AUTHENTIC
    forged = specimen.replace("SPECIMENS", "SPECIMANS").replace("JEAN", "JOAN")
    assert judge(read(forged), known) == Verdict.ALTERED


@pytest.mark.parametrize("version", ["02", "03", "04"])
def test_a_code_signed_by_a_known_certificate_is_authentic(signer, version):
    code = read(signer.code(version=version))

    assert judge(code, [signer.der]) == Verdict.AUTHENTIC


def test_a_letter_changed_makes_it_altered(signer):
    code = read(signer.code().replace("TILLEULS", "TILLEULZ"))

    assert judge(code, [signer.der]) == Verdict.ALTERED


def test_another_day_in_the_header_makes_it_altered(signer):
    text = signer.code()
    later = f"{text[:12]}FFFF{text[16:]}"

    assert judge(read(later), [signer.der]) == Verdict.ALTERED


def test_a_code_of_nobody_we_know_has_an_unknown_issuer(signer):
    assert judge(read(signer.code()), []) == Verdict.UNKNOWN_ISSUER
    assert judge(read(signer.code()), [b"no certificate"]) == Verdict.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        (date(2026, 11, 2), date(2027, 1, 1), Verdict.AUTHENTIC),
        (date(2026, 1, 1), date(2026, 11, 2), Verdict.AUTHENTIC),
        (date(2026, 11, 3), date(2027, 1, 1), Verdict.EXPIRED),
        (date(2026, 1, 1), date(2026, 11, 1), Verdict.EXPIRED),
    ],
)
def test_the_certificate_is_valid_on_the_day_of_the_signature(
    issuer, first, last, verdict
):
    signer = issuer.give(valid_from=first, valid_until=last)

    assert judge(read(signer.code(signed_on=SIGNED_ON)), [signer.der]) == verdict


def test_a_code_signed_nobody_knows_when_is_not_trusted(signer):
    assert judge(read(signer.code(signed_on=None)), [signer.der]) == Verdict.EXPIRED


def test_a_renewed_certificate_of_the_same_name_still_answers(issuer, signer):
    renewed = issuer.give()

    assert judge(read(signer.code()), [renewed.der, signer.der]) == Verdict.AUTHENTIC
    assert judge(read(signer.code()), [renewed.der]) == Verdict.ALTERED


def test_a_certificate_with_another_kind_of_key_signs_nothing(signer):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    known = [certificate_of(key.public_key())]

    assert judge(read(signer.code()), known) == Verdict.ALTERED


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=70))
def test_no_signature_breaks_the_check(signer, noise):
    text = signer.code().partition(UNIT)[0]
    signature = base64.b32encode(noise).decode().rstrip("=")

    assert judge(read(f"{text}{UNIT}{signature}"), [signer.der]) == Verdict.ALTERED

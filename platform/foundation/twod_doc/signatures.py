"""Whether the signature of a code holds, and by whom.

The signature is ECDSA over the header and the values, without the unit separator: the
two numbers one after the other. The curve of the certificate tells the hash.
"""

from collections.abc import Iterable
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import (
    SHA256,
    SHA384,
    SHA512,
    HashAlgorithm,
)

from foundation.twod_doc.codes import SignedCode

_HASHES: dict[str, tuple[int, HashAlgorithm]] = {
    "secp256r1": (32, SHA256()),
    "secp384r1": (48, SHA384()),
    "secp521r1": (66, SHA512()),
}


class Verdict(StrEnum):
    """What a signature tells."""

    AUTHENTIC = "authentic"
    ALTERED = "altered"
    UNKNOWN_ISSUER = "unknown_issuer"
    EXPIRED = "expired"


def judge(code: SignedCode, certificates: Iterable[bytes]) -> Verdict:
    """Check a code against the certificates (DER) known under the name it carries.

    A signature that holds for a certificate not valid on the day of the signature is
    not trusted either; nor is one that was made nobody knows when.
    """
    known = [each for each in map(_load, certificates) if each is not None]
    if not known:
        return Verdict.UNKNOWN_ISSUER
    signers = [each for each in known if _holds(code, each)]
    if not signers:
        return Verdict.ALTERED
    if any(_was_valid(each, code) for each in signers):
        return Verdict.AUTHENTIC
    return Verdict.EXPIRED


def _load(content: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(content)
    except ValueError:
        return None


def _holds(code: SignedCode, certificate: x509.Certificate) -> bool:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    if not isinstance(key, EllipticCurvePublicKey) or key.curve.name not in _HASHES:
        return False
    size, digest = _HASHES[key.curve.name]
    if len(code.signature) != 2 * size:
        return False
    first, second = code.signature[:size], code.signature[size:]
    numbers = (int.from_bytes(first, "big"), int.from_bytes(second, "big"))
    try:
        key.verify(encode_dss_signature(*numbers), code.signed, ECDSA(digest))
    except InvalidSignature:
        return False
    return True


def _was_valid(certificate: x509.Certificate, code: SignedCode) -> bool:
    day = code.signed_on
    if day is None:
        return False
    first = certificate.not_valid_before_utc.date()
    return first <= day <= certificate.not_valid_after_utc.date()

"""The certificates that sign the codes of official papers, as operators load them.

Nothing is fetched: the platform trusts exactly what an operator gave it. With the
certificate of the authority, one that it did not issue is refused.
"""

from datetime import date

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from tenants.models import IssuerCertificate

NAME_LENGTH = 4
MAX_BYTES = 64 * 1024


class NotACertificateError(DomainError):
    """The file is no X.509 certificate, or its key signs no such code."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is not a certificate for 2D-Doc codes (X.509, ECDSA).")
        )


class UnknownNameError(DomainError):
    """A code names its certificate with two times four characters."""

    def __init__(self) -> None:
        super().__init__(
            _("Write the four characters of the authority and of the certificate.")
        )


class NotIssuedByError(DomainError):
    """The certificate is not signed by the authority that was given."""

    def __init__(self) -> None:
        super().__init__(_("This authority did not issue this certificate."))


@transaction.atomic
def load_certificate(
    *,
    content: bytes,
    authority: str = "",
    name: str = "",
    issuer: bytes | None = None,
    actor: Account | None,
) -> IssuerCertificate:
    """Keep a certificate (PEM or DER); one kept already is returned unchanged.

    The names that codes carry are read from the certificate when they are not given.
    Raises NotACertificateError, UnknownNameError, NotIssuedByError.
    """
    certificate = _read(content)
    if issuer is not None:
        _check_issuer(certificate, _read(issuer))
    fingerprint = certificate.fingerprint(SHA256()).hex()
    known = IssuerCertificate.objects.filter(fingerprint=fingerprint).first()
    if known is not None:
        return known
    kept = IssuerCertificate.objects.create(
        authority=_four(authority or _common_name(certificate.issuer)),
        name=_four(name or _common_name(certificate.subject)),
        subject=certificate.subject.rfc4514_string()[:250],
        issued_by=certificate.issuer.rfc4514_string()[:250],
        valid_from=certificate.not_valid_before_utc.date(),
        valid_until=certificate.not_valid_after_utc.date(),
        fingerprint=fingerprint,
        content=certificate.public_bytes(Encoding.DER),
    )
    record(
        actor=actor,
        action="certificate loaded",
        target=kept,
        new={"name": str(kept), "fingerprint": fingerprint},
    )
    return kept


@transaction.atomic
def remove_certificate(*, certificate: IssuerCertificate, actor: Account) -> None:
    """Trust a certificate no more; codes read before keep what was found then."""
    record(
        actor=actor,
        action="certificate removed",
        target=certificate,
        old={"name": str(certificate), "fingerprint": certificate.fingerprint},
    )
    certificate.delete()


def is_valid_on(certificate: IssuerCertificate, day: date) -> bool:
    """Tell whether a certificate is valid on a day."""
    return certificate.valid_from <= day <= certificate.valid_until


def _read(content: bytes) -> x509.Certificate:
    if len(content) > MAX_BYTES:
        raise NotACertificateError
    load = x509.load_der_x509_certificate
    if b"-----BEGIN" in content[:200]:
        load = x509.load_pem_x509_certificate
    try:
        certificate = load(content)
        key = certificate.public_key()
    except Exception as error:
        # The library raises its own errors and others on hostile files.
        raise NotACertificateError from error
    if not isinstance(key, EllipticCurvePublicKey):
        raise NotACertificateError
    return certificate


def _check_issuer(certificate: x509.Certificate, issuer: x509.Certificate) -> None:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, TypeError, ValueError) as error:
        raise NotIssuedByError from error


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def _four(name: str) -> str:
    tidy = name.strip().upper()
    if len(tidy) != NAME_LENGTH or not (tidy.isascii() and tidy.isalnum()):
        raise UnknownNameError
    return tidy

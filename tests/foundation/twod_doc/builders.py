"""Codes for tests: an authority of our own, its certificates, its papers."""

import base64
import io
from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from PIL import Image

from foundation.twod_doc.codes import SignedCode, parse

GROUP, UNIT = "\x1d", "\x1f"
EPOCH = date(2000, 1, 1)
SIGNED_ON = date(2026, 11, 2)
HOME = {
    "10": "MME/MARTIN/CLAIRE",
    "22": "3 RUE DES TILLEULS",
    "24": "59223",
    "25": "ROCHEBELLE",
    "26": "FR",
}
FIXED = {"24", "26"}


def read(text: str) -> SignedCode:
    """Return the code in a text that holds one."""
    code = parse(text)
    assert code is not None
    return code


class Issuer:
    """An authority (four characters) that gives certificates to who signs papers."""

    def __init__(self, authority: str = "FR99") -> None:
        self.authority = authority
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._sign(authority, self.key, date(2020, 1, 1))

    def give(
        self,
        name: str = "TST1",
        *,
        valid_from: date = date(2026, 1, 1),
        valid_until: date = date(2027, 12, 31),
    ) -> "Signer":
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._sign(name, key, valid_from, valid_until)
        return Signer(self.authority, name, key, certificate)

    def _sign(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        first: date,
        last: date = date(2035, 12, 31),
    ) -> x509.Certificate:
        builder = x509.CertificateBuilder(
            issuer_name=named(self.authority),
            subject_name=named(name),
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=datetime(first.year, first.month, first.day, tzinfo=UTC),
            not_valid_after=datetime(last.year, last.month, last.day, 23, tzinfo=UTC),
        )
        return builder.sign(self.key, SHA256())


class Signer:
    """Who signs the codes of papers."""

    def __init__(
        self,
        authority: str,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
    ) -> None:
        self.authority, self.name = authority, name
        self.key, self.certificate = key, certificate
        self.der = certificate.public_bytes(Encoding.DER)
        self.pem = certificate.public_bytes(Encoding.PEM)

    def code(
        self,
        values: dict[str, str] | None = None,
        *,
        version: str = "04",
        kind: str = "01",
        signed_on: date | None = SIGNED_ON,
    ) -> str:
        """Return the text of a signed code."""
        ends = {"02": "", "03": "01", "04": "01FR"}[version]
        header = f"DC{version}{self.authority}{self.name}{days(signed_on)}"
        header += f"{days(signed_on)}{kind}{ends}"
        message = "".join(
            f"{key}{text}" + ("" if key in FIXED else GROUP)
            for key, text in (HOME if values is None else values).items()
        )
        signed = header + message
        return signed + UNIT + self.signature(signed)

    def signature(self, signed: str) -> str:
        der = self.key.sign(signed.encode(), ec.ECDSA(SHA256()))
        numbers = b"".join(
            each.to_bytes(32, "big") for each in decode_dss_signature(der)
        )
        return base64.b32encode(numbers).decode().rstrip("=")


def days(day: date | None) -> str:
    return "FFFF" if day is None else f"{(day - EPOCH).days:04X}"


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def matrix(text: str, *, scale: int = 3) -> Image.Image:
    """Draw a Data Matrix."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
    drawn = zxingcpp.write_barcode_to_image(barcode, scale=scale)
    pixels: Any = memoryview(drawn)  # type: ignore[arg-type]  # Offers its buffer.
    height, width = pixels.shape[:2]
    return Image.frombytes("L", (width, height), bytes(pixels))


def paper(*texts: str, blank_pages: int = 0) -> bytes:
    """Return a PDF with the codes on its last page, as scanners make them."""
    leaf = Image.new("L", (1240, 1754), 255)
    for index, text in enumerate(texts):
        leaf.paste(matrix(text), (120 + 500 * (index % 2), 150 + 500 * (index // 2)))
    blank = [Image.new("L", leaf.size, 255) for _page in range(blank_pages)]
    out = io.BytesIO()
    first, *others = [*blank, leaf]
    first.save(out, "PDF", resolution=150, save_all=True, append_images=others)
    return out.getvalue()


def photo(text: str, *, turned: float = 7) -> bytes:
    """Return a photo of a paper, a little askew."""
    with pypdfium2.PdfDocument(paper(text)) as pdf:
        picture = pdf[0].render(scale=2).to_pil().convert("L")
    askew = picture.rotate(turned, expand=True, fillcolor=235)
    out = io.BytesIO()
    askew.save(out, "JPEG", quality=80)
    return out.getvalue()

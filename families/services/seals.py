"""Signed codes of documents: read by the worker, shown to clerks beside the file."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from families.domain.seals import same_person, same_place
from families.enums.seals import PAPERS, SealState
from families.models import Document, DocumentSeal, Guardian, Household
from foundation.days import date_format
from foundation.twod_doc.codes import SignedCode
from foundation.twod_doc.contents import contents_of
from foundation.twod_doc.finding import find_codes
from foundation.twod_doc.signatures import judge
from tenants.queries import certificates_named

TONES = {
    SealState.AUTHENTIC: "success",
    SealState.ALTERED: "danger",
    SealState.UNKNOWN_ISSUER: "warning",
    SealState.CERTIFICATE_EXPIRED: "warning",
    SealState.UNREADABLE: "warning",
}


@dataclass(frozen=True, slots=True)
class SealLine:
    """A code as a clerk reads it; `differences` are sentences to check by eye."""

    state: str
    tone: str
    kind: str
    issuer: str
    names: tuple[str, ...]
    address: str
    dated: str
    differences: tuple[str, ...]


@transaction.atomic
def read_seals(*, document_id: int, now: datetime) -> None:
    """Look for signed codes in a document and keep what they say, once.

    A document that is gone, or was read already, is left as it is.
    """
    document = Document.objects.filter(pk=document_id, seals=None).first()
    if document is None:
        return
    with document.file.open("rb") as file:
        codes = find_codes(file.read())
    seals = [
        _seal(document, code, position=position, now=now)
        for position, code in enumerate(codes)
    ]
    absent = DocumentSeal(document=document, state=SealState.ABSENT, read_at=now)
    DocumentSeal.objects.bulk_create(seals or [absent], ignore_conflicts=True)


def seal_lines(document: Document, household: Household) -> list[SealLine]:
    """Return the codes of a document, compared with its family, in two queries."""
    seals = [
        each
        for each in document.seals.order_by("position")
        if each.state != SealState.ABSENT
    ]
    if not seals:
        return []
    adults = Guardian.objects.filter(household=household).select_related("person")
    names = [f"{each.person.first_name} {each.person.last_name}" for each in adults]
    return [_line(each, household, names) for each in seals]


def _seal(
    document: Document, code: SignedCode, *, position: int, now: datetime
) -> DocumentSeal:
    found = contents_of(code)
    known = certificates_named(code.authority, code.certificate)
    state = judge(code, known) if code.signature else SealState.UNREADABLE
    content = {
        "names": [each.words for each in found.holders],
        "street": found.street,
        "extra": found.extra,
        "postal_code": found.postal_code,
        "city": found.city,
    }
    return DocumentSeal(
        document=document,
        position=position,
        state=SealState(state),
        kind=code.kind,
        issuer=f"{code.authority} {code.certificate}",
        issued_on=code.issued_on,
        signed_on=code.signed_on,
        content=json.dumps(content),
        read_at=now,
    )


def _line(seal: DocumentSeal, household: Household, names: Sequence[str]) -> SealLine:
    content = json.loads(seal.content or "{}")
    printed = tuple(content.get("names", ()))
    street, postal_code = content.get("street", ""), content.get("postal_code", "")
    town = f"{postal_code} {content.get('city', '')}"
    parts = [street, content.get("extra", ""), town]
    day = seal.issued_on or seal.signed_on
    return SealLine(
        state=str(seal.get_state_display()),
        tone=TONES.get(SealState(seal.state), "neutral"),
        kind=str(PAPERS.get(seal.kind, seal.kind)),
        issuer=seal.issuer,
        names=printed,
        address=", ".join(part.strip() for part in parts if part.strip()),
        dated=date_format(day, "DATE_FORMAT") if day else "",
        differences=tuple(
            _differences(printed, (street, postal_code), household, names)
        ),
    )


def _differences(
    printed: Sequence[str],
    place: tuple[str, str],
    household: Household,
    names: Sequence[str],
) -> Iterable[str]:
    if printed and not any(same_person(each, names) for each in printed):
        yield _("The name is not that of an adult of the household.")
    own = (household.street, household.postal_code)
    if any(place) and not same_place(place, own):
        yield _("The address is not that of the household.")

"""Requests for tests: a family that asks, clerks who decide, files to hand in."""

import hashlib
import io
from datetime import date

import pikepdf
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from catalog.models import Requirement, Service
from enrolment.models import AccessRequest
from enrolment.services.request_proofs import Given, give_proof
from enrolment.services.requests import (
    choose_situation,
    open_request,
    submit_request,
)
from families.enums import Residence
from families.models import Proof
from families.services.proofs import accept_proof
from foundation.accounts.models import Account
from foundation.uploads.cleaning import CleanFile
from tests.families.builders import NOW, PASSWORD, TODAY, Family, browser

GPS = 0x8825


def clean_file(
    name: str = "facture.pdf", content: bytes = b"%PDF-1.7 seal"
) -> CleanFile:
    """Return a file that the upload check accepted."""
    return CleanFile(
        content=content,
        content_type="application/pdf",
        extension="pdf",
        pages=1,
        sha256=hashlib.sha256(content).hexdigest(),
        name=name,
    )


def pdf_upload(name: str = "facture.pdf") -> SimpleUploadedFile:
    """Return a small real PDF, as a browser sends it."""
    content = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(content)
    return SimpleUploadedFile(name, content.getvalue(), "application/pdf")


def photo_upload(name: str = "IMG_2031.jpg", size: int = 400) -> SimpleUploadedFile:
    """Return a photo that says where it was taken."""
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (50.0, 45.0, 11.0), 3: "E", 4: (3.0, 7.0, 12.0)}
    exif[0x010F] = "Phone"
    content = io.BytesIO()
    Image.new("RGB", (size, size), "#8fb3a8").save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def requirement(service: Service, proof: str) -> Requirement:
    """Return what a service asks for, by the code of the type."""
    return service.requirements.get(proof_type__code=proof)


def draft(family: Family, code: str = "cantine", child: int = 0) -> AccessRequest:
    """Return a draft with its situation chosen."""
    service = Service.objects.get(code=code)
    request = open_request(
        household=family.household,
        child=family.children[child],
        service=service,
        actor=family.account,
        now=NOW,
        today=TODAY,
    )
    first = service.situations.order_by("position").first()
    if first is not None:
        choose_situation(request=request, situation=first, actor=family.account)
        request.refresh_from_db()
    return request


def hand_in(request: AccessRequest, proof: str, *files: CleanFile) -> Proof:
    """Hand in one proof."""
    return give_proof(
        request=request,
        requirement=requirement(request.service, proof),
        given=Given(files=files or [clean_file(f"{proof}.pdf", proof.encode())]),
        actor=request.submitted_by,
        now=NOW,
    )


def send(request: AccessRequest) -> AccessRequest:
    """Send a request."""
    return submit_request(
        request=request,
        is_certified=True,
        actor=request.submitted_by,
        now=NOW,
        today=TODAY,
    )


def sent(family: Family, code: str = "cantine", child: int = 0) -> AccessRequest:
    """Return a request of the canteen, sent with its two compulsory proofs."""
    request = draft(family, code, child)
    for needed in request.service.requirements.filter(is_mandatory=True):
        hand_in(request, needed.proof_type.code)
    return send(request)


def accept_all(request: AccessRequest, clerk: Account, day: date = TODAY) -> None:
    """Accept every proof of a request that waits."""
    for link in request.requested_proofs.select_related("proof__proof_type"):
        accept_proof(
            proof=link.proof,
            reviewer=clerk,
            valid_from=day,
            now=NOW,
            residence=Residence.RESIDENT,
        )


def make_clerk(email: str = "clerk@mairie.example", *, may: bool = True) -> Account:
    """Create a clerk who may review requests."""
    clerk = Account.objects.create_user(
        email,
        PASSWORD,
        first_name="Nadia",
        last_name=email.split("@", maxsplit=1)[0],
        is_staff=True,
    )
    EmailAddress.objects.create(user=clerk, email=email, verified=True, primary=True)
    codes = ["access_admin", *(["change_accessrequest"] if may else [])]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return clerk


def sign_in(account: Account, host: str = "rochebelle.localhost") -> Client:
    """Return a browser where somebody is signed in. Call it inside the town."""
    client = browser(host)
    client.force_login(account)
    return client

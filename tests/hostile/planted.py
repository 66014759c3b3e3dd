"""Families with one of everything, each field signed with a mark of its own.

A mark that shows where its family is not at home is a leak.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission

from billing.enums import AttemptStatus, PaymentMethod
from billing.models import BillingRun, Invoice, PaymentAttempt, Regie
from billing.services.batches import make_batch
from billing.services.collecting import Receipt, record_payment
from billing.services.mandates import Signature, mandate_wording, sign_mandate
from billing.services.printing import print_invoice, print_mandate, print_receipt
from billing.services.runs import draft_run, issue_run
from catalog.models import Activity, Service, Session
from enrolment.enums import BookingStatus, RequestStatus
from enrolment.models import (
    AccessRequest,
    Booking,
    ExcusedBooking,
    Order,
    PlaceOffer,
)
from families.enums import (
    Civility,
    CustodyPattern,
    CustodyStatus,
    InvitationKind,
    ProofKind,
    ProofSubject,
    ProofValidity,
    Proves,
)
from families.models import (
    Child,
    Custody,
    Document,
    Invitation,
    Person,
    Proof,
    ProofType,
)
from families.services.children import ChildDetails, add_child
from families.services.households import Address, open_household
from families.services.people import register_person
from families.services.proofs import submit_proof
from families.services.shared_children import share
from foundation.accounts.models import Account
from tenants.townhall.models import Department, School, StaffScope
from tests.billing import builders as billing
from tests.enrolment.request_builders import clean_file, draft, hand_in, send
from tests.families.builders import NOW, TODAY, Family

COLLECTED_ON = date(2026, 12, 15)
# What a limited clerk may do everything with: only the limit keeps them out.
SCOPED = ("families", "catalog", "enrolment", "billing", "townhall")
LATER = datetime(2099, 1, 1, tzinfo=UTC)


@dataclass
class Planted:
    """A family, its mark, and the public ids of what it has, by kind."""

    mark: str
    family: Family
    ids: dict[str, UUID] = field(default_factory=dict)


def plant(mark: str, *, postal_code: str, service: str) -> Planted:
    """Give a new family of the current town one of everything.

    `service` is the code of a service that takes access requests.
    """
    family = _family(mark, postal_code)
    planted = Planted(mark, family, {"child": family.children[0].public_id})
    _keep_household(planted)
    _ask_for_access(planted, service)
    _wait_for_place(planted)
    _book(planted)
    _explain_absence(planted)
    _sign(planted)
    return planted


def bill(*everybody: Planted) -> None:
    """Issue and print the month's invoices of a town, each paid for a small part."""
    regie = Regie.objects.get(code="enfance")
    run = draft_run(regie=regie, period=billing.NOVEMBER, actor=None, now=billing.NOW)
    issue_run(run=run, actor=None, now=billing.NOW)
    for planted in everybody:
        _pay_a_part(planted, run)
    batch = make_batch(
        regie=regie,
        collection_on=COLLECTED_ON,
        actor=administrator_of_town(),
        now=billing.NOW,
    )
    for planted in everybody:
        planted.ids |= {"run": run.public_id, "batch": batch.public_id}


def share_with(planted: Planted, other: Planted, mark: str) -> Planted:
    """Give a family a second child, and share it; return what both households see.

    Each parent reads the name of the other one: both carry another mark from now on.
    """
    family = planted.family
    child = add_child(
        household=family.household,
        details=ChildDetails(f"Enfant{mark}", mark, date(2018, 5, 14)),
        today=TODAY,
        actor=None,
    )
    share(child=child, household=other.family.household, actor=other.family.account)
    Custody.objects.create(
        child=child,
        pattern=CustodyPattern.ALWAYS,
        household=family.household,
        from_on=TODAY,
        source=mark,
        status=CustodyStatus.PROPOSED,
        proposed_by=family.household,
    )
    name = {"first_name": f"{mark}nom", "last_name": f"{mark}nom"}
    parents = (family, other.family)
    Person.objects.filter(pk__in=[each.person.pk for each in parents]).update(**name)
    Account.objects.filter(pk__in=[each.account.pk for each in parents]).update(**name)
    common = Family(family.account, family.person, family.household, [child])
    return Planted(mark, common, {"child": child.public_id})


def _pay_a_part(planted: Planted, run: BillingRun) -> None:
    invoice = Invoice.objects.get(run=run, household=planted.family.household)
    attempt = PaymentAttempt.objects.create(
        invoice=invoice,
        started_by=planted.family.account,
        amount_minor=100,
        currency="EUR",
        status=AttemptStatus.SUCCEEDED,
    )
    payment = record_payment(
        invoice=invoice,
        receipt=Receipt(PaymentMethod.CARD, 100, billing.NOW, attempt=attempt),
        actor=None,
    )
    print_invoice(invoice_id=invoice.pk)
    print_receipt(payment_id=payment.pk)
    planted.ids |= {
        "invoice": invoice.public_id,
        "attempt": attempt.public_id,
        "payment": payment.public_id,
    }


def clerk_within(email: str, **scope: str) -> Account:
    """Return a clerk with every right on one department, or one school, by its code."""
    clerk = clerk_of_town(email)
    clerk.user_permissions.set(
        Permission.objects.filter(content_type__app_label__in=SCOPED)
    )
    row = StaffScope.objects.create(
        account=clerk,
        all_departments="department" not in scope,
        all_schools="school" not in scope,
    )
    row.departments.set(Department.objects.filter(code=scope.get("department", "")))
    row.schools.set(School.objects.filter(code=scope.get("school", "")))
    return clerk


def clerk_of_town(email: str) -> Account:
    """Return a clerk of the town's own team of clerks: no administrator."""
    clerk = Account.objects.create_user(email, is_staff=True, first_name="Nadia")
    clerk.groups.add(Group.objects.get(permissions__codename="change_service"))
    return clerk


def administrator_of_town() -> Account:
    """Return the administrator the town was opened with."""
    return Account.objects.filter(is_superuser=True).earliest("pk")


def _family(mark: str, postal_code: str) -> Family:
    account = Account.objects.create_user(
        f"{mark.lower()}@example.com", first_name=mark, last_name=mark
    )
    EmailAddress.objects.create(
        user=account, email=account.email, verified=True, primary=True
    )
    person = register_person(
        account=account,
        civility=Civility.MADAM,
        first_name=mark,
        last_name=mark,
        now=NOW,
    )
    Person.objects.filter(pk=person.pk).update(phone=f"01 {mark}")
    home = Address(f"3 rue {mark}", postal_code, f"Ville {mark}", "FR")
    household = open_household(person=person, address=home, actor=account)
    child = add_child(
        household=household,
        details=ChildDetails(f"Enfant{mark}", mark, date(2018, 5, 14)),
        today=TODAY,
        actor=None,
    )
    Child.objects.filter(pk=child.pk).update(other_school=f"École {mark}")
    return Family(account, person, household, [child])


def _keep_household(planted: Planted) -> None:
    """Invite somebody into the household, and write who has the child."""
    family = planted.family
    invitation = Invitation.objects.create(
        kind=InvitationKind.CO_RESPONSIBLE,
        household=family.household,
        email=f"invited-{planted.mark.lower()}@example.com",
        invited_by=family.account,
        invited_at=NOW,
    )
    custody = Custody.objects.create(
        child=family.children[0],
        pattern=CustodyPattern.ALWAYS,
        household=family.household,
        from_on=TODAY,
        source=f"Judgment {planted.mark}",
    )
    planted.ids |= {
        "household": family.household.public_id,
        "person": family.person.public_id,
        "invitation": invitation.public_id,
        "custody": custody.public_id,
    }


def _ask_for_access(planted: Planted, code: str) -> None:
    request = draft(planted.family, code)
    for needed in request.service.requirements.all():
        kind = needed.proof_type.code
        name = f"{planted.mark}-{kind}.pdf"
        hand_in(request, kind, clean_file(name, f"%PDF {planted.mark}".encode()))
    send(request)
    proof = Proof.objects.filter(household=planted.family.household).earliest("pk")
    needed = request.service.requirements.get(proof_type=proof.proof_type)
    planted.ids |= {
        "request": request.public_id,
        "proof": proof.public_id,
        "requirement": needed.public_id,
        "proof_type": proof.proof_type.public_id,
        "document": Document.objects.get(proof=proof).public_id,
    }


def _wait_for_place(planted: Planted) -> None:
    """Put the child on a waiting list, where a place is offered."""
    family = planted.family
    creche, _made = Service.objects.get_or_create(
        code="probed-list",
        defaults={
            "name": "Crèche",
            "department": Department.objects.earliest("pk"),
            "keeps_waiting_list": True,
        },
    )
    asked = AccessRequest.objects.create(
        tracking_number=f"W-{planted.mark}",
        household=family.household,
        child=family.children[0],
        service=creche,
        status=RequestStatus.OFFERED,
        submitted_by=family.account,
        submitted_at=NOW,
    )
    PlaceOffer.objects.create(
        request=asked,
        starts_on=LATER.date(),
        answer_by=LATER.date(),
        words=planted.mark,
        made_by=administrator_of_town(),
        made_at=NOW,
    )


def _book(planted: Planted) -> None:
    """Write bookings as they are once made: one kept, one confirmed, some to bill."""
    family = _billed(planted.family)
    days = billing.lunches(billing.november(3))
    for session in days:
        billing.book(family, session)
    order = Order.objects.create(
        reference=f"C-{planted.mark}",
        household=family.household,
        placed_by=family.account,
        placed_at=NOW,
        total_minor=345,
        currency="EUR",
    )
    future, later = _sessions(date(2026, 12, 17)), _sessions(date(2026, 12, 18))
    booked = billing.book(family, future, order=order)
    held = billing.book(
        family, later, status=BookingStatus.HELD, held_until=LATER, booked_at=None
    )
    planted.ids |= {
        "order": order.public_id,
        "booking": booked.public_id,
        "held": held.public_id,
    }


def _explain_absence(planted: Planted) -> None:
    """Send the proof of an absence, which waits; a form built by a clerk exists."""
    family = planted.family
    usual = {"validity": ProofValidity.UNLIMITED}
    kind, _made = ProofType.objects.get_or_create(
        code="probed-absence",
        defaults={
            "name": "Absence",
            "subject": ProofSubject.CHILD,
            "proves": Proves.ABSENCE,
            **usual,
        },
    )
    ProofType.objects.get_or_create(
        code="probed-form", defaults={"name": "Form", "kind": ProofKind.FORM, **usual}
    )
    proof = submit_proof(
        household=family.household,
        child=family.children[0],
        proof_type=kind,
        submitted_by=family.account,
        now=NOW,
        files=[clean_file(f"{planted.mark}-absence.pdf", b"%PDF absence")],
    )
    booking = Booking.objects.get(public_id=planted.ids["booking"])
    ExcusedBooking.objects.create(proof=proof, booking=booking)
    planted.ids["absence"] = proof.public_id


def _sessions(day: date) -> Session:
    activity = Activity.objects.get(code="repas")
    return Session.objects.get_or_create(
        activity=activity,
        name="",
        starts_on=day,
        defaults={
            "ends_on": day,
            "start_time": time(11, 45),
            "end_time": time(13, 30),
        },
    )[0]


def _sign(planted: Planted) -> None:
    regie = Regie.objects.get(code="enfance")
    wording = mandate_wording(regie)
    mandate = sign_mandate(
        household=planted.family.household,
        regie=regie,
        account=planted.family.account,
        signature=Signature(planted.mark, billing.SWEET_IBAN, wording, {}),
        now=billing.NOW,
    )
    print_mandate(mandate_id=mandate.pk)
    planted.ids["mandate"] = mandate.public_id


def _billed(family: Family) -> billing.Family:
    return billing.Family(
        family.household, family.account, family.person, family.children[0]
    )

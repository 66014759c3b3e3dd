"""Two sides of a town: one family of each, and clerks who see one, both or none."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Permission

from billing.enums import AidMethod
from billing.models import AidGrant, AidKind, DirectDebitBatch, Invoice, Regie
from billing.services.runs import draft_run, issue_run
from catalog.enums import ActivityKind
from catalog.models import Activity, Closure, SeasonCopy, Service
from enrolment.models import ExcusedBooking
from families.enums import ProofSubject, ProofValidity, Proves
from families.models import Document, Proof, ProofType
from families.services.proofs import submit_proof
from foundation.accounts.models import Account
from foundation.periods import month_of
from tenants.townhall.models import Department, School
from tenants.townhall.services import limit_staff
from tests.billing.builders import book
from tests.enrolment.request_builders import clean_file, sent
from tests.families.builders import make_family

ROLES: dict[str, Any] = {
    "administrator": {"superuser": True},
    "everything": {},
    "education": {"departments": ["education"]},
    "sports": {"departments": ["sports"]},
    "tilleuls": {"schools": ["tilleuls"]},
    "jaures": {"schools": ["jaures"]},
    "education at jaures": {"departments": ["education"], "schools": ["jaures"]},
    "nothing": {"departments": []},
}

LATER = datetime(2027, 1, 10, 9, tzinfo=UTC)


@dataclass
class Side:
    """Everything of one department, about a child of one school."""

    department: str
    school: str
    records: dict[str, object]


def canteen():
    family = make_family("claire@example.com", "Lina")
    teach(family.children[0], "tilleuls")
    regie = Regie.objects.get(code="enfance")
    regie.services.set(Service.objects.filter(code="cantine"))
    return Side("education", "tilleuls", records_of(family, "cantine", regie))


def courses():
    family = make_family("omar@example.com", "Sami")
    teach(family.children[0], "jaures")
    regie = Regie.objects.create(
        code="sports",
        name="Régie des sports",
        takes_direct_debits=True,
    )
    regie.services.set(Service.objects.filter(code="stages"))
    return Side("sports", "jaures", records_of(family, "stages", regie))


def teach(child, school):
    child.school = School.objects.get(code=school)
    child.save()


def records_of(family, code, regie):
    Service.objects.filter(code=code).update(requires_access=True)
    Activity.objects.filter(service__code=code).update(kind=ActivityKind.DATED)
    service = Service.objects.get(code=code)
    service.requirements.update(is_mandatory=True)
    request = sent(family, code)
    activity = service.activities.earliest("code")
    session = activity.sessions.earliest("starts_on")
    family.child = family.children[0]
    booking = book(family, session)
    invoice = invoice_of(family, regie, booking)
    return {
        "household": family.household,
        "child": family.child,
        "request": request,
        "proof": Proof.objects.filter(household=family.household).first(),
        "document": Document.objects.filter(proof__household=family.household).first(),
        "booking": booking,
        "regie": regie,
        "invoice": invoice,
        "run": invoice.run,
        "batch": DirectDebitBatch.objects.create(
            regie=regie, collection_on="2027-01-20", message_id=f"B-{code}"
        ),
        "service": service,
        "activity": activity,
        "dated": activity,
        "absence": absence_of(family, booking),
        "closure": Closure.objects.create(
            service=service,
            reason=f"Travaux {code}",
            from_on="2031-01-06",
            until_on="2031-01-07",
        ),
        "copy": SeasonCopy.objects.create(
            service=service,
            season=f"Saison {code}",
            made_by=family.account,
            made_at=LATER,
            made={"sessions": [], "windows": [], "openings": {}},
        ),
        "grant": grant_of(family),
        "session": session,
        "tariff": activity.tariff,
        "version": activity.tariff.versions.first(),
    }


def invoice_of(family, regie, booking):
    period = month_of(booking.session.starts_on)
    run = draft_run(regie=regie, period=period, actor=None, now=LATER)
    issue_run(run=run, actor=None, now=LATER)
    return Invoice.objects.get(household=family.household)


def absence_of(family, booking):
    """Explain an absence of the child."""
    kind, _made = ProofType.objects.get_or_create(
        code="absence",
        defaults={
            "name": "Absence",
            "subject": ProofSubject.CHILD,
            "validity": ProofValidity.UNLIMITED,
            "proves": Proves.ABSENCE,
        },
    )
    proof = submit_proof(
        household=family.household,
        child=family.child,
        proof_type=kind,
        submitted_by=family.account,
        now=LATER,
        files=[clean_file("certificat.pdf", family.child.first_name.encode())],
    )
    ExcusedBooking.objects.create(proof=proof, booking=booking)
    return proof


def grant_of(family):
    """Grant an aid to the child."""
    kind, _made = AidKind.objects.get_or_create(
        code="caf",
        defaults={
            "name": "Aide CAF",
            "payer": "CAF",
            "method": AidMethod.values[0],
            "amount_minor": 100,
            "from_on": "2026-09-01",
        },
    )
    return AidGrant.objects.create(
        kind=kind,
        household=family.household,
        child=family.child,
        from_on="2026-09-01",
        until_on="2027-09-01",
    )


def clerk_of(role):
    """Create a clerk with every permission, in one part of the town."""
    about = dict(ROLES[role])
    account = Account.objects.create_user(
        f"{role.replace(' ', '.')}@town.example",
        is_staff=True,
        is_superuser=about.pop("superuser", False),
    )
    account.user_permissions.set(Permission.objects.all())
    if about:
        departments, schools = about.get("departments"), about.get("schools")
        limit_staff(
            account=account,
            all_departments=departments is None,
            departments=Department.objects.filter(code__in=departments or []),
            all_schools=schools is None,
            schools=School.objects.filter(code__in=schools or []),
            actor=None,
        )
    return account

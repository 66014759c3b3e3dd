"""What clerks of a department, or of a school, may see: a table, tried both ways.

Two families ask and book: one for the canteen (education) with a child of the
Tilleuls, one for holiday courses (sports) with a child of Jean-Jaurès. Each clerk has
every permission; only their part of the town differs.
"""

import html
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from billing.models import BillingRun, DirectDebitBatch, Invoice, Regie
from billing.services.runs import draft_run, issue_run
from catalog.enums import ActivityKind
from catalog.models import Activity, Service, Session, Tariff, TariffVersion
from enrolment.models import AccessRequest, Booking, Order
from enrolment.queries.requests import count_waiting
from enrolment.signals import order_placed
from families.models import Child, Document, Following, Household, Proof
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from foundation.periods import month_of
from tenants.domain.scope import EVERYTHING, NOTHING, Scope
from tenants.models import Town
from tenants.townhall.models import Department, School
from tenants.townhall.queries import scope_of
from tenants.townhall.services import limit_staff
from tests.billing.builders import a_family, an_order, book
from tests.billing.conftest import speak_english
from tests.billing.jobs import enter
from tests.enrolment.request_builders import sent
from tests.families.builders import TODAY, make_family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def private_files(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


HOST = "rochebelle.localhost"
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

# What a record is limited by; a régie asks for every school besides.
BY_DEPARTMENT, BY_BOTH, BY_REGIE = "department", "department and school", "régie"

# Name of the page, what its record is limited by, and how it is opened.
PAGES = [
    ("enrolment_review:review", BY_BOTH, "request", "get"),
    ("enrolment_review:document", BY_BOTH, "document", "get"),
    ("enrolment_review:refuse", BY_BOTH, "request", "post"),
    ("enrolment_review:more", BY_BOTH, "request", "post"),
    ("enrolment_review:accept", BY_BOTH, "request", "post"),
    ("enrolment_day:attendance", BY_BOTH, "booking", "post"),
    ("billing_staff:invoice", BY_BOTH, "invoice", "get"),
    ("billing_staff:invoice-cash", BY_BOTH, "invoice", "post"),
    ("billing_staff:run", BY_REGIE, "run", "get"),
    ("billing_staff:run-issue", BY_REGIE, "run", "post"),
    ("billing_staff:run-cancel", BY_REGIE, "run", "post"),
    ("billing_staff:batch", BY_REGIE, "batch", "get"),
    ("billing_staff:batch-confirm", BY_REGIE, "batch", "post"),
    ("services:edit", BY_DEPARTMENT, "service", "get"),
    ("services:history", BY_DEPARTMENT, "service", "get"),
    ("services:usage", BY_DEPARTMENT, "service", "get"),
    ("activities:edit", BY_DEPARTMENT, "activity", "get"),
    ("activities:delete", BY_DEPARTMENT, "activity", "get"),
    ("sessions:edit", BY_DEPARTMENT, "session", "get"),
    ("sessions:delete", BY_DEPARTMENT, "session", "get"),
    ("catalog_staff:cancel_session", BY_DEPARTMENT, "session", "get"),
    ("catalog_staff:checklist", BY_DEPARTMENT, "service", "get"),
    ("catalog_staff:preview", BY_DEPARTMENT, "service", "get"),
    ("catalog_staff:version", BY_DEPARTMENT, "version", "get"),
    ("catalog_staff:publish_version", BY_DEPARTMENT, "version", "get"),
    ("catalog_staff:new_version", BY_DEPARTMENT, "tariff", "get"),
]
# Name of the list, what its rows are limited by, what of a row is written in it.
LISTS = [
    ("enrolment_review:queue", BY_BOTH, "request", "tracking_number"),
    ("billing_staff:invoices", BY_BOTH, "invoice", "reference"),
    ("billing_staff:runs", BY_REGIE, "run", "public_id"),
    ("billing_staff:run-new", BY_REGIE, "regie", "name"),
    ("billing_staff:batches", BY_REGIE, "batch", "message_id"),
    ("services:index", BY_DEPARTMENT, "service", "name"),
    ("activities:index", BY_DEPARTMENT, "activity", "name"),
    ("activities:add", BY_DEPARTMENT, "service", "name"),
    ("sessions:index", BY_DEPARTMENT, "activity", "name"),
    ("catalog_staff:make_sessions", BY_DEPARTMENT, "dated", "name"),
    ("catalog_staff:copy_season", BY_DEPARTMENT, "service", "name"),
    ("catalog_staff:tariffs", BY_DEPARTMENT, "tariff", "name"),
    ("enrolment_day:day", BY_DEPARTMENT, "activity", "name"),
]


RECORDS = [
    (Household, BY_BOTH, "household"),
    (Child, BY_BOTH, "child"),
    (Proof, BY_BOTH, "proof"),
    (Document, BY_BOTH, "document"),
    (AccessRequest, BY_BOTH, "request"),
    (Booking, BY_BOTH, "booking"),
    (Invoice, BY_BOTH, "invoice"),
    (Service, BY_DEPARTMENT, "service"),
    (Activity, BY_DEPARTMENT, "activity"),
    (Session, BY_DEPARTMENT, "session"),
    (Tariff, BY_DEPARTMENT, "tariff"),
    (TariffVersion, BY_DEPARTMENT, "version"),
    (Regie, BY_REGIE, "regie"),
    (BillingRun, BY_REGIE, "run"),
    (DirectDebitBatch, BY_REGIE, "batch"),
]
LATER = datetime(2027, 1, 10, 9, tzinfo=UTC)


@dataclass
class Side:
    """Everything of one department, about a child of one school."""

    department: str
    school: str
    records: dict[str, object]


@pytest.fixture
def sides(rochebelle):
    speak_english(rochebelle)
    return [canteen(), courses()]


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
        "session": session,
        "tariff": activity.tariff,
        "version": activity.tariff.versions.first(),
    }


def invoice_of(family, regie, booking):
    period = month_of(booking.session.starts_on)
    run = draft_run(regie=regie, period=period, actor=None, now=LATER)
    issue_run(run=run, actor=None, now=LATER)
    return Invoice.objects.get(household=family.household)


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


def is_expected(role, side, limit):
    """Say whether a role sees what is on a side."""
    about = ROLES[role]
    departments, schools = about.get("departments"), about.get("schools")
    by_department = departments is None or side.department in departments
    by_school = schools is None or side.school in schools
    if limit == BY_DEPARTMENT:
        return by_department
    if limit == BY_REGIE:
        return by_department and schools is None
    return by_department and by_school


@dataclass
class Desk:
    """A clerk's browser."""

    client: Client
    town: Town

    def ask(self, method, url):
        answer = getattr(self.client, method)(url)
        if answer.streaming:
            # Read to the end, the file is closed.
            answer.getvalue()
        enter(self.town)
        return answer


def desk_of(role, town):
    client = Client(headers={"host": HOST, "accept-language": "en"}, SERVER_NAME=HOST)
    client.force_login(clerk_of(role))
    return Desk(client, town)


def address(name, record, side):
    """Return the address of a page: Wagtail's take keys, ours public ids."""
    if name.startswith(("services:", "activities:", "sessions:")):
        return reverse(name, args=[record.pk])
    if name == "enrolment_review:document":
        request = side.records["request"]
        return reverse(name, args=[request.public_id, record.public_id])
    return reverse(name, args=[record.public_id])


@pytest.mark.parametrize("role", ROLES)
def test_what_is_out_of_scope_answers_as_what_does_not_exist(role, sides, rochebelle):
    desk = desk_of(role, rochebelle)
    wrong = []

    for side in sides:
        for name, limit, key, method in PAGES:
            url = address(name, side.records[key], side)
            found = desk.ask(method, url).status_code
            allowed = {200, 302} if is_expected(role, side, limit) else {404}
            if found not in allowed:
                wrong.append((name, side.department, method, found))

    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_choices_hold_what_is_in_scope_only(role, sides, rochebelle):
    desk = desk_of(role, rochebelle)
    wrong = []

    for name, limit, key, fact in LISTS:
        page = desk.ask("get", f"{reverse(name)}?status=").content.decode()
        for side in sides:
            written = html.escape(str(getattr(side.records[key], fact)))
            if (written in page) != is_expected(role, side, limit):
                wrong.append((name, side.department, written))

    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_querysets_hold_what_is_in_scope_only(role, sides):
    scope = scope_of(clerk_of(role))
    wrong = []

    for model, limit, key in RECORDS:
        records: Any = model
        mine = records.objects.in_scope(scope)
        for side in sides:
            found = mine.filter(pk=side.records[key].pk).exists()
            if found != is_expected(role, side, limit):
                wrong.append((model.__name__, side.department))

    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_what_waits_is_counted_in_scope_only(role, sides):
    scope = scope_of(clerk_of(role))

    count = count_waiting(scope)

    assert count == sum(is_expected(role, side, BY_BOTH) for side in sides)


def test_the_scope_costs_one_query_a_request(sides, django_assert_num_queries):
    account = clerk_of("education at jaures")
    account = Account.objects.get(pk=account.pk)

    with django_assert_num_queries(1):
        scopes = {scope_of(account) for _time in range(3)}

    (scope,) = scopes
    assert not scope.is_everything


def test_a_family_has_no_part_of_the_town(sides):
    family = Account.objects.get(email="claire@example.com")

    assert scope_of(family) == NOTHING


def test_nothing_said_is_everything(sides):
    assert scope_of(clerk_of("everything")) == EVERYTHING


def test_a_department_knows_a_family_from_its_first_request_on(rochebelle):
    family = make_family("claire@example.com", "Lina")
    education = Scope(
        frozenset(
            Department.objects.filter(code="education").values_list("pk", flat=True)
        )
    )
    before = Household.objects.in_scope(education).count()

    sent(family)

    assert before == 0
    assert Household.objects.in_scope(education).get() == family.household
    assert Following.objects.get().since_on == TODAY


def test_a_departments_order_without_request_makes_the_family_known(
    rochebelle, django_capture_on_commit_callbacks
):
    family = a_family()
    order = an_order(family)

    order_placed.send(sender=Order, order_id=order.pk)

    assert Following.objects.get().department.code == "sports"


def test_limits_are_journalled(rochebelle):
    account = clerk_of("education at jaures")

    entry = Entry.objects.get(action="staff limited", record=account.public_id)

    assert entry.new == {"departments": ["education"], "schools": ["jaures"]}

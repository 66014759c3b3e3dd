"""The clerks' queue with 5,000 requests that wait, and the page of one of them.

Run with `python infra/run_benchmarks.py review_queue`. The floor of the queue is the
bare statement: its thirty first rows with their child and service, and how many wait.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from django.db import connection  # noqa: E402 - Django comes first.
from django.test import Client  # noqa: E402 - same reason.
from django.test.utils import CaptureQueriesContext  # noqa: E402 - same reason.
from django.urls import reverse  # noqa: E402 - same reason.
from django_tenants.utils import tenant_context  # noqa: E402 - same reason.

from catalog.enums import Silence  # noqa: E402 - same reason.
from catalog.models import Requirement, Service  # noqa: E402 - same reason.
from enrolment.enums import RequestStatus  # noqa: E402 - same reason.
from enrolment.models import AccessRequest, RequestedProof  # noqa: E402 - same.
from families.models import Child, Household, Proof  # noqa: E402 - same reason.
from foundation.accounts.models import Account  # noqa: E402 - same reason.
from foundation.references import reference  # noqa: E402 - same reason.
from foundation.town import enter_public  # noqa: E402 - same reason.
from tenants.gateways.schemas import drop_schema  # noqa: E402 - same reason.
from tenants.models import Town  # noqa: E402 - same reason.
from tenants.services.platform import prepare_platform  # noqa: E402 - same reason.
from tests.benchmarks.report import Row, report, row_at_most  # noqa: E402 - same.
from tests.cast.towns import open_from, pack_of  # noqa: E402 - same reason.
from tests.enrolment.request_builders import make_clerk  # noqa: E402 - same reason.
from tests.families.builders import browser  # noqa: E402 - same reason.

WAITING, HOST, ROUNDS = 5_000, "queue.localhost", 7
PAGE_LIMIT, REVIEW_LIMIT, MOST_STATEMENTS = 60.0, 60.0, 25
SENT = datetime(2026, 11, 1, 8, tzinfo=UTC)
BARE = """
SELECT request.id, child.first_name, service.name, count(*) OVER ()
  FROM enrolment_accessrequest AS request
  JOIN families_child AS child ON child.id = request.child_id
  JOIN catalog_service AS service ON service.id = request.service_id
 WHERE request.status = 'submitted'
 ORDER BY request.answer_due_on NULLS LAST, request.submitted_at, request.id LIMIT 30
"""


def fill() -> None:
    """Write families whose requests wait, each with the proofs its service asks for."""
    service = Service.objects.get(code="cantine")
    asked = list(service.requirements.filter(is_mandatory=True))
    writer = Account.objects.create_user("family@example.com", "un-long-secret")
    households = Household.objects.bulk_create(
        Household(file_number=f"B-{number:06}", street="3 rue Haute", country="FR")
        for number in range(WAITING)
    )
    children = Child.objects.bulk_create(
        Child(
            first_name="Lina", last_name=f"Martin {number}", birth_date=date(2018, 5, 1)
        )
        for number in range(WAITING)
    )
    requests = AccessRequest.objects.bulk_create(
        AccessRequest(
            tracking_number=reference(number),
            household=household,
            child=children[number],
            service=service,
            status=RequestStatus.SUBMITTED,
            submitted_by=writer,
            submitted_at=SENT + timedelta(minutes=number),
            silence=Silence.ACCEPTANCE,
            answer_due_on=date(2026, 12, 1) + timedelta(days=number % 60),
        )
        for number, household in enumerate(households)
    )
    give(requests, asked, writer)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def give(
    requests: list[AccessRequest], asked: list[Requirement], writer: Account
) -> None:
    """Hand in the proofs of the requests, all to be checked."""
    pairs = [(request, needed) for request in requests for needed in asked]
    proofs = Proof.objects.bulk_create(
        Proof(
            proof_type=needed.proof_type,
            household=request.household,
            child=request.child if needed.proof_type.subject == "child" else None,
            submitted_by=writer,
            submitted_at=SENT,
        )
        for request, needed in pairs
    )
    RequestedProof.objects.bulk_create(
        RequestedProof(request=request, requirement=needed, proof=proof)
        for (request, needed), proof in zip(pairs, proofs, strict=True)
    )


def median_ms(act: Callable[[], object]) -> float:
    """Return the median milliseconds of an act; the first turn is not counted."""
    taken = []
    for _turn in range(ROUNDS + 1):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken[1:])[ROUNDS // 2]


def bare() -> None:
    """Run the bare statement."""
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        cursor.fetchall()


def measured(
    name: str, path: str, client: Client, floor: float, limit: float
) -> list[Row]:
    """Measure one page: its time beside the floor, and its statements."""
    if client.get(path).status_code != 200:
        raise RuntimeError(f"{path} did not answer.")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    count = sum("search_path" not in each["sql"] for each in asked)
    taken = median_ms(lambda: client.get(path))
    met = count <= MOST_STATEMENTS
    target = f"<= {MOST_STATEMENTS}"
    return [
        row_at_most("issue", f"{name}, ms", ours=taken, floor=floor, limit=limit),
        Row("issue", f"{name}, statements", count, 1, count, target, met),
    ]


def main() -> None:
    """Open a town, fill it, measure, drop it."""
    prepare_platform(say=print)
    pack = pack_of("rochebelle")
    pack["town"] = {**pack["town"], "name": "Queue", "host": HOST}
    town = open_from(pack)
    try:
        with tenant_context(town):
            fill()
            clerk = make_clerk("bench@example.com")
            client = browser(HOST)
            client.force_login(clerk)
            queue = reverse("enrolment_review:queue")
            middle = AccessRequest.objects.order_by("answer_due_on", "id")[2500]
            one = reverse("enrolment_review:review", args=[middle.public_id])
            floor = median_ms(bare)
        pages = {
            "queue, 5,000 waiting": (queue, PAGE_LIMIT),
            "queue, last page": (f"{queue}?page=167", PAGE_LIMIT),
            "queue, filtered": (f"{queue}?proof=domicile&age=7", PAGE_LIMIT),
            "review in the middle": (one, REVIEW_LIMIT),
        }
        rows = []
        for name, (path, limit) in pages.items():
            rows += measured(name, path, client, floor, limit)
        report("review_queue", rows)
    finally:
        enter_public()
        drop_schema(town.schema_name)
        Town.objects.filter(pk=town.pk).delete()


if __name__ == "__main__":
    main()

"""Every decision of staff and of the platform, sent five times at once.

Sent one after the other: tests/billing/views/test_staff.py and
tests/tenants/views/test_console.py.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.test import Client
from django_tenants.utils import tenant_context

from billing.models import BillingRun, DirectDebitBatch, Invoice, Payment
from enrolment.models import Access
from tenants.models import Town
from tenants.services.operators import create_operator
from tests.billing import builders as billing
from tests.billing.conftest import issue
from tests.billing.services.test_mandates import sign
from tests.catalog.views.staff_steps import fields_of
from tests.enrolment.request_builders import accept_all, sent
from tests.families.builders import make_family
from tests.hostile.planted import administrator_of_town
from tests.hostile.together import TIMES, Person, at_once, places, statuses
from tests.tenants.views.test_console import PLATFORM, answers

BACK_OFFICE = "/admin/billing/"


@contextmanager
def clerk_of(town: Town) -> Iterator[Callable[..., list[Any]]]:
    """Let the administrator press a button several times at once."""
    with tenant_context(town):
        person = Person.signed_in(town, administrator_of_town())
    yield person.send


def key() -> dict[str, str]:
    return {"form_key": str(uuid4())}


def test_a_month_is_drafted_once_and_issued_once(crowded: Town) -> None:
    with tenant_context(crowded):
        families = [billing.a_family() for _each in range(3)]
        for family in families:
            billing.book(family, billing.lunches(billing.november(1))[0])
        regie = billing.a_regie()

    with clerk_of(crowded) as send:
        asked = {"regie": regie.code, "month": "2026-11", **key()}
        drafted = send(f"{BACK_OFFICE}runs/new/", asked)
        (run_page,) = places(drafted)
        issued = send(f"{run_page}issue/", {"checked": "on", **key()})

    assert set(statuses(drafted + issued)) == {302}
    with tenant_context(crowded):
        run = BillingRun.objects.get(public_id=run_page.split("/")[-2])
        numbers = run.invoices.order_by("number").values_list("number", flat=True)
        known = [number for number in numbers if number is not None]
        assert len(known) == run.invoices.count() == len(set(known))
        assert known[-1] - known[0] == len(known) - 1
        for family in families:
            assert Invoice.objects.filter(household=family.household).count() == 1


def test_a_run_is_given_up_once(crowded: Town) -> None:
    with tenant_context(crowded):
        billing.book(billing.a_family(), billing.lunches(billing.november(2))[1])
        regie = billing.a_regie()
    with clerk_of(crowded) as send:
        asked = {"regie": regie.code, "month": "2026-11", **key()}
        (run_page,) = places(send(f"{BACK_OFFICE}runs/new/", asked, 1))

        given_up = send(f"{run_page}give-up/", key())

    assert set(statuses(given_up)) == {302}
    with tenant_context(crowded):
        run = BillingRun.objects.get(public_id=run_page.split("/")[-2])
        assert run.status == "cancelled"


def test_money_at_the_counter_is_recorded_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family = billing.a_family()
        invoice = issue(billing.a_regie(), family, minor=345, days=4)

    with clerk_of(crowded) as send:
        path = f"{BACK_OFFICE}invoices/{invoice.public_id}/cash/"
        cashed = send(path, {"amount": "10.00", **key()})

    assert set(statuses(cashed)) == {302}
    with tenant_context(crowded):
        assert Payment.objects.get(household=family.household).amount_minor == 1000


def test_two_clerks_never_take_more_than_is_owed(crowded: Town) -> None:
    with tenant_context(crowded):
        family = billing.a_family()
        invoice = issue(billing.a_regie(), family, minor=345, days=4)
        clerks = [Person.signed_in(crowded, administrator_of_town()) for _each in "12"]
    path = f"{BACK_OFFICE}invoices/{invoice.public_id}/cash/"

    windows = [clerk.window() for clerk in clerks]
    first = at_once(windows[:1], path, {"amount": "13.80", **key()})
    second = at_once(windows[1:], path, {"amount": "13.80", **key()})

    assert set(statuses(first + second)) <= {200, 302}
    with tenant_context(crowded):
        assert Payment.objects.filter(household=family.household).count() == 1


def test_a_bank_file_is_made_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family, regie = billing.a_family(), billing.a_regie()
        sign(family, regie)
        issue(regie, family, minor=345, days=2)

    with clerk_of(crowded) as send:
        asked = {"regie": regie.code, "collection_on": "2027-06-15", **key()}
        made = send(f"{BACK_OFFICE}bank-files/new/", asked)

    assert set(statuses(made)) == {302}
    with tenant_context(crowded):
        assert DirectDebitBatch.objects.count() == 1
        assert DirectDebitBatch.objects.get().debits.count() == 1


def test_a_request_is_accepted_once(crowded: Town) -> None:
    with tenant_context(crowded):
        family = make_family(f"{uuid4().hex}@example.com", "Lina")
        asked = sent(family)
        accept_all(asked, administrator_of_town())
        clerk = Person.signed_in(crowded, administrator_of_town())
    path = f"/admin/requests/{asked.public_id}/"
    shown = fields_of(clerk.window().get(path))
    form = {name: value for name, value in shown.items() if name.startswith("access-")}

    accepted = clerk.send(f"{path}accept/", form)

    assert statuses(accepted).count(302) >= 1
    assert set(statuses(accepted)) <= {200, 302}
    with tenant_context(crowded):
        assert Access.objects.filter(household=family.household).count() == 1


def test_a_town_is_opened_once(committed: None) -> None:
    operator = create_operator(email=f"{uuid4().hex}@preau.example")
    window = Client(headers=PLATFORM)
    window.force_login(operator)
    windows = [Client(headers=PLATFORM) for _each in range(TIMES)]
    for each in windows:
        each.cookies["session"] = window.cookies["session"].value
    asked = answers()

    opened = at_once(windows, "/console/open/", asked)

    assert set(statuses(opened)) == {302}
    assert len(places(opened)) == 1
    assert Town.objects.filter(name=asked["name"]).count() == 1

"""Which services a régie bills, chosen on a page."""

from typing import Any

import pytest
from django_tenants.utils import tenant_context

from billing.models import Regie
from catalog.models import Service
from foundation.journal.models import Entry
from tests.billing.builders import a_regie
from tests.billing.views.test_staff import RIGHTS, Clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def clerk(rochebelle: Any) -> Clerk:
    return Clerk(rochebelle, *RIGHTS, "change_regie", "change_regietax")


def services_of(regie: Regie) -> set[str]:
    return set(regie.services.values_list("code", flat=True))


def test_a_service_joins_a_regie_and_leaves_it(clerk: Clerk) -> None:
    regie = a_regie()
    first = Service.objects.exclude(regies=None).first() or regie.services.get()
    other = Service.objects.create(
        code="etude", name="Étude", department=first.department
    )
    path = f"taxes/{regie.public_id}/services/"

    clerk.post(path, chosen="1", services=[str(other.public_id)])
    with tenant_context(clerk.town):
        joined = services_of(regie)
    clerk.post(path, chosen="1", services=[])

    with tenant_context(clerk.town):
        assert joined == {"etude"}
        assert services_of(regie) == set()
        actions = Entry.objects.filter(action="services of a régie chosen")
        assert actions.count() == 2


def test_what_another_regie_bills_is_not_taken(clerk: Clerk) -> None:
    regie = a_regie()
    taken = Service.objects.earliest("pk")
    other = Regie.objects.create(code="autre", name="Autre")
    regie.services.remove(taken)
    other.services.set([taken])
    path = f"taxes/{regie.public_id}/services/"

    answer = clerk.post(path, chosen="1", services=[str(taken.public_id)])

    assert answer.status_code == 200
    with tenant_context(clerk.town):
        assert services_of(other) == {taken.code}
        assert taken.code not in services_of(regie)


def test_clerks_without_the_right_do_not_choose(rochebelle: Any) -> None:
    clerk = Clerk(rochebelle, *RIGHTS)
    regie = a_regie()

    answer = clerk.client.get(f"/admin/billing/taxes/{regie.public_id}/services/")

    assert answer.status_code in {302, 403}


def test_a_bank_file_needs_a_regie_that_takes_direct_debits(clerk: Clerk) -> None:
    with_one = clerk.get("bank-files/new/").content.decode()
    with tenant_context(clerk.town):
        Regie.objects.update(takes_direct_debits=False)

    without = clerk.get("bank-files/new/").content.decode()

    assert "takes direct debits" not in with_one
    assert "No régie that you bill for takes direct debits." in without

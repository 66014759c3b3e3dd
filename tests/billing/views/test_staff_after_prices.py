"""Aids and taxes in the back office: granted, claimed, written, refused."""

from uuid import uuid4

import pytest
from django_tenants.utils import tenant_context

from billing.models import AidGrant, AidKind, Invoice, RegieTax, TaxRule
from foundation.journal.models import Entry
from tests.billing.builders import a_family, a_regie, book, lunches, november
from tests.billing.conftest import speak_english
from tests.billing.services.test_aids import a_kind, billed, grant
from tests.billing.services.test_taxes import GST, tax
from tests.billing.views.test_staff import RIGHTS, Clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

MORE = ("add_aidgrant", "change_regietax", "view_aidkind", "change_aidkind")


@pytest.fixture
def clerk(rochebelle):
    speak_english(rochebelle)
    return Clerk(rochebelle, *RIGHTS, *MORE, "add_aidkind")


def granting(family, **changes):
    return {
        "form_key": uuid4(),
        "kind": "caf",
        "child": family.child.public_id,
        "from_on": "2026-09-01",
        "last_on": "2027-08-31",
        **changes,
    }


def test_a_clerk_grants_an_aid_once(clerk):
    family = a_family()
    a_kind()
    data = granting(family)
    address = f"aids/of/{family.household.public_id}/new/"

    answers = [clerk.post(address, **data).status_code for _each in range(2)]

    assert answers == [302, 302]
    granted = AidGrant.objects.get()
    assert granted.until_on.isoformat() == "2027-09-01"
    assert Entry.objects.filter(action="aid granted").count() == 1


def test_an_aid_refused_says_why(clerk):
    family = a_family()
    a_kind(quotient_until=700)

    answer = clerk.post(
        f"aids/of/{family.household.public_id}/new/", **granting(family)
    )

    assert "Write the quotient in the file first." in answer.content.decode()
    assert AidGrant.objects.count() == 0


def test_a_child_of_another_family_cannot_be_chosen(clerk):
    family = a_family()
    a_kind()
    data = granting(family, child=a_family().child.public_id)

    answer = clerk.post(f"aids/of/{family.household.public_id}/new/", **data)

    assert answer.status_code == 200
    assert AidGrant.objects.count() == 0


def test_an_aid_is_ended_from_the_file(clerk):
    family = a_family()
    granted = grant(family, a_kind())

    clerk.post(f"aids/{granted.public_id}/end/", form_key=uuid4(), last_on="2026-12-31")

    granted.refresh_from_db()
    assert granted.until_on.isoformat() == "2027-01-01"


def test_the_statement_of_a_payer_is_a_table(clerk):
    family = a_family(last_name="=cmd()")
    grant(family, a_kind(payer="=HYPERLINK"))
    for session in lunches(november(2)):
        book(family, session, minor=400)
    billed()

    page = clerk.get("aids/?month=2026-12").content.decode()
    table = clerk.get("aids/statement/?month=2026-12&payer=%3DHYPERLINK")

    assert "€3.00" in page
    lines = table.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("'=HYPERLINK;")


def test_taxes_are_written_for_every_service(clerk):
    regie = a_regie()
    row = {
        "code": "gst",
        "label": "GST",
        "rate": "9.975",
        "registration": "12 RT",
        "from_on": "2026-01-01",
    }
    counts = {"tax-TOTAL_FORMS": "1", "tax-INITIAL_FORMS": "0"}
    data = {f"tax-0-{name}": value for name, value in row.items()} | counts
    data["form_key"] = str(uuid4())
    address = f"taxes/{regie.public_id}/"

    missing = clerk.post(address, **data, **{"service-cantine": "S"})
    unsaid = clerk.post(
        address, **data, **{"service-cantine": "S", "service-stages": "E"}
    )
    written = clerk.post(
        address, **data, **{"service-cantine": "S", "service-stages": "O"}
    )

    assert "Say of each service whether it is taxed" in missing.content.decode()
    assert "Say why nothing is taxed here." in unsaid.content.decode()
    assert written.status_code == 302
    assert str(RegieTax.objects.get().rate) == "9.975"
    assert TaxRule.objects.count() == 2
    assert clerk.get(address).status_code == clerk.get("taxes/").status_code == 200


def test_the_page_of_an_invoice_shows_its_taxes_and_aids(clerk):
    regie = tax(GST)
    family = a_family()
    grant(family, a_kind())
    book(family, lunches(november(1))[0], minor=10_000)
    billed()
    invoice = Invoice.objects.get(regie=regie)

    page = clerk.get(f"invoices/{invoice.public_id}/").content.decode()

    assert "10799 2345 RT0001" in page
    assert "Aid for lunch" in page


@pytest.mark.parametrize("path", ["aids/", "aids/statement/", "taxes/"])
def test_other_clerks_are_kept_out(path, rochebelle):
    other = Clerk(rochebelle, *RIGHTS)

    assert other.get(path).status_code in {302, 403}


def test_a_kind_of_aid_is_written_in_the_admin(clerk):
    kind = a_kind()

    page = clerk.client.get(f"/admin/aid-kinds/edit/{kind.pk}/")
    lists = clerk.client.get("/admin/aid-kinds/")

    assert page.status_code == lists.status_code == 200
    assert 'value="1.50"' in page.content.decode()


def test_a_kind_of_aid_without_services_is_refused(clerk):
    data = {"name": "CAF", "payer": "CAF", "method": "day", "amount": "2.00"}
    more = {"half_day_hours": 5, "from_on": "2026-09-01", "position": 0}

    page = clerk.client.post(
        "/admin/aid-kinds/new/", {**data, **more, "ceiling_period": "grant"}
    )

    assert "Choose what this aid helps to pay." in page.content.decode()
    with tenant_context(clerk.town):
        assert AidKind.objects.count() == 0

"""What the yearly review shows the family, and what of it the town sees."""

from uuid import uuid4

from django.urls import reverse
from django_tenants.utils import tenant_context

from families.services.contacts import ContactDetails, set_contacts
from families.services.file_reviews import certify_file
from tenants.models import Town
from tests.families.builders import NOW, TODAY, browser, make_family
from tests.families.changes import make_clerk
from tests.families.sharing_builders import separated

GRANNY = ContactDetails(
    name="Odile Martin",
    phone="06 12 34 56 78",
    relation="Grand-mère",
    may_collect=False,
    is_emergency=True,
)


def test_each_household_reads_the_people_it_named_itself(rochebelle: Town) -> None:
    mother, father = separated()
    set_contacts(
        child=mother.children[0],
        household=mother.household,
        people=[(uuid4(), GRANNY)],
        now=NOW,
        actor=mother.account,
    )
    pages = []

    for family in (mother, father):
        with tenant_context(rochebelle):
            client = browser()
            client.force_login(family.account)
        pages.append(client.get("/my/review/").text)

    assert "Odile Martin (Grand-mère), 06 12 34 56 78" in pages[0]
    assert "Odile" not in pages[1]
    assert "Nobody named yet." in pages[1]


def test_a_clerk_reads_when_the_file_was_last_confirmed(rochebelle: Town) -> None:
    family = make_family()
    certify_file(household=family.household, actor=family.account, now=NOW, today=TODAY)
    url = reverse("families_staff:file", args=[family.household.public_id])
    client = browser()
    client.force_login(make_clerk())

    page = client.get(url).text

    assert "Yearly review" in page
    assert "Confirmed on 21" in page

"""Every tracking number is found from the first page: access, changes, file numbers."""

import pytest
from django_tenants.utils import tenant_context

from families.domain.editable import Editable
from tenants.models import Town
from tests.enrolment.request_builders import sent
from tests.families.builders import Family, browser, make_family
from tests.families.changes import check_first, rename, request_of

TRACK = "/track/"


def number_and_page(family: Family, kind: str) -> tuple[str, str]:
    """Have a family send something; return its number, and where its page is."""
    if kind == "access":
        request = sent(family)
        return request.tracking_number, f"/my/requests/{request.public_id}/"
    check_first(Editable.IDENTITY)
    return request_of(rename(family, "Léna")).tracking_number, "/my/changes/"


@pytest.mark.parametrize("kind", ["access", "change"])
def test_a_number_leads_its_family_and_tells_others_nothing(
    kind: str, rochebelle: Town
) -> None:
    family = make_family("claire@example.com", "Lina")
    stranger = make_family("paul@example.com")
    number, page = number_and_page(family, kind)
    owner, other = browser(), browser()
    owner.force_login(family.account)
    with tenant_context(rochebelle):
        other.force_login(stranger.account)

    anybody = browser().post(TRACK, {"number": number.lower()})
    theirs = owner.post(TRACK, {"number": number})
    others = other.post(TRACK, {"number": number})

    assert theirs["Location"] == page
    assert "We found no request with this number" in others.text
    assert number in anybody.text or "preau-tag" in anybody.text
    assert not any(
        said in anybody.text for said in ("Claire", "Lina", "Léna", "First name", page)
    )

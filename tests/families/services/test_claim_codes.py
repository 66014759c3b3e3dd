from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tenants.utils import tenant_context

from families.models import ClaimCode
from families.services.claim_codes import (
    CodeUnknownError,
    find_by_code,
    issue_code,
    issue_codes,
    revoke_code,
    use_code,
)
from foundation.journal.models import Entry
from tests.families.builders import NOW, make_family

pytestmark = pytest.mark.django_db


def test_a_code_opens_the_household_it_was_issued_for(rochebelle):
    family = make_family()
    make_family("other@example.com")

    code = issue_code(household=family.household, actor=None, now=NOW)

    assert find_by_code(code.lower().replace("-", " "), now=NOW) == family.household
    assert find_by_code(f"{code[:-1]}2", now=NOW) in {None, family.household}
    assert find_by_code("nothing", now=NOW) is None


def test_the_code_itself_is_kept_nowhere(rochebelle):
    family = make_family()

    code = issue_code(household=family.household, actor=family.account, now=NOW)

    row = ClaimCode.objects.values().get()
    bare = code.replace("-", "")
    assert bare.encode() not in bytes(row["index"])
    told = [str(entry) for entry in Entry.objects.values()]
    assert not [entry for entry in told if bare in entry or code in entry]
    assert Entry.objects.filter(action="subscriber code issued").count() == 1


def test_a_new_code_ends_the_former(rochebelle):
    family = make_family()
    former = issue_code(household=family.household, actor=None, now=NOW)

    code = issue_code(household=family.household, actor=None, now=NOW)

    assert find_by_code(former, now=NOW) is None
    assert find_by_code(code, now=NOW) == family.household


def test_a_code_lasts_as_long_as_the_town_says(rochebelle):
    family = make_family()
    code = issue_code(household=family.household, actor=None, now=NOW)

    last = NOW + timedelta(days=180)

    assert find_by_code(code, now=last - timedelta(seconds=1)) == family.household
    assert find_by_code(code, now=last) is None


def test_a_code_works_once(rochebelle):
    family = make_family()
    code = issue_code(household=family.household, actor=None, now=NOW)

    used = use_code(text=code, actor=family.account, now=NOW)

    assert used == family.household
    with pytest.raises(CodeUnknownError):
        use_code(text=code, actor=family.account, now=NOW)


def test_staff_can_end_a_code(rochebelle):
    family = make_family()
    code = issue_code(household=family.household, actor=None, now=NOW)

    assert revoke_code(household=family.household, actor=family.account, now=NOW)
    assert not revoke_code(household=family.household, actor=family.account, now=NOW)

    assert find_by_code(code, now=NOW) is None


def test_the_database_keeps_one_standing_code_of_a_household(rochebelle):
    family = make_family()
    issue_code(household=family.household, actor=None, now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimCode.objects.create(
            household=family.household, index=b"x", issued_at=NOW, valid_until=NOW
        )


def test_a_code_of_one_town_opens_nothing_in_another(rochebelle, etangs):
    code = issue_code(household=make_family().household, actor=None, now=NOW)
    row = ClaimCode.objects.get()

    with tenant_context(etangs):
        theirs = make_family().household
        # Even with the very row of the first town copied over.
        ClaimCode.objects.create(
            household=theirs,
            index=row.index,
            issued_at=NOW,
            valid_until=row.valid_until,
        )
        assert find_by_code(code, now=NOW) is None


def test_many_codes_are_issued_in_a_few_statements(
    rochebelle, django_assert_max_num_queries
):
    households = [make_family(f"f{each}@example.com").household for each in range(30)]

    issue_codes(households=households[:1], actor=None, now=NOW)

    with django_assert_max_num_queries(9):
        codes = issue_codes(households=households, actor=None, now=NOW)

    assert len(set(codes)) == 30
    assert find_by_code(codes[7], now=NOW) == households[7]

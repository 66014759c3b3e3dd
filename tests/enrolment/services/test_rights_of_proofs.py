"""What proofs give, day by day: from their day, until their end, never backwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from families.enums import Residence
from families.queries import quotient_on, residence_on
from families.services.proof_errors import DatedTooEarlyError
from families.services.proofs import accept_proof, refuse_proof, withdraw_proof
from tests.enrolment.request_builders import clean_file, draft, hand_in, make_clerk
from tests.families.builders import NOW, TODAY, make_family

LATER = NOW + timedelta(days=20)
DAY = timedelta(days=1)


@pytest.fixture
def family(rochebelle):
    return make_family("claire@example.com", "Lina")


@pytest.fixture
def clerk(rochebelle):
    return make_clerk()


def accept(proof, clerk, day, **value):
    return accept_proof(proof=proof, reviewer=clerk, valid_from=day, now=LATER, **value)


def test_a_proof_accepted_late_counts_from_an_earlier_day_not_before_it_came(
    family, clerk
):
    proof = hand_in(draft(family), "domicile")

    with pytest.raises(DatedTooEarlyError):
        accept(proof, clerk, TODAY - DAY, residence=Residence.RESIDENT)
    accept(proof, clerk, TODAY, residence=Residence.RESIDENT)

    assert residence_on(family.household, TODAY) == Residence.RESIDENT
    assert residence_on(family.household, TODAY - DAY) is None


def test_what_a_proof_gave_ends_on_its_day_and_the_past_stays(family, clerk):
    proof = accept(
        hand_in(draft(family), "quotient"), clerk, TODAY, quotient=Decimal(812)
    )

    until = proof.valid_until
    assert quotient_on(family.household, until - DAY) == 812
    assert quotient_on(family.household, until) is None
    assert quotient_on(family.household, TODAY) == 812


def test_a_proof_that_takes_the_place_of_another_changes_no_past_day(family, clerk):
    request = draft(family)
    accept(hand_in(request, "quotient"), clerk, TODAY, quotient=Decimal(812))
    second = hand_in(request, "quotient", clean_file("new.pdf", b"%PDF-1.7 new"))

    accept(second, clerk, TODAY + 10 * DAY, quotient=Decimal(500))

    days = [TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY]
    assert [quotient_on(family.household, day) for day in days] == [812, 812, 500]


@pytest.mark.parametrize("end", ["withdrawn", "refused"])
def test_a_new_proof_taken_back_or_refused_leaves_the_former_one(family, clerk, end):
    request = draft(family)
    accept(hand_in(request, "quotient"), clerk, TODAY, quotient=Decimal(812))
    second = hand_in(request, "quotient", clean_file("new.pdf", b"%PDF-1.7 new"))

    if end == "withdrawn":
        withdraw_proof(proof=second, actor=family.account)
    else:
        refuse_proof(proof=second, reviewer=clerk, reason="Flou.", now=LATER)

    assert quotient_on(family.household, date(2027, 1, 15)) == 812

"""What a proof gave ends with it: from that day on, and never for a day before."""

from datetime import date

from enrolment.models import Booking
from families.models import ResidenceRecord
from tests.enrolment.booking_builders import SEPTEMBER, accepted_family, book, lunch

END = date(2026, 12, 1)


def test_the_price_falls_back_on_the_day_the_proof_ends_and_not_before(rochebelle):
    family = accepted_family(residence=None)
    ResidenceRecord.objects.create(
        household=family.household, status="resident", from_on=SEPTEMBER, until_on=END
    )
    known = accepted_family("paul@example.com", "Zoé")
    stranger = accepted_family("lea@example.com", "Noé", residence=None)

    for each in (family, known, stranger):
        book(each, lunch("2026-11-30"), lunch("2026-12-01"))

    def price(who, day):
        found = Booking.objects.get(household=who.household, session__starts_on=day)
        return found.price_minor

    assert price(family, "2026-11-30") == price(known, "2026-11-30")
    assert price(family, "2026-12-01") == price(stranger, "2026-12-01")
    assert price(known, "2026-12-01") < price(stranger, "2026-12-01")

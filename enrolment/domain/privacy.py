"""What requests and bookings say of families."""

from foundation.privacy.classes import impersonal, personal

TABLES = (
    personal(
        "enrolment.accessrequest",
        "requests",
        "household: household",
        "goes",
        life="tracking_number child service situation status reason silence "
        "silence_months answer_due_on clock_stopped_on wished_on",
        trace="submitted_at decided_at decided_by_silence",
        technical="household submitted_by decided_by alerted_on",
    ),
    personal(
        "enrolment.requestedproof",
        "requests",
        "household: request__household",
        "goes",
        life="requirement proof",
        technical="request",
    ),
    personal(
        "enrolment.access",
        "requests",
        "household: household",
        "goes",
        life="child service situation from_on until_on",
        technical="request household",
    ),
    personal(
        "enrolment.placeoffer",
        "requests",
        "household: request__household",
        "goes",
        life="starts_on answer_by words state",
        trace="made_at closed_at",
        technical="request made_by",
    ),
    personal(
        "enrolment.order",
        "bookings",
        "household: household",
        "goes",
        kept_if="bookings__charge bookings__late_pickups__charges",
        life="reference",
        money="total_minor currency",
        trace="placed_at",
        technical="household placed_by",
    ),
    personal(
        "enrolment.booking",
        "bookings",
        "household: household",
        "goes",
        kept_if="charge late_pickups__charges",
        life="session child status timing attendance cancelled_late",
        money="price_minor currency split trace",
        trace="held_until booked_at cancelled_at",
        technical="household order tariff_version booked_by cancelled_by",
    ),
    personal(
        "enrolment.excusedbooking",
        "bookings",
        "household: booking__household",
        "goes",
        life="proof booking",
    ),
    personal(
        "enrolment.latepickup",
        "bookings",
        "household: booking__household",
        "goes",
        kept_if="charges",
        life="booking day pickup_time minutes occurrence",
        money="price_minor currency split trace",
        technical="tariff_version written_by",
    ),
    impersonal("enrolment.readysentence", town="use title sentence position"),
    # Tracking numbers only; the decision itself is in each request's history.
    impersonal(
        "enrolment.bulkdecision",
        technical="action outcomes decided_by decided_at",
    ),
    # Sums over many households: nobody's own price.
    impersonal(
        "enrolment.tariffreplay",
        town="version from_on until_on rules_hash result",
        technical="asked_by asked_at done_at",
    ),
)

"""What the catalogue's tables hold: nothing about anybody."""

from foundation.privacy.classes import impersonal

TABLES = (
    impersonal("catalog.calendarperiod", town="code name kind from_on until_on"),
    impersonal("catalog.closure", town="service from_on until_on reason"),
    impersonal(
        "catalog.service",
        town="code name commune department summary description billing_mode "
        "requires_access requests_open_at bookings_open_at silence silence_months "
        "alert_days appeal is_published position comes_after once_accepted "
        "keeps_waiting_list shows_rank days_to_answer takes_expected_children",
    ),
    impersonal("catalog.situation", town="service code name help_text points position"),
    impersonal(
        "catalog.requirement",
        town="service proof_type situation is_mandatory position only_if_proof "
        "only_if_question only_if_answer",
    ),
    impersonal("catalog.tariff", town="code name"),
    impersonal(
        "catalog.tariffversion",
        town="tariff rules vote_number voted_on effective_from published_at",
    ),
    impersonal(
        "catalog.activity",
        town="service code name description kind tariff units weekdays start_time "
        "end_time booking_deadline cancellation_deadline late_booking age_min age_max "
        "school_classes residents_only quota_per_period quota_group shared_places "
        "position",
    ),
    impersonal(
        "catalog.registrationwindow", town="activity residence opens_at closes_at"
    ),
    impersonal(
        "catalog.session",
        town="activity name period starts_on ends_on start_time end_time meets_on "
        "born_from born_until capacity price_minor seats_taken cancelled_at closure",
    ),
    impersonal("catalog.sharedplaces", town="code name capacity"),
    impersonal(
        "catalog.seasoncopy", town="service season made_by made_at made undone_at"
    ),
)

"""What the codes and the facts of prices are called, inside sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

REASONS: Mapping[tuple[str, str], object] = {
    ("booking", "in_time"): _("Booked in time"),
    ("booking", "late"): _("Booked late"),
    ("booking", "unbooked"): _("Present without a booking"),
    ("booking", "absent_justified"): _("Absence with a valid reason"),
    ("booking", "absent_unjustified"): _("Absence without a valid reason"),
    ("event", "late_pickup"): _("Late pick-up"),
}
REASONS_BY_FACT: Mapping[str, object] = {
    "child_rank": _("Child number %(value)s of the household"),
    "children_registered": _("%(value)s children registered"),
    "occurrence": _("Time number %(value)s"),
    "quantity": _("Quantity of %(value)s"),
    "residence": _("Because of the residence"),
    "situation": _("Because of the situation"),
    "quotient": _("Because of the quotient"),
    "weekday": _("Because of the day of the week"),
    "day": _("Because of the date"),
    "booked_on": _("Because of the date of booking"),
    "regime": _("Because of the family allowance scheme"),
    "period_kind": _("Because of the time of the year"),
    "days_a_week": _("%(value)s days a week"),
    "children_present": _("%(value)s children present"),
    "present_rank": _("Child number %(value)s of those present"),
    "minutes": _("Duration of %(value)s minutes"),
    "starts": _("Because of the starting time"),
    "ends": _("Because of the ending time"),
}
OTHER_REASON = _("Adjustment “%(adjustment)s”")

#: How a code reads inside a sentence; a code that only the town knows stays as it is.
CODES: Mapping[tuple[str, str], object] = {
    ("residence", "resident"): _("residents"),
    ("residence", "works_here"): _("people who work in the town"),
    ("residence", "schooled_here"): _("children schooled in the town"),
    ("residence", "outside"): _("people from outside the town"),
    ("regime", "caf"): _("families of the CAF"),
    ("regime", "msa"): _("families of the MSA"),
    ("regime", "none"): _("families without family allowances"),
    ("period_kind", "term"): _("school weeks"),
    ("period_kind", "holidays"): _("school holidays"),
    ("period_kind", "public_holiday"): _("public holidays"),
    ("event", "presence"): _("presence"),
    ("weekday", "monday"): _("Mondays"),
    ("weekday", "tuesday"): _("Tuesdays"),
    ("weekday", "wednesday"): _("Wednesdays"),
    ("weekday", "thursday"): _("Thursdays"),
    ("weekday", "friday"): _("Fridays"),
    ("weekday", "saturday"): _("Saturdays"),
    ("weekday", "sunday"): _("Sundays"),
}

#: What a number, an hour or a day of a condition, a grid or a column is.
NAMES: Mapping[str, object] = {
    "quotient": _("quotient"),
    "child_rank": _("child number"),
    "children_registered": _("children registered"),
    "children_present": _("children present"),
    "present_rank": _("child number of those present"),
    "days_a_week": _("days a week"),
    "quantity": _("quantity"),
    "minutes": _("minutes"),
    "starts": _("starting time"),
    "ends": _("ending time"),
    "occurrence": _("time number"),
    "day": _("date"),
    "booked_on": _("date of booking"),
}

FACTS: Mapping[str, object] = {
    "residence": _("the residence of the household"),
    "situation": _("the situation of the household"),
    "quotient": _("the family quotient"),
    "booked_on": _("the date of booking"),
    "regime": _("the family allowance scheme (CAF, MSA)"),
    "period_kind": _("the school calendar of that day"),
    "days_a_week": _("the number of days a week"),
    "children_present": _("the number of children present"),
    "present_rank": _("the rank of the child among those present"),
    "minutes": _("the duration"),
    "starts": _("the starting time"),
    "ends": _("the ending time"),
    "session_amount": _("the price of the session"),
}

"""Words of the catalogue."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BillingMode(TextChoices):
    """When a family pays."""

    AFTER_ATTENDANCE = "after_attendance", _("Invoice at the end of the month")
    PREPAID = "prepaid", _("Invoice at the booking")


class ActivityKind(TextChoices):
    """How sessions are booked."""

    DATED = "dated", _("Day by day")
    COURSE = "course", _("Whole course")


class PeriodKind(TextChoices):
    """Periods of the school calendar."""

    SCHOOL_YEAR = "school_year", _("School year")
    HOLIDAY = "holiday", _("Holidays")


class ConfigurationProblem(TextChoices):
    """Why a tariff, a deadline or a part of the catalogue is refused."""

    # Tariffs.
    UNREACHABLE_RULE = (
        "unreachable_rule",
        _("The rule “%(rule)s” never applies: those before it take every case."),
    )
    SHARES_NOT_100 = (
        "shares_not_100",
        _("The shares must make 100 together. They make %(total)s."),
    )
    HOLE_BEFORE_BAND = (
        "hole_before_band",
        _("The bands leave a hole: this one must start at %(expected)s."),
    )
    BAND_OVERLAPS = (
        "band_overlaps",
        _("This band covers part of the one before. It must start at %(expected)s."),
    )
    ONLY_LAST_BAND_IS_OPEN = (
        "only_last_band_is_open",
        _("Say where this band ends: only the last one may have no end."),
    )
    BELOW_FLOOR = "below_floor", _("The ceiling is under the floor (%(floor)s).")
    NO_CEILING = "no_ceiling", _("Write a ceiling: the price without quotient uses it.")
    EMPTY_TABLE = "empty_table", _("This table has no price.")
    CHANGES_NOTHING = "changes_nothing", _("Zero changes nothing: remove this line.")
    NO_CONDITION = "no_condition", _("Write a condition, or remove this key.")
    OTHER_CURRENCY = (
        "other_currency",
        _("The town bills in %(expected)s: this tariff must do the same."),
    )
    # Grids and numbers typed by people.
    NOT_A_NUMBER = "not_a_number", _("“%(text)s” is not a number.")
    UNCLEAR_NUMBER = (
        "unclear_number",
        _("“%(text)s” can be read in two ways. Write 1150 or 1.15."),
    )
    THREE_VALUES = (
        "three_values",
        _("Write three values: from; until; price. This line says “%(text)s”."),
    )
    EMPTY_GRID = "empty_grid", _("Write at least one band: from; until; price.")
    # Eligibility, deadlines, calendar.
    MANDATORY_WITHOUT_ACCESS = (
        "mandatory_without_access",
        _("No access is asked for in this service: write “mandatory: false”."),
    )
    NO_BOUND = "no_bound", _("Write at least one of the two bounds.")
    NO_WEEKDAY = "no_weekday", _("Write at least one day of the week.")
    NOT_A_PLACE = (
        "no_such_holidays",
        _("We know no public holidays of “%(value)s”. Write FR or CA-QC."),
    )
    OUTSIDE_SESSION = (
        "outside_session",
        _("This day is before the first day of the session, or after its last."),
    )
    TWO_WAYS = (
        "sessions_and_generate",
        _("Write either a list of sessions or how to make them, not both."),
    )
    DAYS_WITHOUT_DEADLINE = (
        "day_without_deadline",
        _("The deadline says nothing of %(weekday)s, on which the activity opens."),
    )


class Unit(TextChoices):
    """What one unit of a tariff is, as staff choose it; a pack may name others."""

    MEAL = "meal", _("a meal")
    HALF_HOUR = "half-hour", _("a half-hour")
    HOUR = "hour", _("an hour")
    HALF_DAY = "half-day", _("a half-day")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    PERIOD = "period", _("a period")
    COURSE = "course", _("a course")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class Variant(TextChoices):
    """Special cases that a tariff may price apart; a town may add its own."""

    STANDARD = "standard", _("Nobody special")
    CARE_PLAN = "care-plan", _("Care plan (PAI): the family brings the food")
    PAI = "pai", _("Care plan (PAI)")
    ADULT = "adult", _("Adult")

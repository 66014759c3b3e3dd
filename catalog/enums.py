"""Words of the catalogue."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BillingMode(TextChoices):
    """When a family pays."""

    AFTER_ATTENDANCE = "after_attendance", _("Invoice at the end of the month")
    PREPAID = "prepaid", _("Invoice at the booking")


class Silence(TextChoices):
    """What it means by law that the town does not answer a request in time."""

    NOTHING = "nothing", _("Nothing: the town must answer")
    ACCEPTANCE = "acceptance", _("The request is accepted")
    REFUSAL = "refusal", _("The request is refused")


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
    REPEATED_CEILING = (
        "repeated_ceiling",
        _("Another ceiling counts the same period, people and activities."),
    )
    TOO_MANY_DECIMALS = "too_many_decimals", _("Write cents, and nothing smaller.")
    EMPTY_TABLE = "empty_table", _("This table has no price.")
    BAND_NEVER_USED = (
        "band_never_used",
        _("This band lies outside the quotients that this price is for."),
    )
    COLUMNS_DIFFER = (
        "columns_differ",
        _("Each band must have %(expected)s prices, as the first one."),
    )
    WRONG_NUMBER_OF_COLUMNS = (
        "wrong_number_of_columns",
        _("Write from %(fewest)s to %(most)s prices, one for each child."),
    )
    TOO_FEW_POINTS = "too_few_points", _("Write at least %(fewest)s points.")
    POINTS_NOT_IN_ORDER = (
        "points_not_in_order",
        _("Each quotient must be higher than the one before (%(before)s)."),
    )
    NOT_A_DIVISOR = (
        "not_a_divisor",
        _("Choose a number of minutes that divides %(every)s."),
    )
    TOLERANCE_NEEDS_STARTED = (
        "tolerance_needs_started",
        _("A tolerance only goes with started steps."),
    )
    TOLERANCE_TOO_LONG = (
        "tolerance_too_long",
        _("The tolerance must be shorter than a step of %(step)s minutes."),
    )
    QUANTITY_IS_COUNTED = (
        "quantity_is_counted",
        _("“%(rule)s” counts minutes: write its condition on minutes."),
    )
    EVENT_WITHOUT_PRICE = (
        "event_without_price",
        _("“%(rule)s” changes a price that no line gives."),
    )
    NO_BANDS_BELOW = (
        "no_bands_below",
        _("“%(rule)s” needs a price with bands of quotient: none has some."),
    )
    NO_LIMIT = "no_limit", _("Write at least one of the two limits.")
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
    TWO_VALUES = (
        "two_values",
        _("Write two values: quotient; price. This line says “%(text)s”."),
    )
    NAME_AND_PRICE = (
        "name_and_price",
        _("Write two values: for whom; price. This line says “%(text)s”."),
    )
    UNKNOWN_NAME = (
        "unknown_name",
        _("“%(text)s” is not known here. Write the name of the box, or its code."),
    )
    FIVE_VALUES = (
        "five_values",
        _("Write from; until; percentage; lowest; highest. This line says “%(text)s”."),
    )
    EMPTY_GRID = "empty_grid", _("Write at least one band: from; until; price.")
    EMPTY_CELL = "empty_cell", _("This cell is empty: write its number.")
    NEGATIVE_NUMBER = (
        "negative_number",
        _("“%(text)s” is below zero. Write reductions further down, as reductions."),
    )
    UNCLEAR_SPACES = (
        "unclear_spaces",
        _("Put a semicolon between the columns: spaces also stand in thousands."),
    )
    PASTED_CODE = (
        "pasted_code",
        _("This is the code of a web page. Copy the cells of the table instead."),
    )
    TOO_MANY_BANDS = (
        "too_many_bands",
        _("This grid has more than %(at_most)s lines. Paste one grid only."),
    )
    NOT_A_WHOLE_NUMBER_TYPED = (
        "not_a_whole_number_typed",
        _("“%(text)s” is not a whole number."),
    )
    NOT_AN_HOUR = "not_an_hour", _("“%(text)s” is not an hour. Write 07:30.")
    NOT_A_DAY_TYPED = (
        "not_a_day_typed",
        _("“%(text)s” is not a day. Write day, month, year: 31/12/2026."),
    )
    # Eligibility, deadlines, calendar.
    MANDATORY_WITHOUT_ACCESS = (
        "mandatory_without_access",
        _("No access is asked for in this service: write “mandatory: false”."),
    )
    LIST_WITHOUT_ACCESS = (
        "list_without_access",
        _("A waiting list needs requests: families ask for access first."),
    )
    FOLLOWS_ITSELF = (
        "follows_itself",
        _("Choose another service as the step before."),
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
    # A pack put onto a town that is open.
    PUBLISHED_NEVER_CHANGES = (
        "published_never_changes",
        _("Another version is published from this day. Give the new one another day."),
    )
    ACTIVITY_ELSEWHERE = (
        "activity_elsewhere",
        _("This activity is in the service “%(service)s” here. Give it another code."),
    )
    BOOKED_SESSION = (
        "booked_session",
        _("Families have booked: the days and the hours of this session stay."),
    )
    FEWER_PLACES_THAN_TAKEN = (
        "fewer_places_than_taken",
        _("More places are taken already: keep at least as many."),
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

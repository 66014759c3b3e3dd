"""Say why a place is refused, and what to do next, in plain sentences.

Each code has one sentence. Instants are written in the active time zone.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from babel import Locale
from babel.dates import format_datetime
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from catalog.domain import refusals as rules
from catalog.domain.refusals import Refusal
from catalog.services.price_wording import explain_price_error
from enrolment.domain import refusals as own
from foundation.days import format_date

Speaker = Callable[..., str]


def word_refusal(refusal: Refusal) -> str:
    """Return the sentence of a refusal, in the active language and time zone."""
    speaker = SPEAKERS.get(refusal.code)
    if speaker is None:
        return _("This place cannot be booked online. Please call us.")
    return speaker(refusal)


def say_moment(moment: datetime) -> str:
    """Write a day and an hour: "Thursday 3 December, 12:00"."""
    local = timezone.localtime(moment)
    day = format_date(local, _("EEEE d MMMM"), locale=_locale())
    return _("%(day)s, %(hour)s") % {"day": day, "hour": say_hour(moment)}


def say_short_moment(moment: datetime) -> str:
    """Write a day and an hour in a narrow place: "Thu 3 Dec, 12:00"."""
    local = timezone.localtime(moment)
    day = format_date(local, _("EEE d MMM"), locale=_locale())
    return _("%(day)s, %(hour)s") % {"day": day, "hour": say_hour(moment)}


def say_hour(moment: datetime) -> str:
    """Write the hour of an instant, in the town."""
    return format_datetime(timezone.localtime(moment), "HH:mm", locale=_locale())


def _day(day: date) -> str:
    return format_date(day, "long", locale=_locale())


def _full(_refusal: Refusal) -> str:
    return _("Full: every place is taken. Try another one, or come back later.")


def _cancelled(_refusal: Refusal) -> str:
    return _("The town cancelled this session. Choose another one.")


def _started(_refusal: Refusal) -> str:
    return _("It has already begun.")


def _booked(_refusal: Refusal) -> str:
    return _("Already booked: there is nothing to do.")


def _booked_elsewhere(_refusal: Refusal) -> str:
    return _("Already booked by the other household.")


def _in_basket(_refusal: Refusal) -> str:
    return _("Already in a basket: confirm it there.")


def _too_late(refusal: own.TooLate) -> str:
    return _("Bookings closed on %(moment)s.") % {
        "moment": say_moment(refusal.deadline)
    }


def _no_access(refusal: own.NoAccess) -> str:
    return _("Ask for access to “%(service)s” first.") % {"service": refusal.service}


def _bookings_not_open(refusal: own.BookingsNotOpen) -> str:
    return _("Bookings open on %(moment)s.") % {"moment": say_moment(refusal.opens_at)}


def _no_price(refusal: own.NoPrice) -> str:
    return explain_price_error(refusal.error)


def _birth_date_unknown(_refusal: Refusal) -> str:
    return _("Add the date of birth to the child's file first.")


def _too_young(refusal: rules.TooYoung) -> str:
    return _("From %(youngest)s years old: your child is %(age)s on %(day)s.") % {
        "youngest": refusal.youngest,
        "age": refusal.age,
        "day": _day(refusal.on),
    }


def _too_old(refusal: rules.TooOld) -> str:
    return _("Up to %(oldest)s years old: your child is %(age)s on %(day)s.") % {
        "oldest": refusal.oldest,
        "age": refusal.age,
        "day": _day(refusal.on),
    }


def _born_outside(refusal: rules.BornOutside) -> str:
    last = date.fromordinal(refusal.until.toordinal() - 1) if refusal.until else None
    if last is None:
        return _("For children born from %(first)s.") % {"first": _day(refusal.first)}
    if refusal.first == date.min:
        return _("For children born until %(last)s.") % {"last": _day(last)}
    return _("For children born between %(first)s and %(last)s.") % {
        "first": _day(refusal.first),
        "last": _day(last),
    }


def _class_unknown(_refusal: Refusal) -> str:
    return _("Add the school class to the child's file first.")


def _wrong_class(_refusal: Refusal) -> str:
    return _("For children of other classes.")


def _residence(_refusal: Refusal) -> str:
    return _("For families who live here. Send a proof of address first.")


def _quota(refusal: rules.QuotaReached) -> str:
    return _("One child may have %(limit)s in these holidays, not more.") % {
        "limit": refusal.limit
    }


def _overlaps(refusal: rules.OverlapsBooking) -> str:
    return _("At that time your child is at “%(booked)s” (%(moment)s).") % {
        "booked": refusal.booked,
        "moment": say_moment(refusal.starts_at),
    }


def _not_open(refusal: rules.RegistrationNotOpen) -> str:
    return _("For your family, bookings open on %(moment)s.") % {
        "moment": say_moment(refusal.opens_at)
    }


def _closed(refusal: rules.RegistrationClosed) -> str:
    return _("For your family, bookings closed on %(moment)s.") % {
        "moment": say_moment(refusal.closed_at)
    }


def _no_window(_refusal: Refusal) -> str:
    return _("Bookings are not planned for families from outside. Please call us.")


SPEAKERS: Mapping[str, Speaker] = {
    own.SessionFull.code: _full,
    own.SessionCancelled.code: _cancelled,
    own.SessionStarted.code: _started,
    own.AlreadyBooked.code: _booked,
    own.BookedElsewhere.code: _booked_elsewhere,
    own.AlreadyInBasket.code: _in_basket,
    own.TooLate.code: _too_late,
    own.NoAccess.code: _no_access,
    own.BookingsNotOpen.code: _bookings_not_open,
    own.NoPrice.code: _no_price,
    rules.BirthDateUnknown.code: _birth_date_unknown,
    rules.TooYoung.code: _too_young,
    rules.TooOld.code: _too_old,
    rules.BornOutside.code: _born_outside,
    rules.SchoolClassUnknown.code: _class_unknown,
    rules.WrongSchoolClass.code: _wrong_class,
    rules.ResidenceNotProven.code: _residence,
    rules.WrongResidence.code: _residence,
    rules.QuotaReached.code: _quota,
    rules.OverlapsBooking.code: _overlaps,
    rules.RegistrationNotOpen.code: _not_open,
    rules.RegistrationClosed.code: _closed,
    rules.NoRegistrationForResidence.code: _no_window,
}


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))

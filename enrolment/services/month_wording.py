"""Put a month into words: what each day says to the eye, and to a screen reader."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from babel import Locale
from babel.dates import get_day_names
from django.utils.translation import get_language, gettext as _

from enrolment.domain.months import Cell, State
from enrolment.domain.refusals import SessionFull, SessionStarted, TooLate
from enrolment.domain.verdicts import Verdict
from enrolment.services.pricing import Answer, Quote
from enrolment.services.refusal_wording import (
    say_moment,
    say_short_moment,
    word_refusal,
)
from foundation.days import format_date
from foundation.money import Money, format_money

ICONS: Mapping[State, str] = {
    State.FREE: "plus",
    State.BOOKED: "check",
    State.HELD: "clock",
    State.FULL: "waiting",
    State.CLOSED: "closed",
    State.HOLIDAY: "holiday",
    State.LATE: "lock",
    State.EMPTY: "dot",
}


@dataclass(frozen=True, slots=True)
class DayWords:
    """What the grid writes in one cell.

    `note` is short, `sentence` says everything for those who do not see the cell.
    """

    cell: Cell
    icon: str
    word: str
    note: str
    sentence: str
    price: Money | None
    is_ticked: bool

    @property
    def state(self) -> str:
        """The name of the state, for its style."""
        return str(self.cell.state)

    @property
    def is_booked(self) -> bool:
        """Whether the child has the place already."""
        return self.cell.state == State.BOOKED

    @property
    def is_idle(self) -> bool:
        """Whether a phone may leave it out: nothing to do and nothing to learn."""
        is_over = self.cell.is_over and self.cell.own is None
        return is_over or (self.cell.place is None and not self.note)

    @property
    def weekday(self) -> str:
        """The short name of the weekday, shown in the list of a phone."""
        return format_date(self.cell.day, "EEE", locale=_locale())

    @property
    def value(self) -> str:
        """What ticking the day sends."""
        return "" if self.cell.place is None else str(self.cell.place.public_id)


def word_day(cell: Cell, answer: Answer | None, ticked: Collection[UUID]) -> DayWords:
    """Write one cell; `answer` is the price of a place that is not taken yet."""
    price = price_of(cell, answer)
    word, short, full = _word(cell), _note(cell, short=True), _note(cell, short=False)
    place = cell.place
    day = format_date(cell.day, _("EEEE d MMMM"), locale=_locale())
    said = [day, word.lower(), _money(price), full]
    return DayWords(
        cell,
        ICONS[cell.state],
        word,
        short,
        ", ".join(part for part in said if part),
        price,
        is_ticked=cell.is_open and place is not None and place.public_id in ticked,
    )


def short_weekdays(days: Iterable[int]) -> list[str]:
    """Return short names of weekdays, Monday being 0."""
    names = get_day_names("abbreviated", locale=_locale())
    return [names[day] for day in days]


def say_change(amount: Money) -> str:
    """Write what a bill gains or loses: "+10.35 €"."""
    text = format_money(Money(abs(amount.minor), amount.currency), _language())
    if not amount:
        return text
    return f"+{text}" if amount.minor > 0 else f"−{text}"  # noqa: RUF001 -- A minus.


def _word(cell: Cell) -> str:
    if cell.is_over and cell.own is None:
        return _("Over")
    if cell.state == State.LATE:
        return _("Late price") if cell.may_add else _("Too late")
    words = {
        State.FREE: _("Free"),
        State.BOOKED: _("Booked"),
        State.HELD: _("In the basket"),
        State.FULL: _("Full"),
        State.CLOSED: _("Closed"),
        State.HOLIDAY: _("Holidays"),
    }
    return words.get(cell.state, "")


def _note(cell: Cell, *, short: bool) -> str:
    """Say until when, or why not."""
    verdict = cell.verdict
    if verdict is None:
        return cell.reason
    if cell.own is not None:
        return _note_of_booked(cell, verdict, short=short)
    if verdict.may_book:
        limit = verdict.starts_at if verdict.is_late else verdict.book_until
        return _until(limit, short=short)
    return _reason(verdict, short=short)


def _note_of_booked(cell: Cell, verdict: Verdict, *, short: bool) -> str:
    if cell.own is not None and not cell.own.is_own:
        return _("By the other household")
    if not cell.may_give_up:
        return ""
    if verdict.is_late_to_cancel:
        return _("Cancelling is not free any more")
    if short:
        moment = say_short_moment(verdict.cancel_until)
        return _("Cancel until %(moment)s") % {"moment": moment}
    moment = say_moment(verdict.cancel_until)
    return _("Cancel for free until %(moment)s") % {"moment": moment}


def _until(moment: datetime, *, short: bool) -> str:
    say = say_short_moment if short else say_moment
    return _("Until %(moment)s") % {"moment": say(moment)}


def _reason(verdict: Verdict, *, short: bool) -> str:
    refusal = verdict.refusals[0]
    if isinstance(refusal, TooLate):
        say = say_short_moment if short else say_moment
        return _("Closed %(moment)s") % {"moment": say(refusal.deadline)}
    if short and isinstance(refusal, SessionFull):
        return _("Every place is taken")
    if isinstance(refusal, SessionStarted):
        return ""
    sentences = [word_refusal(each) for each in verdict.refusals]
    return sentences[0] if short else " ".join(sentences)


def price_of(cell: Cell, answer: Answer | None) -> Money | None:
    """Return what a cell costs, or cost when it was booked; None when it is shut.

    What the other household of a child pays is not told.
    """
    if cell.own is not None and not cell.own.is_own:
        return None
    if cell.own is not None:
        return Money(cell.own.price, cell.own.currency)
    return answer.price.money if cell.may_add and isinstance(answer, Quote) else None


def _money(price: Money | None) -> str:
    return "" if price is None else format_money(price, _language())


def _language() -> str:
    return get_language() or "en"


def _locale() -> Locale:
    return Locale.parse(_language().replace("-", "_"))

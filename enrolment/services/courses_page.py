"""Courses before a family: each session, each child, its price or why not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from catalog.models import Activity, Session
from catalog.services.price_wording import explain_price
from enrolment.domain.facts import ChildFacts
from enrolment.domain.offers import Place, Wish
from enrolment.domain.refusals import NoAccess, SessionStarted
from enrolment.domain.verdicts import Verdict
from enrolment.queries.planning import Plan, plan_of
from enrolment.services.pricing import Quote, quote
from enrolment.services.refusal_wording import say_moment, word_refusal
from families.models import Household
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class Option:
    """One child in one session: a box to tick, or the reason why there is none."""

    child: ChildFacts
    place: Place
    verdict: Verdict
    price: Money | None
    explanation: list[str]
    reasons: list[str]

    @property
    def value(self) -> str:
        """What ticking the box sends."""
        return f"{self.child.public_id}:{self.place.public_id}"

    @property
    def may_book(self) -> bool:
        """Whether the box can be ticked."""
        return self.verdict.may_book and self.price is not None

    @property
    def is_booked(self) -> bool:
        """Whether the child has the place already."""
        return self.verdict.own is not None

    @property
    def asks_access(self) -> bool:
        """Whether an access request is the way."""
        return any(isinstance(each, NoAccess) for each in self.verdict.refusals)


@dataclass(frozen=True, slots=True)
class Course:
    """One session, for the children chosen."""

    place: Place
    options: list[Option]

    @property
    def book_until(self) -> str:
        """The last moment to book, in words."""
        return say_moment(self.options[0].verdict.book_until)

    @property
    def is_open(self) -> bool:
        """Whether one of the children can have it."""
        return any(each.may_book for each in self.options)


@dataclass(frozen=True, slots=True)
class CoursesPage:
    """The sessions to come of an activity, for some children of a household."""

    plan: Plan
    chosen: list[ChildFacts]
    courses: list[Course]

    @property
    def is_open(self) -> bool:
        """Whether a box can be ticked anywhere."""
        return any(course.is_open for course in self.courses)

    @property
    def children(self) -> list[ChildFacts]:
        """All the children of the household, eldest first."""
        known = self.plan.facts.children.values()
        return sorted(known, key=lambda child: (child.birth_date, child.id))


def read_courses(
    household: Household,
    activity: Activity,
    chosen: Collection[object],
    *,
    now: datetime,
    zone: ZoneInfo,
) -> CoursesPage:
    """Read the sessions that are not over, for the children chosen.

    `chosen` holds public identifiers; those of no child of the household are left
    out, and none at all means every child.
    """
    today = now.astimezone(zone).date()
    sessions = Session.objects.not_cancelled().filter(ends_on__gte=today)
    plan = plan_of(household, activity, sessions, now=now, zone=zone)
    known = sorted(plan.facts.children.values(), key=lambda each: each.birth_date)
    children = [each for each in known if each.public_id in chosen] or known
    also = {child.id for child in children if chosen}
    courses = [
        Course(place, [_option(plan, place, each, also) for each in children])
        for place in plan.places
    ]
    shown = [each for each in courses if _is_shown(each)]
    # What the children can have comes first; the order of the days stays within.
    return CoursesPage(plan, children, sorted(shown, key=lambda each: not each.is_open))


def _option(
    plan: Plan, place: Place, child: ChildFacts, also: Collection[int]
) -> Option:
    verdict = plan.judge(place, child.id)
    answer = quote(plan, Wish(place, child.id, verdict.is_late), also=also)
    reasons = [word_refusal(each) for each in verdict.refusals]
    if not isinstance(answer, Quote):
        return Option(child, place, verdict, None, [], reasons)
    return Option(
        child,
        place,
        verdict,
        answer.price.money,
        explain_price(answer.price.trace),
        reasons,
    )


def _is_shown(course: Course) -> bool:
    """Leave out what has begun, unless a child of the family is in it."""
    return any(
        option.is_booked
        or not any(isinstance(x, SessionStarted) for x in option.verdict.refusals)
        for option in course.options
    )

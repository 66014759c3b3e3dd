"""What the file of a demo town says of the care of its children."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from families.models import AuthorisationKind, Child, Household, MealType
from families.services.authorisations import answer_authorisations, is_old_enough
from families.services.contacts import ContactDetails, set_contacts
from families.services.health_sheets import HealthDetails, change_health
from families.services.insurance import Insurance, change_insurance
from foundation.accounts.models import Account
from foundation.reading import Node

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Collector:
    """Somebody who may collect a child."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class CareOf:
    """Health, meals, insurance, answers and people of a child."""

    meal: str
    measures: tuple[str, ...]
    precautions: str
    care_plan: str
    doctor: str
    insurer: str
    refused: tuple[str, ...]
    collectors: tuple[Collector, ...]


def read_care(node: Node) -> CareOf:
    """Read `care` of a child; `refused` names the authorisations not given."""
    care = CareOf(
        meal=node.code("meal", required=False) or "",
        measures=node.texts("measures", required=False),
        precautions=node.text("precautions", required=False),
        care_plan=node.text("care_plan", required=False),
        doctor=node.text("doctor", required=False),
        insurer=node.text("insurer", required=False),
        refused=node.texts("refused", required=False),
        collectors=tuple(
            _read_collector(each)
            for each in node.children("collectors", required=False)
        ),
    )
    node.close()
    return care


def _read_collector(node: Node) -> Collector:
    collector = Collector(node.text("name"), node.text("relation"), node.text("phone"))
    node.close()
    return collector


def give_care(
    care: CareOf, *, child: Child, household: Household, now: datetime, actor: Account
) -> None:
    """Fill in the child's file as its family does."""
    details = HealthDetails(
        measures=care.measures,
        precautions=care.precautions,
        doctor_name=care.doctor,
        vaccinations="yes",
        care_plan=bool(care.care_plan),
        care_plan_measures=care.care_plan,
        meal_type=MealType.objects.get(code=care.meal) if care.meal else None,
    )
    change_health(child=child, details=details, now=now, actor=actor)
    if care.insurer:
        insurance = Insurance(care.insurer, f"{child.pk:07d}", now.date() + YEAR)
        change_insurance(child=child, insurance=insurance, actor=actor)
    _answer(care, child, household, now, actor)
    set_contacts(
        child=child,
        household=household,
        people=[(uuid4(), _details(each)) for each in care.collectors],
        now=now,
        actor=actor,
    )


def _answer(
    care: CareOf, child: Child, household: Household, now: datetime, actor: Account
) -> None:
    today: date = now.date()
    answers: dict[str, bool | None] = {
        kind.code: kind.code not in care.refused and is_old_enough(kind, child, today)
        for kind in AuthorisationKind.objects.all()
    }
    answer_authorisations(
        child=child,
        household=household,
        answers=answers,
        today=today,
        now=now,
        actor=actor,
    )


def _details(collector: Collector) -> ContactDetails:
    return ContactDetails(
        name=collector.name,
        phone=collector.phone,
        relation=collector.relation,
        may_collect=True,
        is_emergency=True,
        is_of_age=True,
    )

"""The parts of the child's file that change often: health, answers, people."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy as _

from families.domain.editable import Editable, Plain, PlainValues
from families.enums import Aid, HealthMeasure, Vaccinations
from families.models import AuthorisationKind, Child, Contact, MealType
from families.services import contacts, health_sheets
from families.services.authorisations import answer_authorisations, authorisations_of
from families.services.contacts import ContactDetails, set_contacts
from families.services.editables.parts import Context, Field, Part, plain
from families.services.health_sheets import HealthDetails, change_health
from families.services.insurance import Insurance, change_insurance, insurance_of
from foundation.days import date_format


def health_values(details: HealthDetails) -> dict[str, Plain]:
    """Return health and meals as plain values, for `submit_edit`."""
    values: dict[str, Any] = {
        name: getattr(details, name) for name in HealthDetails.__slots__
    }
    meal = details.meal_type
    return dict(plain({**values, "meal_type": meal.code if meal else ""}))


def insurance_values(insurance: Insurance) -> dict[str, Plain]:
    """Return the insurance as plain values."""
    return dict(plain({name: getattr(insurance, name) for name in Insurance.__slots__}))


def person_value(
    public_id: UUID, details: ContactDetails, household: UUID
) -> dict[str, Plain]:
    """Return a person around a child as a plain value; the household named them."""
    values: dict[str, Any] = {
        name: getattr(details, name) for name in ContactDetails.__slots__
    }
    return dict(plain({"id": str(public_id), "household": str(household), **values}))


def present_people(child: Child) -> list[dict[str, Plain]]:
    """Return the people of every household around a child, in order."""
    kept = Contact.objects.kept().filter(child=child).select_related("household")
    return [
        person_value(
            each.public_id, contacts.details_of(each), each.household.public_id
        )
        for each in kept
    ]


def _present_health(child: Child) -> PlainValues:
    return health_values(health_sheets.details_of(child))


def _change_health(
    child: Child, values: PlainValues, context: Context
) -> Sequence[str]:
    told: dict[str, Any] = {**_present_health(child), **values}
    told["measures"] = tuple(told["measures"])
    told["aids"] = tuple(told["aids"])
    told["meal_type"] = MealType.objects.filter(code=told["meal_type"]).first()
    change_health(
        child=child,
        details=HealthDetails(**told),
        now=context.now,
        actor=context.actor,
    )
    return ()


def _present_insurance(child: Child) -> PlainValues:
    return insurance_values(insurance_of(child))


def _change_insurance(
    child: Child, values: PlainValues, context: Context
) -> Sequence[str]:
    told: dict[str, Any] = {**_present_insurance(child), **values}
    until = told["until"]
    told["until"] = date.fromisoformat(until) if until else None
    change_insurance(child=child, insurance=Insurance(**told), actor=context.actor)
    return ()


def _present_answers(child: Child) -> PlainValues:
    return {
        "answers": {
            each.kind.code: each.is_allowed for each in authorisations_of(child)
        }
    }


def _change_answers(
    child: Child, values: PlainValues, context: Context
) -> Sequence[str]:
    answer_authorisations(
        child=child,
        household=context.household,
        answers=cast("dict[str, bool | None]", values["answers"]),
        today=context.today,
        now=context.now,
        actor=context.actor,
    )
    return ()


def _present_people(child: Child) -> PlainValues:
    return {"people": cast("Plain", present_people(child))}


def _change_people(
    child: Child, values: PlainValues, context: Context
) -> Sequence[str]:
    people = cast("list[dict[str, Any]]", values["people"])
    own = str(context.household.public_id)
    set_contacts(
        child=child,
        household=context.household,
        people=[_person(each) for each in people if each["household"] == own],
        now=context.now,
        actor=context.actor,
    )
    return ()


def _person(value: dict[str, Any]) -> tuple[UUID, ContactDetails]:
    told = {name: value[name] for name in ContactDetails.__slots__}
    for name in ("from_on", "until_on"):
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    return UUID(value["id"]), ContactDetails(**told)


def _show_codes(labels: dict[Any, Any], value: Plain) -> str:
    codes = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(code, code)) for code in codes if code)


def _show_measures(value: Plain) -> str:
    return _show_codes(dict(HealthMeasure.choices), value)


def _show_aids(value: Plain) -> str:
    return _show_codes(dict(Aid.choices), value)


def _show_vaccinations(value: Plain) -> str:
    return _show_codes(dict(Vaccinations.choices), value)


def _show_meal(value: Plain) -> str:
    meal = MealType.objects.filter(code=value or "").first()
    return meal.name if meal else gettext("Usual meal")


def _show_yes(value: Plain) -> str:
    return gettext("Yes") if value else gettext("No")


def _show_day(value: Plain) -> str:
    return date_format(date.fromisoformat(str(value))) if value else ""


def _show_answers(value: Plain) -> str:
    answers = value if isinstance(value, dict) else {}
    names = dict(AuthorisationKind.objects.values_list("code", "name"))
    return "\n".join(
        f"{names.get(code, code)}: {_show_yes(answer)}"
        for code, answer in answers.items()
        if answer is not None
    )


def _show_people(value: Plain) -> str:
    people = cast("list[dict[str, Any]]", value if isinstance(value, list) else [])
    return "\n".join(f"{each['name']} ({each['relation']})" for each in people)


HEALTH = Part(
    key=Editable.HEALTH,
    label=_("Health and meals of the children"),
    fields=(
        Field("meal_type", _("Meals"), _show_meal),
        Field("measures", _("Measures"), _show_measures),
        Field("precautions", _("Other precautions")),
        Field("treatments", _("Treatments")),
        Field("care_plan", _("Individual care plan"), _show_yes),
        Field("care_plan_measures", _("Measures of the care plan")),
        Field("aids", _("Glasses and appliances"), _show_aids),
        Field("vaccinations", _("Vaccinations"), _show_vaccinations),
        Field("doctor_name", _("Doctor")),
        Field("doctor_phone", _("Telephone of the doctor")),
    ),
    present=_present_health,
    change=_change_health,
    is_secret=True,
)
INSURANCE = Part(
    key=Editable.INSURANCE,
    label=_("Insurance of the children"),
    fields=(
        Field("company", _("Insurer")),
        Field("policy", _("Policy number")),
        Field("until", _("Insured until"), _show_day),
    ),
    present=_present_insurance,
    change=_change_insurance,
)
AUTHORISATIONS = Part(
    key=Editable.AUTHORISATIONS,
    label=_("Authorisations for the children"),
    fields=(Field("answers", _("Authorisations"), _show_answers),),
    present=_present_answers,
    change=_change_answers,
)
PICKUP = Part(
    key=Editable.PICKUP,
    label=_("People around the children"),
    fields=(Field("people", _("People"), _show_people),),
    present=_present_people,
    change=_change_people,
)

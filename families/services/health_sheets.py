"""The health sheet of a child. Its values are never written in the journal."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from families.models import Child, HealthSheet, MealType
from foundation.accounts.models import Account
from foundation.journal.services import MASKED, record


@dataclass(frozen=True, slots=True)
class HealthDetails:
    """What is said of a child's health and meals; codes are of `families.enums`."""

    measures: tuple[str, ...] = ()
    precautions: str = ""
    treatments: str = ""
    doctor_name: str = ""
    doctor_phone: str = ""
    vaccinations: str = ""
    aids: tuple[str, ...] = ()
    care_plan: bool = False
    care_plan_measures: str = ""
    meal_type: MealType | None = field(default=None)


def details_of(child: Child) -> HealthDetails:
    """Return what is on file; blank details when no sheet was ever filled in."""
    sheet = HealthSheet.objects.filter(child=child).first()
    if sheet is None:
        return HealthDetails(meal_type=child.meal_type)
    return HealthDetails(
        measures=tuple((sheet.measures or "").split()),
        precautions=sheet.precautions or "",
        treatments=sheet.treatments or "",
        doctor_name=sheet.doctor_name or "",
        doctor_phone=sheet.doctor_phone or "",
        vaccinations=sheet.vaccinations or "",
        aids=tuple((sheet.aids or "").split()),
        care_plan=bool(sheet.care_plan),
        care_plan_measures=sheet.care_plan_measures or "",
        meal_type=child.meal_type,
    )


@transaction.atomic
def change_health(
    *, child: Child, details: HealthDetails, now: datetime, actor: Account | None
) -> None:
    """Write the health sheet and the meals. The journal says which fields changed."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    before = details_of(child)
    changed = [
        name
        for name in HealthDetails.__slots__
        if getattr(before, name) != getattr(details, name)
    ]
    is_first = not HealthSheet.objects.filter(child=child).exists()
    if not changed and not is_first:
        return
    if "meal_type" in changed:
        child.meal_type = details.meal_type
        child.save(update_fields=["meal_type"])
    _write_sheet(child, details, now, actor)
    record(
        actor=actor,
        action="health sheet changed",
        target=child,
        new=dict.fromkeys(changed, MASKED),
    )


def _write_sheet(
    child: Child, details: HealthDetails, now: datetime, actor: Account | None
) -> None:
    sheet = HealthSheet.objects.filter(child=child).first() or HealthSheet(child=child)
    sheet.measures = " ".join(details.measures) or None
    sheet.precautions = details.precautions or None
    sheet.treatments = details.treatments or None
    sheet.doctor_name = details.doctor_name or None
    sheet.doctor_phone = details.doctor_phone or None
    sheet.vaccinations = details.vaccinations or None
    sheet.aids = " ".join(details.aids) or None
    sheet.care_plan = "yes" if details.care_plan else None
    sheet.care_plan_measures = details.care_plan_measures or None
    sheet.updated_at = now
    sheet.updated_by = actor
    sheet.save()

"""The parts of the file that say who a child is, and where the child goes to school."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from families.domain.editable import Editable, Plain, PlainValues
from families.enums import CLASS_LABELS
from families.models import Child
from families.services.children import ChildDetails, change_child
from families.services.editables.parts import Context, Field, Part
from foundation.days import date_format
from tenants.townhall.models import School


def school_value(school: School | None, other_school: str) -> dict[str, Plain]:
    """Return the school as one plain value: a listed one, or another by its name."""
    return {"code": school.code if school else "", "other": other_school}


def child_values(details: ChildDetails) -> dict[Editable, PlainValues]:
    """Return what a form says of a child, part by part, for `submit_edit`."""
    return {
        Editable.IDENTITY: {
            "first_name": details.first_name,
            "last_name": details.last_name,
            "birth_date": details.birth_date.isoformat(),
        },
        Editable.SCHOOL: {
            "school": school_value(details.school, details.other_school),
            "school_class": details.school_class,
        },
    }


def _present_identity(child: Child) -> PlainValues:
    return child_values(_details(child))[Editable.IDENTITY]


def _present_school(child: Child) -> PlainValues:
    return child_values(_details(child))[Editable.SCHOOL]


def _change_identity(
    child: Child, values: PlainValues, context: Context
) -> Sequence[str]:
    told = {**_present_identity(child), **values}
    details = replace(
        _details(child),
        first_name=str(told["first_name"]),
        last_name=str(told["last_name"]),
        birth_date=date.fromisoformat(str(told["birth_date"])),
    )
    return _change(child, details, context)


def _change_school(
    child: Child, values: PlainValues, context: Context
) -> Sequence[str]:
    told = {**_present_school(child), **values}
    school = told["school"]
    if not isinstance(school, dict):
        raise TypeError(school)
    details = replace(
        _details(child),
        school=School.objects.filter(code=school["code"]).first(),
        other_school=str(school["other"]),
        school_class=str(told["school_class"]),
    )
    return _change(child, details, context)


def _change(child: Child, details: ChildDetails, context: Context) -> Sequence[str]:
    change_child(
        household=context.household,
        child=child,
        details=details,
        today=context.today,
        actor=context.actor,
    )
    return ()


def _details(child: Child) -> ChildDetails:
    return ChildDetails(
        **{name: getattr(child, name) for name in ChildDetails.__slots__}
    )


def _show_day(value: Plain) -> str:
    return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")


def _show_school(value: Plain) -> str:
    if not isinstance(value, dict):
        return ""
    school = School.objects.filter(code=value["code"]).first()
    return school.name if school else str(value["other"] or value["code"])


def _show_class(value: Plain) -> str:
    return str(CLASS_LABELS.get(str(value), value))


IDENTITY = Part(
    key=Editable.IDENTITY,
    label=_("Identity of the children"),
    fields=(
        Field("first_name", _("First name")),
        Field("last_name", _("Last name")),
        Field("birth_date", _("Date of birth"), _show_day),
    ),
    present=_present_identity,
    change=_change_identity,
)
SCHOOL = Part(
    key=Editable.SCHOOL,
    label=_("School of the children"),
    fields=(
        Field("school", _("School"), _show_school),
        Field("school_class", _("Class"), _show_class),
    ),
    present=_present_school,
    change=_change_school,
)

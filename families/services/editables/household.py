"""The parts of the file that belong to the household and its adults."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from families.domain.editable import Editable, Plain, PlainValues
from families.models import Household, Person
from families.services.editables.parts import Context, Field, Part
from families.services.households import Address, change_phone, move_household
from tenants.townhall.models import Commune


def address_value(address: Address) -> dict[str, Plain]:
    """Return an address as one plain value: it is accepted or refused whole."""
    return {
        "street": address.street,
        "street_extra": address.street_extra,
        "postal_code": address.postal_code,
        "city": address.city,
        "country": address.country,
        "commune": address.commune.code if address.commune else "",
    }


def _present_address(household: Household) -> PlainValues:
    names = Address.__slots__
    address = Address(**{name: getattr(household, name) for name in names})
    return {"address": address_value(address)}


def _move(household: Household, values: PlainValues, context: Context) -> Sequence[str]:
    told: Any = dict(values["address"])  # type: ignore[arg-type] # A mapping, by construction.
    commune = Commune.objects.filter(code=told.pop("commune")).first()
    needs_proof = move_household(
        household=household,
        address=Address(**told, commune=commune),
        today=context.today,
        actor=context.actor,
    )
    if not needs_proof:
        return ()
    return (_("Hand in a proof of your new address to keep the town's price."),)


def _show_address(value: Plain) -> str:
    if not isinstance(value, dict):
        return ""
    place = f"{value['postal_code']} {value['city']}"
    country = value["country"] if value["country"] != "FR" else ""
    lines = (value["street"], value["street_extra"], place, country)
    return "\n".join(str(line) for line in lines if line)


def _present_phone(person: Person) -> PlainValues:
    return {"phone": person.phone}


def _change_phone(
    person: Person, values: PlainValues, context: Context
) -> Sequence[str]:
    change_phone(person=person, phone=str(values["phone"]), actor=context.actor)
    return ()


ADDRESS = Part(
    key=Editable.ADDRESS,
    label=gettext_lazy("Address of the household"),
    fields=(Field("address", gettext_lazy("Address"), _show_address),),
    present=_present_address,
    change=_move,
)
PHONE = Part(
    key=Editable.PHONE,
    label=gettext_lazy("Telephone of the adults"),
    fields=(Field("phone", gettext_lazy("Telephone")),),
    present=_present_phone,
    change=_change_phone,
)

"""Every part of the file that a family may change: add yours to `PARTS`."""

from families.domain.editable import Editable
from families.services.editables.child import IDENTITY, SCHOOL
from families.services.editables.child_file import (
    AUTHORISATIONS,
    HEALTH,
    INSURANCE,
    PICKUP,
)
from families.services.editables.household import ADDRESS, PHONE
from families.services.editables.parts import Part

PARTS: dict[Editable, Part] = {
    part.key: part
    for part in (
        ADDRESS,
        PHONE,
        IDENTITY,
        SCHOOL,
        INSURANCE,
        HEALTH,
        AUTHORISATIONS,
        PICKUP,
    )
}

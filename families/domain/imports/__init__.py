"""Files of families brought from another software: read, checked, never half taken."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Balance:
    """What a household owes for a service on a day; negative is owed to it."""

    household_id: int
    service_id: int
    amount: Decimal
    day: date
    label: str

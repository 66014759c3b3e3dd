"""The catalogue's sections of a pack: calendar, tariffs, shared places, services."""

from catalog.domain.pack.calendar import CALENDAR, CalendarFacts
from catalog.domain.pack.services import SERVICES, ServiceFacts
from catalog.domain.pack.shared import SHARED, SharedFacts
from catalog.domain.pack.tariffs import TARIFFS, TariffFacts

__all__ = [
    "CALENDAR",
    "SERVICES",
    "SHARED",
    "TARIFFS",
    "CalendarFacts",
    "ServiceFacts",
    "SharedFacts",
    "TariffFacts",
]

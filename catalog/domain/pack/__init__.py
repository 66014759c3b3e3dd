"""The catalogue's sections of a pack: calendar, tariffs, services."""

from catalog.domain.pack.calendar import CALENDAR, CalendarFacts
from catalog.domain.pack.services import SERVICES, ServiceFacts
from catalog.domain.pack.tariffs import TARIFFS, TariffFacts

__all__ = [
    "CALENDAR",
    "SERVICES",
    "TARIFFS",
    "CalendarFacts",
    "ServiceFacts",
    "TariffFacts",
]

"""Records of the catalogue."""

from catalog.models.calendars import CalendarPeriod, Closure
from catalog.models.seasons import SeasonCopy
from catalog.models.services import Requirement, Service, Situation
from catalog.models.sessions import (
    Activity,
    RegistrationWindow,
    Session,
    SharedPlaces,
)
from catalog.models.tariffs import Tariff, TariffVersion

__all__ = [
    "Activity",
    "CalendarPeriod",
    "Closure",
    "RegistrationWindow",
    "Requirement",
    "SeasonCopy",
    "Service",
    "Session",
    "SharedPlaces",
    "Situation",
    "Tariff",
    "TariffVersion",
]

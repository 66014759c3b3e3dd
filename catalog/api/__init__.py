"""REST: the published catalogue of a town, for anybody."""

from catalog.api.prices import SimulatePrice
from catalog.api.services import ServiceDescription, Services
from catalog.api.sessions import ActivitySessions

__all__ = ["ActivitySessions", "ServiceDescription", "Services", "SimulatePrice"]

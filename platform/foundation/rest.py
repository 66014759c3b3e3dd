"""What every part of the REST API shares: pages of answers, and how often one asks."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from foundation.cache.counters import count_up

if TYPE_CHECKING:  # The framework reads this module while it loads its own views.
    from rest_framework.views import APIView

PREFIX = "/api/v1/"
Endpoint = tuple[str, str, str, Any]


class Pages(LimitOffsetPagination):
    """Answers 50 records at a time, 200 at most whatever is asked."""

    default_limit = 50
    max_limit = 200


class TownThrottle(SimpleRateThrottle):
    """Counts what an account, or else an address, asks of one town.

    The counters stand in the town's schema: its neighbours do not notice. A window
    is a whole minute of the clock.
    """

    scope = "api"
    left = 0.0
    # Read from the rate by the parent class.
    num_requests: int
    duration: int

    def allow_request(
        self,
        request: Request,
        view: "APIView",  # noqa: ARG002 - the framework gives it.
    ) -> bool:
        """Count the request, and let it through while its window has room."""
        now, seconds = float(self.timer()), self.duration
        ends = (now // seconds + 1) * seconds
        self.left = ends - now
        key = f"{self.scope}:{self._who(request)}:{ends:.0f}"
        count = count_up(key, until=datetime.fromtimestamp(ends, UTC))
        return count <= self.num_requests

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return self.left

    def _who(self, request: Request) -> str:
        if request.user.is_authenticated:
            return f"account:{request.user.pk}"
        return f"address:{self.get_ident(request)}"


def own_addresses(endpoints: Iterable[Endpoint]) -> list[Endpoint]:
    """Keep to the schema what is ours: the editor's own API is nobody's business."""
    return [each for each in endpoints if each[0].startswith(PREFIX)]

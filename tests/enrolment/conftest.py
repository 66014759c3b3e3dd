"""Fixtures of enrolment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from enrolment.views import pages
from tests.enrolment.booking_builders import NOW


@dataclass(frozen=True)
class Stopped:
    """A clock that always shows the same moment."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the hour of booking pages: 21 November 2026, until a test says otherwise."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(pages, "timezone", Stopped(moment))

    set_to(NOW)
    return set_to

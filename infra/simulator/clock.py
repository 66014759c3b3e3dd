"""The simulator's own time, which tests may push forward but never back."""

import time
from dataclasses import dataclass


@dataclass
class Clock:
    """Real time plus an offset in seconds."""

    offset: int = 0

    def now(self) -> int:
        return int(time.time()) + self.offset

"""The kept copy of what the frame of a town's pages is drawn from.

Each page reads it in one query; whoever changes a part of it forgets it.
"""

from django.core.cache import cache

FRAME_KEY = "frame"
SECONDS_KEPT = 60


def forget_frame() -> None:
    """Drop the kept copy, so that the next page shows a change."""
    cache.delete(FRAME_KEY)

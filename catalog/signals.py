"""What other applications hear about the catalogue."""

from django.dispatch import Signal

# Sent after the commit that cancels a session, with `session`, `reason`, `actor` and
# `now`: bookings end, and families are told.
session_cancelled = Signal()

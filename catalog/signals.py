"""What other applications hear about the catalogue."""

from django.dispatch import Signal

# Sent in the transaction that cancels a session, with `session`, `reason`, `actor` and
# `now`: who listens queues jobs in it. Bookings end, and families are told.
session_cancelled = Signal()

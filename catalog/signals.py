"""What other applications hear about the catalogue."""

from django.dispatch import Signal

# Sent in the transaction that cancels a session, with `session`, `reason`, `actor` and
# `now`: who listens queues jobs in it. Bookings end, and families are told.
session_cancelled = Signal()

# Sent in the transaction of a closure, with `session_ids`: one message a household
# tells all the days.
days_closed = Signal()

# Sent in the transaction that lifts a closure, with `closed_at`, the moment each
# session (by its id) had been cancelled: those who had a place then are told.
days_reopened = Signal()

# Sent when services are checked before they open, with `services`: receivers answer
# lists of `catalog.domain.checklist.Gap` by the id of the service.
services_checked = Signal()

# Sent with `service`, `household` and `today` when a family opens a service's page: who
# takes requests and bookings answers a `catalog.domain.steps.Progress`.
progress_asked = Signal()

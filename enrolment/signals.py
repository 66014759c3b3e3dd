"""What other applications hear of enrolment, once it is committed."""

from django.dispatch import Signal

# Sent with `order_id` when a family confirmed an order.
order_placed = Signal()
# Sent with `booking_id` when a booking was cancelled.
booking_cancelled = Signal()
# Sent with `replay_id` when somebody asks what another tariff would change.
replay_asked = Signal()
